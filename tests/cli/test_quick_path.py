"""What the commands that are typed most load: of Python's own modules nearly none, as each takes
longer than what the command does."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import Program
from tray.store import account, quota_rows
from tray.store.account import LinkedAccount
from tray.store.opening import open_database
from tray.system_formats import zone_of_system

RUN: Final = """
import sys, sqlite3
alone = {*sys.modules}
from tray.__main__ import main as _
from tray.cli.main import main
code = main(sys.argv[1:])
print(*sorted({*sys.modules} - alone), file=sys.stderr)
sys.exit(code)
"""
"""Runs a command, and says what was loaded besides what no way to the database can do without."""

FREE: Final = {"errno", "gc"}
"""What a command may load besides: it is built into Python, and costs nothing."""
FEW: Final = 100
"""So many modules of our own at most; each takes some 0.1 ms."""

QUICK: Final = (
    ("start", "Write report #writing $"),
    ("start", "Read", "on"),
    ("status",),
    ("stop",),
    ("continue",),
    ("toggle",),
)


def loaded(program: Program, words: Sequence[str]) -> set[str]:
    """The modules that a command loads."""
    environ = {"PYTHONWARNINGS": ""}  # which have Python itself load regular expressions
    done = program.run([program.command[0], "-c", RUN, *words], environ=environ)
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.skipif(sys.platform != "linux", reason="others ask the system for its language")
def test_what_is_typed_most_loads_next_to_nothing_of_python(program: Program) -> None:
    home = Path(program.environ["TOGGL_TRAY_HOME"])
    program("projects", "create", "Book")  # and makes the backup of the day
    (home / "settings.toml").write_text('day_goal_minutes = 480\nweek_start = "sunday"\n')
    for words in QUICK:
        names = loaded(program, words)
        others = {name for name in names if name.partition(".")[0] != "tray"}
        assert others <= FREE, (words, others - FREE)
        assert len(names) < FEW, (words, len(names))


@pytest.mark.skipif(sys.platform != "linux", reason="others ask the system for its language")
def test_nor_do_they_with_an_account_and_settings(program: Program) -> None:
    home = Path(program.environ["TOGGL_TRAY_HOME"])
    program("projects", "create", "Book")
    zone = zone_of_system({})  # Python has to read any other
    with open_database(str(home / "toggl-tray.db")) as db, db.writing():
        link = LinkedAccount("https://api.track.toggl.com/api/v9", "basic", "", 7, "Cook")
        account.write(db, link._replace(time_zone=zone, date_format="DD.MM.YYYY"))
        quota_rows.write(db, "user", ("user", 30, 29, 0, 0, 0, 0, 0))
    lines = f'time_zone = "{zone}"', 'working_hours = "mon-fri 9:00-12:30 13:30-18:00"'
    (home / "settings.toml").write_text("\n".join(lines))
    for words in QUICK:
        names = loaded(program, words)
        others = {name for name in names if name.partition(".")[0] != "tray"}
        assert others <= FREE, (words, others - FREE)


def test_the_status_loads_nothing_that_writes(program: Program) -> None:
    program("projects", "create", "Book")
    names = loaded(program, ["status"])
    writing = {"tray.store.undo_log", "tray.store.outbox", "tray.store.backup", "tray.errors"}
    assert not names & writing


def test_what_is_unusual_still_has_the_parser(program: Program) -> None:
    assert "argparse" in loaded(program, ["status", "--json"])
