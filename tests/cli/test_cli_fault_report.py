import os
import stat
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import Cli
from tests.fakes.toggl import Server
from tray import log
from tray.store import journal
from tray.store.database import Database

TRACKED: Final = {
    "description": "Zeppelin negotiations",
    "project": "Quartz",
    "client": "Xylophone Ltd",
    "task": "Yodel",
    "tag": "walrus",
}
PROXY_PASSWORD: Final = "hunter2"
"""What must be nowhere in a report, each recognisable wherever it turns up."""


def crash(text: str) -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


@pytest.fixture
def used(signed_in: Cli, toggl: Server) -> Cli:
    """A computer on which everything was tracked, exchanged and refused, and something crashed."""
    line = "Zeppelin negotiations @Quartz/Yodel #walrus"
    signed_in("add", f"{line} 9:00-9:30", "--new")
    signed_in("projects", "change", "Quartz", "--client", "Xylophone Ltd")
    signed_in.with_remarks("sync")
    toggl.account.workspace.required = frozenset({"project"})
    signed_in("add", "Zeppelin negotiations 10:00-10:30")
    signed_in.half_done(1, "sync")
    with Database(str(signed_in.home / "toggl-tray.db")) as db:
        assert any(TRACKED["description"] in each.text for each in journal.latest(db, 99))
    crash_log = str(signed_in.home / "crash.log")
    log.record_crash(crash_log, crash("Zeppelin negotiations\nQuartz"))
    (signed_in.home / "tray.log").write_text(
        "2026-02-13T12:00:00.000Z INFO tray: idle source: GNOME\n"
        f"2026-02-13T12:00:01.000Z INFO tray: never to be written: {', '.join(TRACKED.values())}\n"
    )
    return signed_in


@pytest.fixture
def secrets(used: Cli, toggl: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    account = toggl.account
    used.settings(f"proxy = 'http://ann:{PROXY_PASSWORD}@proxy.example:3128'", "time_format = 12")
    monkeypatch.setenv("HOME", str(used.home.parent))
    monkeypatch.setenv("TOGGL_API_TOKEN", "f00dbabef00dbabe")
    return TRACKED | {
        "token": account.token,
        "token in the environment": "f00dbabef00dbabe",
        "proxy": PROXY_PASSWORD,
        "proxy's user": "ann:",
        "e-mail": account.email,
        "name": account.fullname,
        "folder": str(used.home),
        "home": str(used.home.parent),
    }


def report(cli: Cli) -> str:
    path = cli.home / "report.txt"
    printed, _ = cli.with_remarks("doctor", "--report", str(path))
    assert str(path) in printed
    return path.read_text("utf-8")


def test_nothing_that_was_tracked_and_no_secret_is_in_it(
    used: Cli, secrets: dict[str, str]
) -> None:
    text = report(used).casefold()
    assert {what for what, each in secrets.items() if each.casefold() in text} == set()


def test_what_a_maintainer_needs_is_in_it(used: Cli, secrets: dict[str, str]) -> None:
    del secrets
    text = report(used)
    for expected in (
        "Toggl Tray 0.",
        "requests 2.",
        "XDG_CURRENT_DESKTOP = ",
        "TOGGL_API_TOKEN is set",
        "proxy = http://proxy.example:3128 (changed)",
        "idle_minutes = 10\n",
        "1 cannot be used",
        "intact",
        "entry: 2",
        "state: attention",
        "refused: 1",
        "Z refused\n",
        "idle source: GNOME",
        "POST /workspaces/",
        'test_cli_fault_report.py", line ',
        "\nValueError\n",
    ):
        assert expected in text


def test_it_is_for_the_user_alone(used: Cli) -> None:
    report(used)
    assert stat.S_IMODE(os.stat(used.home / "report.txt").st_mode) == 0o600


def test_no_file_is_overwritten(cli: Cli) -> None:
    path = cli.home / "mine.txt"
    path.write_text("mine")
    assert cli.fails(1, "doctor", "--report", str(path)) == (
        f"There is a file {path} already. Name another, or remove it."
    )
    assert path.read_text() == "mine"
    assert "cannot be written" in cli.fails(3, "doctor", "--report", str(path / "in"))


def test_an_unused_computer_has_one_too(cli: Cli) -> None:
    assert "entry: 0" in report(cli)


@pytest.mark.parametrize(
    "proxy", ["http:ann:hunter2@x", "http:///ann:hunter2@x", "http://ann:hunter2@[x", "hunter2@x"]
)
def test_what_is_no_address_of_a_proxy_is_not_shown(cli: Cli, proxy: str) -> None:
    cli.settings(f"proxy = '{proxy}'")
    assert PROXY_PASSWORD not in report(cli)


def test_a_damaged_log_is_no_reason_to_write_none(cli: Cli, tmp_path: Path) -> None:
    del tmp_path
    (cli.home / "tray.log").write_bytes(b"\xff\xfe\0")
    (cli.home / "commands.log").mkdir()
    assert "cannot be read: IsADirectoryError" in report(cli)
