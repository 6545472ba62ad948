"""The user's own calendars in the settings: added, told of, and removed after a question."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.ical.test_feed_reader import calendar_of
from tray.credentials import SecretStore
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.paths import find
from tray.session.feed_thread import FeedThread
from tray.session.tracking import Tracking
from tray.store.database import Database
from tray.ui.calendar.feed_section import FeedSection
from tray.ui.settings.sections import SettingRow
from tray.workers.background import KeyringThread

TIMEOUT_MS = 60_000


@pytest.fixture
def section(db: Database, tmp_path: Path, qtbot: QtBot) -> Iterator[FeedSection]:
    parent, tracking, keyring = QObject(), Tracking(db, Calendar()), FakeKeyring()
    secrets = KeyringThread(lambda: SecretStore(lambda: keyring))
    thread = FeedThread(find({"TOGGL_TRAY_HOME": str(tmp_path)}), tracking, secrets, parent)
    made = FeedSection(thread, TimeFormat(), None)  # type: ignore[arg-type]  # a window here
    qtbot.addWidget(made)
    made.show()
    yield made
    assert thread.stop()
    tracking.release()


def only_row(section: FeedSection) -> SettingRow:
    (row,) = section.rows.values()
    return row


def test_a_file_has_a_row_with_what_was_left_out(
    section: FeedSection, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not section.again.isVisible()
    path = tmp_path / "Garden club.ics"
    path.write_bytes(calendar_of("DTSTART:20261020T100000Z", "DTSTART:nonsense"))
    section.add_file(str(path))
    qtbot.waitUntil(lambda: "left out" in only_row(section).message.text(), timeout=TIMEOUT_MS)
    row = only_row(section)
    assert row.name.text() == "Garden club"
    assert row.hint.text().startswith(f"{path} · read ")


def test_what_is_no_address_is_said_and_stays_in_the_field(section: FeedSection) -> None:
    section.address.setText("nonsense")
    section.go.click()
    assert "https://example.com/my.ics" in section._address_row.message.text()
    assert section.address.text() == "nonsense"


def test_an_address_is_shown_by_its_name_and_taken_out_of_the_field(
    section: FeedSection, qtbot: QtBot
) -> None:
    section.name.setText("Work")
    section.address.setText("http://127.0.0.1:9/secret.ics")
    section.address.returnPressed.emit()
    qtbot.waitUntil(lambda: bool(section.rows), timeout=TIMEOUT_MS)
    assert (section.name.text(), section.address.text()) == ("", "")
    qtbot.waitUntil(lambda: bool(only_row(section).message.text()), timeout=TIMEOUT_MS)
    row = only_row(section)
    assert row.name.text() == "Work"
    assert "secret" not in f"{row.hint.text()} {row.message.text()}"


def test_a_calendar_goes_after_a_question(
    section: FeedSection, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.ics"
    path.write_bytes(calendar_of())
    section.add_file(str(path))
    button = only_row(section).control
    assert isinstance(button, QPushButton)
    button.click()
    assert section.box is not None
    section.box.buttons()[0].click()
    qtbot.waitUntil(lambda: not section.rows, timeout=TIMEOUT_MS)
