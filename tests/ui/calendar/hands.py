"""A calendar page on known days, and a hand that drags in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tray.model.days import Calendar
from tray.session.snapshot import Goals
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store.database import Database
from tray.ui.calendar.calendar_page import CalendarPage
from tray.ui.theme import UNIT

NOW: Final = "2026-03-05 15:00"
"""A Thursday."""
_NONE: Final = Qt.KeyboardModifier.NoModifier
_LEFT: Final = Qt.MouseButton.LeftButton


@contextmanager
def calendar_page(
    db: Database, qtbot: QtBot, *, calendar: Calendar | None = None
) -> Iterator[CalendarPage]:
    """The page on screen, in the week of now."""
    tracking = Tracking(db, calendar or Calendar(UTC), goals=Goals(8 * 3600, 40 * 3600))
    page = CalendarPage(tracking, CLOCK)
    page.resize(110 * UNIT, 90 * UNIT)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.grid.setFocus()
    qtbot.waitUntil(page.grid.hasFocus)
    yield page
    tracking.release()
    page.close()
    shiboken6.delete(page)
    shiboken6.delete(tracking)


def spot(page: CalendarPage, moment: int) -> QPoint:
    """Where a moment is in the middle of its day, scrolled to if need be."""
    geometry = page.grid.geometry_of_days
    for column in range(len(page.days)):
        begin, end = page.grid.axis.span(column)
        if begin <= moment < end:
            y = geometry.y(geometry.axis.position(column, moment))
            top, room = page.grid.verticalScrollBar().value(), page.grid.viewport().height()
            if not top + 40 < y < top + room - 40:
                page.grid.verticalScrollBar().setValue(round(y) - room // 2)
            return QPoint(
                round(geometry.day(column).center().x()),
                round(y) - page.grid.verticalScrollBar().value(),
            )
    raise AssertionError(f"{datetime.fromtimestamp(moment, UTC)} is not shown")


def mouse(
    page: CalendarPage,
    kind: QEvent.Type,
    place: QPoint,
    modifiers: Qt.KeyboardModifier = _NONE,
    button: Qt.MouseButton = _LEFT,
) -> None:
    """One event of the mouse, with what is held on the keyboard."""
    target = page.grid.viewport()
    moves = kind is QEvent.Type.MouseMove
    whole = QPointF(place)
    event = QMouseEvent(
        kind,
        whole,
        QPointF(target.mapToGlobal(place)),
        Qt.MouseButton.NoButton if moves else button,
        Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button,
        modifiers,
    )
    QApplication.sendEvent(target, event)


def press(page: CalendarPage, place: QPoint) -> None:
    mouse(page, QEvent.Type.MouseButtonPress, place)


def move(page: CalendarPage, place: QPoint, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    mouse(page, QEvent.Type.MouseMove, place, modifiers)


def release(page: CalendarPage, place: QPoint, modifiers: Qt.KeyboardModifier = _NONE) -> None:
    mouse(page, QEvent.Type.MouseButtonRelease, place, modifiers)


def click(page: CalendarPage, place: QPoint) -> None:
    press(page, place)
    release(page, place)


def drag(
    page: CalendarPage, begin: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = _NONE
) -> None:
    """Press, go there in two steps, let go."""
    press(page, begin)
    move(page, (begin + end) / 2, modifiers)
    move(page, end, modifiers)
    release(page, end, modifiers)


def type_and_save(text: str) -> None:
    """Type where the caret is, and press Enter."""
    line = QApplication.focusWidget()
    assert line is not None
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def times(db: Database) -> list[tuple[str, str, str]]:
    """All entries: what, from when, to when."""
    return [
        (each.description, _written(each.start), _written(each.stop))
        for each in stored.everything(db)
    ]


def _written(moment: int | None) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%a %H:%M}" if moment is not None else ""
