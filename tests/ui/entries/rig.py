"""What the tests of the timer page share: a history on known days, and hands to work with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store.database import Database
from tray.tracker import catalogue, entries
from tray.tracker.resolve import Draft
from tray.ui.entries import captions
from tray.ui.entries.editor import EntryEditor
from tray.ui.entries.fields import Field
from tray.ui.entries.timer_page import TimerPage
from tray.ui.theme import UNIT

CALENDAR: Final = Calendar(UTC)
CLOCK: Final = TimeFormat(UTC)
NO: Final = Qt.KeyboardModifier.NoModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


def at(text: str) -> int:
    """``2026-03-02 09:30`` in UTC as epoch seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def add(db: Database, description: str, begin: str, end: str, **more: object) -> TimeEntry:
    """Add a finished entry; projects that are new are made."""
    draft = Draft(description, create_missing=True)._replace(**more)  # type: ignore[arg-type]
    added = entries.add(db, draft, start=at(begin), stop=at(end), now=at("2026-03-05 12:00"))
    assert added.entry is not None
    return added.entry


def fill(db: Database) -> list[TimeEntry]:
    """Five entries on three days, the newest first."""
    catalogue.create_project(db, "Acme", now=0)
    catalogue.create_project(db, "研究", now=0)
    catalogue.create_task(db, 1, "Design", now=0)
    catalogue.create_task(db, 1, "Build", now=0)
    rows = [
        add(db, "Call", "2026-03-02 09:00", "2026-03-02 09:30", tags=("phone",)),
        add(db, "Write report", "2026-03-03 09:00", "2026-03-03 10:30", project="Acme"),
        add(db, "写算法", "2026-03-03 11:00", "2026-03-03 12:00", project="研究"),
        add(db, "", "2026-03-04 09:00", "2026-03-04 09:10"),
        add(db, "Review", "2026-03-04 10:00", "2026-03-04 10:45", project="Acme", task="Design"),
    ]
    return rows[::-1]


@contextmanager
def shown(
    db: Database, qtbot: QtBot, *, calendar: Calendar = CALENDAR, times: TimeFormat = CLOCK
) -> Iterator[TimerPage]:
    """The page on screen, all of the history in it, with the focus in the list."""
    tracking = Tracking(db, calendar)
    window = TimerPage(tracking, times)
    window.resize(120 * UNIT, 90 * UNIT)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(lambda: window.model.complete)
    yield window
    discard(window)


def discard(window: TimerPage) -> None:
    """Delete a window now: left to the garbage collector, that may happen in another thread."""
    tracking = window.tracking
    tracking.release()
    window.close()
    shiboken6.delete(window)
    shiboken6.delete(tracking)


def texts(window: TimerPage) -> list[str]:
    """The rows from the top down: descriptions, and days in brackets."""
    found = []
    for row in range(window.model.rowCount()):
        day, entry = window.model.day(row), window.model.entry(row)
        if day is not None:
            found.append(f"[{day.date.isoformat()} {day.seconds // 60}]")
        elif entry is not None:
            found.append(entry.description)
    return found


def row_with(window: TimerPage, description: str) -> int:
    """The row of the entry with this description."""
    return texts(window).index(description)


def choose(window: TimerPage, *descriptions: str) -> None:
    """Select these rows as clicks with Ctrl would."""
    window.view.clearSelection()
    for number, description in enumerate(descriptions):
        click(window, row_with(window, description), CTRL if number else NO)


def click(window: TimerPage, row: int, modifier: Qt.KeyboardModifier = NO, *, x: int = 60) -> None:
    area = window.view.visualRect(window.model.index(row, 0))
    place = QPoint(x, area.center().y())
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
    QTest.keyClick(widget, key, modifier)


def retype(widget: QWidget, text: str) -> None:
    """Replace what stands in a line, by typing or, as Chinese is, through an input method."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(widget, committed)


def enter(widget: QWidget, text: str) -> None:
    """The same, and close the list that this may open."""
    retype(widget, text)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.hide()


def edit(window: TimerPage, description: str) -> EntryEditor:
    """Open the editor on a row."""
    choose(window, description)
    press(window.view, Qt.Key.Key_F2)
    panel = window.view.panel
    assert isinstance(panel, EntryEditor)
    return panel


def selected(window: TimerPage) -> list[str]:
    found = {
        each.id: each for each in stored.by_ids(window.tracking.db, window.view.selected_ids())
    }
    return [found[each].description for each in window.view.selected_ids()]


def entry_named(db: Database, description: str) -> TimeEntry:
    (found,) = (each for each in stored.everything(db) if each.description == description)
    return found


def shown_times(entry: TimeEntry) -> str:
    return captions.times(entry, CLOCK)


def save(field: Field) -> None:
    """Press Enter in a field."""
    press(field.control, Qt.Key.Key_Return)
