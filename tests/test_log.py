import logging
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tray import __version__, log


def crash(text: str) -> ValueError:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_the_details_are_in_the_file_and_the_sentence_says_where(tmp_path: Path) -> None:
    path = tmp_path / "log" / "crash.log"
    said = log.record_crash(str(path), crash("boom\nsecond line"))
    assert said == (
        f"Something went wrong that should not have (ValueError: boom). The details are in {path}."
    )
    text = path.read_text()
    assert f"toggl-tray {__version__}, Python 3." in text
    assert "Traceback (most recent call last)" in text
    assert "ValueError: boom\nsecond line" in text


def test_the_file_is_for_the_user_alone_and_grows(tmp_path: Path) -> None:
    path = tmp_path / "crash.log"
    log.record_crash(str(path), crash("first"))
    log.record_crash(str(path), crash("second"))
    assert path.read_text().count("Traceback") == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_large_file_is_started_anew_and_the_last_one_kept(tmp_path: Path) -> None:
    path = tmp_path / "crash.log"
    for filler in ("x", "y"):
        path.write_text(filler * (512 * 1024 + 1))
        log.record_crash(str(path), crash("new"))
    assert path.read_text().count("Traceback") == 1
    assert (tmp_path / "crash.log.1").read_text().startswith("y")
    assert sorted(os.listdir(tmp_path)) == ["crash.log", "crash.log.1"]


def test_a_file_that_cannot_be_written_is_said_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = log.record_crash(str(tmp_path / "file" / "crash.log"), crash("boom"))
    assert said.startswith("Something went wrong that should not have (ValueError: boom). No log:")


@pytest.mark.parametrize("text", ["caf\udce9", "\ud800", "ünïcode ✓"])
def test_any_text_can_be_recorded(tmp_path: Path, text: str) -> None:
    path = tmp_path / "crash.log"
    said = log.record_crash(str(path), crash(text))
    written = text.encode(errors="backslashreplace").decode()
    assert f"(ValueError: {written})." in said
    assert f"ValueError: {written}\n" in path.read_text(encoding="utf-8")


def test_an_interruption_without_words_has_a_name(tmp_path: Path) -> None:
    said = log.record_crash(str(tmp_path / "crash.log"), RuntimeError())
    assert "(RuntimeError: )." in said


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "log" / "tray.log"
    log.stop()


def test_what_is_worth_knowing_is_logged_with_its_time_and_origin(path: Path) -> None:
    log.start(str(path), debug=False)
    logging.getLogger("tray.sync").info("%s after %d s", "Offline", 3)
    logging.getLogger("tray.sync").debug("a step")
    first, line = path.read_text().splitlines()
    assert f"Toggl Tray {__version__}" in first
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z INFO tray\.sync: Offline after 3 s", line
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_step_is_logged_while_that_is_wanted(path: Path) -> None:
    log.start(str(path), debug=True)
    step = logging.getLogger("tray.sync").debug
    step("one")
    log.set_level(debug=False)
    step("two")
    log.set_level(debug=True)
    step("three")
    assert [line.split()[-1] for line in path.read_text().splitlines()[1:]] == ["one", "three"]


def test_what_libraries_log_stays_out(path: Path) -> None:
    log.start(str(path), debug=True)
    logging.getLogger("urllib3.connectionpool").error("GET /search?q=secret")
    assert "secret" not in path.read_text()


def test_the_log_rotates(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_MOST_BYTES", 1_000)
    log.start(str(path), debug=False)
    for number in range(100):
        logging.getLogger("tray").info("line %d of a log", number)
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["tray.log", "tray.log.1"]
    assert all(0 < file.stat().st_size <= 1_000 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    log.start(str(tmp_path / "file" / "tray.log"), debug=False)
    logging.getLogger("tray").warning("lost")
    log.stop()
    assert capsys.readouterr() == ("", "")
