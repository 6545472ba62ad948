"""How things go wrong: which sentence, which exit code, and never a traceback."""

import os
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Program
from tests.cli.terminal import Terminal
from tray.cli.commands import COMMANDS
from tray.cli.main import explained, main
from tray.store import entries
from tray.store.opening import SCHEMA, open_database


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("stats", "Did you mean status?"),
        ("Start", "Did you mean start?"),
        ("projekts", "Did you mean projects?"),
        ("xyzzy", "`toggl-tray --help` lists them all."),
        ("--json", "`toggl-tray --help` lists them all."),
        ("", "`toggl-tray --help` lists them all."),
        ("\udcff", "`toggl-tray --help` lists them all."),
    ],
)
def test_an_unknown_command(cli: Cli, word: str, hint: str) -> None:
    shown = word.replace("\udcff", "?")
    sentence = f"There is no command “{shown}”. {hint}"
    assert cli.fails(2, word) == cli.fails(2, "help", word) == cli.fails(2, word, "-x") == sentence


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(
    cli: Cli, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")  # is not what decides
    assert main([name, "--help"]) == main(["help", name]) == main(["-h", name]) == 0
    three_times, error = capsys.readouterr()
    text = three_times[: len(three_times) // 3]
    assert (three_times, error) == (3 * text, "")
    assert text.startswith(f"usage: toggl-tray {name} ")
    help_of_it = COMMANDS[name].help
    assert f"\n{help_of_it[0].upper()}{help_of_it[1:]}.\n" in text
    assert max(map(len, text.splitlines())) <= 90


def test_the_overview(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    texts = set()
    for word in ("--help", "-h", "help"):
        assert main([word]) == 0
        texts.add(capsys.readouterr().out)
    (text,) = texts
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert max(map(len, text.splitlines())) <= 100


def test_the_version(cli: Cli) -> None:
    from tray import __version__

    assert cli("--version") == cli("-V") == f"toggl-tray {__version__}\n"


@pytest.mark.parametrize("command", ["quick", "window", "clipboard", "mini", "quit"])
def test_what_asks_the_tray_says_if_there_is_none(cli: Cli, command: str) -> None:
    sentence = "The tray is not running. Start it with `toggl-tray`."
    assert cli.fails(1, command) == sentence
    assert cli.misused(command, "x") == "unrecognized arguments: x"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("time_zone = 'Mars/Base'", "'Mars/Base' is not a time zone known here."),
        ("time_zone = 5", "time_zone must be a text in quotes."),
        ("day_start_hour = 24", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = '4'", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = true", "day_start_hour must be a whole number from 0 to 23."),
        ("week_start = 'Tue'", "week_start must be one of account, system, monday,"),
        ("time_format = '12H'", "time_format must be one of account, system, 24h, 12h, not '12H'."),
    ],
)
def test_a_bad_setting_is_named_and_the_others_hold(cli: Cli, line: str, problem: str) -> None:
    good = "time_format = '12h'" if "time_format" not in line else "day_start_hour = 4"
    path = cli.home / "settings.toml"
    path.write_text(f"{line}\n{good}\n", encoding="utf-8")
    cli.now += 3_600
    said, told = cli.with_remarks("add", "x 2026-02-13T03:00Z - 2026-02-13T03:30Z")
    assert told.startswith(f"toggl-tray: {problem}")
    assert told.endswith(f" The line is in {path}.\n")
    assert told.count("\n") == 1
    assert ("AM" in said) == ("12h" in good)


def test_a_setting_that_is_not_known_is_only_told_when_asked_for(cli: Cli) -> None:
    path = cli.home / "settings.toml"
    path.write_text("colour = 'red'\nshape = 1\n", encoding="utf-8")
    assert cli("status").startswith("Nothing is running.\n")
    found = f"{path} has 'colour' and 1 more, which this version does not know and ignores."
    assert found in cli("doctor")


@pytest.mark.parametrize("content", [b"time_zone = ", b"\xff", b"[" * 5_000, b"a.b = 1\na = 2"])
def test_settings_that_are_no_toml(cli: Cli, content: bytes) -> None:
    (cli.home / "settings.toml").write_bytes(content)
    _, told = cli.with_remarks("start", "x")
    assert told.startswith(f"toggl-tray: The settings in {cli.home}/settings.toml are not valid")


def test_settings_that_are_a_folder(cli: Cli) -> None:
    (cli.home / "settings.toml").unlink()
    (cli.home / "settings.toml").mkdir()
    assert "cannot be read (Is a directory)." in cli.with_remarks("start", "x")[1]


def test_a_home_that_is_a_file(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(file))
    assert cli.fails(1, "status") == (
        f"TOGGL_TRAY_HOME is set to {file}, which is a file. "
        "Set it to a folder, or unset it to use the usual places."
    )


@pytest.mark.parametrize("home", ["relative", "a b/c", "家 里/😀", "~/x", "./..//x/."])
def test_any_folder_can_be_the_home(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TOGGL_TRAY_HOME", home)
    cli("start", "x")
    place = Path(os.path.abspath(os.path.expanduser(home)))
    assert {each.name for each in place.iterdir()} >= {"toggl-tray.db", "backups"}
    assert cli("status").startswith("x\n")


def test_without_a_home_the_platforms_places_are_used(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TOGGL_TRAY_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    cli("start", "x")
    assert (tmp_path / "data" / "toggl-tray" / "toggl-tray.db").exists()


def test_a_home_that_cannot_be_made(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGGL_TRAY_HOME", "/proc/nowhere")
    assert cli.fails(3, "start", "x") == (
        "The folder /proc/nowhere cannot be made (No such file or directory). "
        "Make it writable, or set TOGGL_TRAY_HOME to a folder that is."
    )


def test_a_newer_database(cli: Cli) -> None:
    path = cli.home / "toggl-tray.db"
    with open_database(str(path)) as db:
        db.run(f"PRAGMA user_version = {SCHEMA + 1}")
    assert cli.fails(3, "status") == (
        f"{path} was made by a later version of Toggl Tray (schema {SCHEMA + 1}; this one knows "
        f"{SCHEMA}). Nothing was changed. Update Toggl Tray to use it."
    )


def test_a_folder_in_the_databases_place(cli: Cli) -> None:
    (cli.home / "toggl-tray.db").mkdir()
    assert "toggl-tray.db" in cli.fails(3, "status")


def test_a_database_that_somebody_holds(cli: Cli) -> None:
    cli("start", "x")
    holder = sqlite3.connect(cli.home / "toggl-tray.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert cli("status").startswith("x\n")
        assert "has held" in cli.fails(3, "stop")
    finally:
        holder.close()
    assert cli("stop").startswith("Stopped x")


def test_a_backup_that_fails_does_not_undo_the_work(cli: Cli) -> None:
    (cli.home / "backups").write_text("in the way", encoding="utf-8")
    said, told = cli.with_remarks("start", "x")
    assert said == "Started x at 12:00\n"
    assert told.startswith("toggl-tray: ")
    assert told.endswith(" The entries themselves are safe.\n")


@pytest.fixture
def broken(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`list` has a bug, as no database that is whole can be the reason for one."""

    def bug(*_: object, **__: object) -> None:
        raise KeyError(999)

    cli("start", "secret plans")
    monkeypatch.setattr(entries, "each_overlapping", bug)
    return cli


def test_an_error_of_ours_is_one_sentence_and_a_log(broken: Cli) -> None:
    log = broken.home / "crash.log"
    for times in (1, 2):
        assert broken.fails(4, "list") == (
            f"Something went wrong that should not have (KeyError: 999). The details are in {log}."
        )
        text = log.read_text(encoding="utf-8")
        assert text.count("Traceback (most recent call last)") == times
        assert "secret plans" not in text
    assert broken("tags") == "No tags yet. `toggl-tray tags create NAME` makes one.\n"


def test_an_error_of_ours_that_cannot_be_logged(broken: Cli) -> None:
    (broken.home / "crash.log").mkdir()
    assert "(KeyError: 999). No log: " in broken.fails(4, "list")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("the pipe is gone."), "the pipe is gone"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_the_system_may_give_no_reason(
    error: OSError, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explained(error) == 3
    assert capsys.readouterr().err == f"toggl-tray: {reason}. Nothing that was tracked is lost.\n"


def test_an_interrupt_leaves_quietly(program: Program) -> None:
    with Terminal([sys.executable, "-m", "tray"], program.environ) as terminal:
        terminal.shows("> ")
        terminal.types("half a line")
        terminal.shows("half a line")
        time.sleep(0.2)  # CPython misses a signal in the moment after readline has taken a key
        terminal.types("\x03")
        assert terminal.ends() == 130
        assert "Traceback" not in terminal.text
    assert program("status").stdout.startswith("Nothing is running.")
