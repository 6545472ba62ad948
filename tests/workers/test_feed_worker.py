"""Calendars are read when they are due, and a bad one keeps what was read last."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.api.test_feed_download import SECRET, Handler, base
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.qt import settle
from tests.ical.test_feed_reader import calendar_of
from tray import clock
from tray.credentials import SecretStore
from tray.model.days import Calendar
from tray.paths import Paths, find
from tray.session.feed_thread import FeedThread
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import feeds
from tray.store.database import Database
from tray.store.feeds import Feed
from tray.workers.background import KeyringThread
from tray.workers.feed_worker import PERIOD_SECONDS

__all__ = ["base"]
NOW: Final = 1_792_490_400
"""20 October 2026, 10:00 in UTC."""
TIMEOUT_MS: Final = 60_000
EVENT: Final = "DTSTART:20261020T100000Z\nDURATION:PT1H"


class Rig:
    """The thread with its calendars, a keyring, and a clock that is set."""

    def __init__(self, db: Database, places: Paths, qtbot: QtBot, keyring: FakeKeyring) -> None:
        self.db, self.qtbot, self.keyring = db, qtbot, keyring
        self.parent = QObject()
        self.tracking = Tracking(db, Calendar())
        secrets = KeyringThread(lambda: SecretStore(lambda: keyring))
        self.thread = FeedThread(places, self.tracking, secrets, self.parent)
        self.refused: list[str] = []
        self.thread.refused.connect(lambda sentence: self.refused.append(str(sentence)))

    def wait(self, there: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(there()), timeout=TIMEOUT_MS)

    @property
    def feed(self) -> Feed:
        return feeds.everything(self.db)[0]

    def titles(self) -> list[str]:
        return [each.title for each in feeds.events_between(self.db, NOW, NOW + 1, None)]


@pytest.fixture
def rig(
    db: Database, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Rig]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    places = find({"TOGGL_TRAY_HOME": str(tmp_path)})
    made = Rig(db, places, qtbot, FakeKeyring())
    yield made
    assert made.thread.stop()
    settle()  # what it told last is read while there is a database
    made.tracking.release()


def write(path: Path, *events: str) -> str:
    path.write_bytes(calendar_of(*events))
    return str(path)


def test_a_file_is_shown_and_read_again_when_it_changes(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "my.ics"
    rig.thread.add_file("Mine", write(path, EVENT))
    rig.wait(rig.titles)
    write(path, EVENT, EVENT)
    rig.thread.look()
    assert rig.titles() == ["Event 0"], "not before it is due"
    monkeypatch.setattr(clock, "now", lambda: NOW + PERIOD_SECONDS)
    rig.thread.look()
    rig.wait(lambda: len(rig.titles()) == 2)


def test_a_bad_file_has_a_sentence_and_the_last_good_copy_stays(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "my.ics"
    rig.thread.add_file("Mine", write(path, EVENT))
    rig.wait(rig.titles)
    path.write_text("<html>Sign in</html>", encoding="utf-8")
    rig.thread.read_again()
    rig.wait(lambda: rig.feed.problem)
    assert rig.feed.problem.startswith("That is no calendar.")
    assert rig.titles() == ["Event 0"]
    path.unlink()
    rig.thread.read_again()
    rig.wait(lambda: "gone" in rig.feed.problem)
    write(path, EVENT, "DTSTART:nonsense")
    rig.thread.read_again()
    rig.wait(lambda: rig.feed.problem.startswith("1 event was left out"))
    assert rig.titles() == ["Event 0"]


def test_an_address_is_in_the_keyring_and_nowhere_else(rig: Rig, base: str, tmp_path: Path) -> None:
    rig.thread.add_address("Work", f"{base}401")
    rig.wait(lambda: rig.thread.feeds and rig.feed.problem)
    assert "asks for a password" in rig.feed.problem
    assert SECRET in "".join(map(str, rig.keyring.secrets.values()))
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes()
    rig.thread.remove(rig.feed)
    rig.wait(lambda: not rig.keyring.secrets)
    assert rig.thread.feeds == []


def test_an_address_is_asked_once_in_fifteen_minutes_and_by_the_name_of_its_copy(
    rig: Rig, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig.thread.add_address("Work", f"{base}good")
    rig.wait(lambda: rig.thread.feeds and rig.feed.read_at)
    rig.thread.look()
    monkeypatch.setattr(clock, "now", lambda: NOW + PERIOD_SECONDS)
    rig.thread.look()
    rig.wait(lambda: rig.feed.checked_at == NOW + PERIOD_SECONDS)
    assert Handler.seen == ["", '"1"']
    assert rig.feed.read_at == NOW


def test_without_a_keyring_only_files_can_be_shown(rig: Rig) -> None:
    rig.keyring.priority = 0.5  # as of those that write plain text
    rig.thread.add_address("Work", "https://example.com/a.ics")
    rig.wait(lambda: rig.refused)
    assert "nowhere to keep it" in rig.refused[0]
    assert "example.com" not in rig.refused[0]
    assert rig.thread.feeds == []


def test_what_is_no_address_is_refused_at_once(rig: Rig) -> None:
    rig.thread.add_address("Work", "nonsense")
    assert "https://example.com/my.ics" in rig.refused[0]


def test_another_time_zone_has_everything_read_anew(rig: Rig, tmp_path: Path) -> None:
    local = "DTSTART:20261020T100000\nDURATION:PT1H"
    rig.thread.use(Settings(time_zone="UTC"))
    rig.thread.add_file("Mine", write(tmp_path / "my.ics", local))
    rig.wait(rig.titles)
    rig.thread.use(Settings(time_zone="Asia/Tokyo"))
    rig.wait(lambda: not rig.titles())


def test_it_goes_on_after_the_database_was_mended(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "my.ics"
    rig.thread.add_file("Mine", write(path, EVENT))
    rig.wait(rig.titles)
    rig.tracking.mending.emit()
    write(path, EVENT, EVENT)
    feeds.ask_anew(rig.db)
    rig.tracking.refresh()
    rig.wait(lambda: len(rig.titles()) == 2)
