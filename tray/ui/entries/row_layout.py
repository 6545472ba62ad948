"""Where the parts of a row stand, for any width."""

from typing import Final, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from tray.model.formats import TimeFormat
from tray.ui.theme import UNIT

MARGIN: Final = 2 * UNIT
"""Beside everything in the window."""
DOT: Final = UNIT + 2
_GAP: Final = 2 * UNIT
_BUTTON: Final = 4 * UNIT
_TOO_NARROW_FOR_TAGS: Final = 44 * UNIT
"""Of what is left for words; below it the tags are told by the tool tip alone."""
_SOME_TIME: Final = 1_800_000_000


class RowColumns(NamedTuple):
    """The places of the parts of one row."""

    dot: QRect
    description: QRect
    project: QRect
    tags: QRect
    """Empty where there is no room."""
    billable: QRect
    times: QRect
    length: QRect
    button: QRect
    """Continues the entry, or stops it."""


class FixedWidths(NamedTuple):
    """How wide the parts are that are as wide everywhere."""

    times: int
    length: int


def widths(metrics: QFontMetrics, clock: TimeFormat) -> FixedWidths:
    """Wide enough for any time of day, and for lengths up to 99 hours."""
    time = metrics.horizontalAdvance(clock.time_of_day(_SOME_TIME).replace("9", "0"))
    span = 2 * time + metrics.horizontalAdvance(" – ")
    return FixedWidths(span, metrics.horizontalAdvance("00:00:00"))


def columns(area: QRect, fixed: FixedWidths) -> RowColumns:
    """The parts from left to right; what is left goes to description, project and tags."""
    right = area.right() + 1 - UNIT
    button = _before(area, right, _BUTTON)
    length = _before(area, button.left() - UNIT, fixed.length)
    times = _before(area, length.left() - _GAP, fixed.times)
    billable = _before(area, times.left() - _GAP, 2 * UNIT)
    dot = QRect(area.left() + 3 * UNIT // 2, area.center().y() - DOT // 2 + 1, DOT, DOT)
    left = dot.right() + 1 + 3 * UNIT // 2
    room = max(0, billable.left() - UNIT - left)
    tags = room * 22 // 100 if room >= _TOO_NARROW_FOR_TAGS else 0
    project = (room - tags) * 32 // 100
    description = room - tags - project
    top, height = area.top(), area.height()
    return RowColumns(
        dot,
        QRect(left, top, description - _GAP, height),
        QRect(left + description, top, project - _GAP if tags else project, height),
        QRect(left + description + project, top, tags, height),
        billable,
        times,
        length,
        button,
    )


def _before(area: QRect, right: int, width: int) -> QRect:
    """What ends before pixel `right` in the whole height of the row."""
    return QRect(right - width, area.top(), width, area.height())
