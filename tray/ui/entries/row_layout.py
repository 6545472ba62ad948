"""Where the parts of a row stand, for any width."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics

from tray.model.formats import TimeFormat
from tray.ui.theme import UNIT

MARGIN: Final = 2 * UNIT
"""Beside everything in the window."""
INSET: Final = 3 * UNIT // 2
"""Between the edge of a card and what is in it."""
_BADGE: Final = 5 * UNIT // 2
_INDENT: Final = 2 * UNIT
_GAP: Final = 3 * UNIT // 2
_BUTTON: Final = 4 * UNIT
_SIGN: Final = 2 * UNIT
_WIDEST_TIMES: Final = (0, 12 * 60)
"""Minutes after midnight that take the most room on a clock with twelve hours, and on any other."""


class RowWords(NamedTuple):
    """How wide what a row says would like to be, in pixels; what it lacks is 0 wide."""

    description: int
    part: int = 0
    """Of what is said of an entry over midnight."""
    project: int = 0
    tags: Sequence[int] = ()
    more: int = 0
    """Of the chip that stands for tags without room."""


class RowPlaces(NamedTuple):
    """The places of the parts of one row; what has none is empty."""

    card: QRect
    badge: QRect
    """Of the number of entries in a group."""
    description: QRect
    part: QRect
    project: QRect
    tags: tuple[QRect, ...]
    """Of as many tags as there is room for."""
    more: QRect
    upload: QRect
    billable: QRect
    times: QRect
    length: QRect
    button: QRect
    """Continues the entry, or stops it."""

    def mirrored(self) -> "RowPlaces":
        """The same for a language that runs from right to left."""
        turned = (
            tuple(_across(self.card, tag) for tag in each)
            if isinstance(each, tuple)
            else _across(self.card, each)
            for each in self
        )
        return RowPlaces(*turned)  # type: ignore[arg-type]  # field by field


def _across(card: QRect, place: QRect) -> QRect:
    """The same place seen from the other side of the card."""
    left = card.left() + card.right() - place.right()
    return QRect(left, place.top(), place.width(), place.height())


class FixedWidths(NamedTuple):
    """How wide the parts are that are as wide everywhere."""

    times: int
    length: int


def widths(normal: QFontMetrics, bold: QFontMetrics, clock: TimeFormat) -> FixedWidths:
    """Wide enough for any time of day, and for lengths up to 99 hours."""
    time = max(normal.horizontalAdvance(clock.clock_time(each)) for each in _WIDEST_TIMES)
    span = 2 * time + normal.horizontalAdvance(" – ") + UNIT
    return FixedWidths(span, bold.horizontalAdvance(clock.length(0).replace("0:", "00:", 1)))


def card_of(area: QRect) -> QRect:
    """The part of a row that a card fills."""
    return area.adjusted(MARGIN, 0, -MARGIN, 0)


def places(
    area: QRect, fixed: FixedWidths, words: RowWords, *, chip_height: int, indented: bool = False
) -> RowPlaces:
    """The parts from left to right, words following each other as they are long."""
    card = card_of(area)
    button = _before(card, card.right() + 1 - UNIT // 2, _BUTTON)
    length = _before(card, button.left() - UNIT // 2, fixed.length)
    times = _before(card, length.left() - 2 * UNIT, fixed.times)
    billable = _before(card, times.left() - UNIT, _SIGN)
    upload = _before(card, billable.left() - UNIT // 2, _SIGN)
    badge = QRect(card.left() + INSET, card.center().y() - _BADGE // 2 + 1, _BADGE, _BADGE)
    left = badge.right() + 1 + 5 * UNIT // 4 + (_INDENT if indented else 0)
    room = max(0, upload.left() - UNIT - left)
    return RowPlaces(
        card,
        badge,
        *_along(QRect(left, card.top(), room, card.height()), words, chip_height),
        upload,
        billable,
        times,
        length,
        button,
    )


class GapPlaces(NamedTuple):
    """The places of the parts of a row that stands for a gap."""

    label: QRect
    choices: tuple[QRect, ...]
    """Of what it can be filled with."""
    times: QRect
    length: QRect

    def mirrored(self, card: QRect) -> "GapPlaces":
        """The same for a language that runs from right to left, where times are so already."""
        return self._replace(
            label=_across(card, self.label),
            choices=tuple(_across(card, each) for each in self.choices),
        )

    def choice_at(self, place: QPoint) -> int:
        """The number of the choice at a point; -1 if there is none."""
        hits = (at for at, choice in enumerate(self.choices) if choice.contains(place))
        return next(hits, -1)


def gap_places(parts: RowPlaces, label: int, choices: Sequence[int], chip_height: int) -> GapPlaces:
    """The parts of a gap: its choices without the label where there is no room for both."""
    left, right = parts.badge.right() + 1 + 5 * UNIT // 4, parts.upload.left()
    room = right - left - sum(choices) - len(choices) * UNIT
    label = label if label + _GAP <= room else 0
    at = left + (label + _GAP if label else 0)
    widest = (right - at) // max(1, len(choices)) - UNIT
    scant = sum(choices) + len(choices) * UNIT > right - at
    top = parts.card.center().y() - chip_height // 2 + 1
    chips = []
    for choice in choices:
        width = min(choice, widest) if scant else choice
        chips.append(QRect(at, top, max(0, width), chip_height))
        at += max(0, width) + UNIT
    place = QRect(left, parts.card.top(), label, parts.card.height())
    return GapPlaces(place, tuple(chips), parts.times, parts.length)


def _along(
    line: QRect, words: RowWords, chip_height: int
) -> tuple[QRect, QRect, QRect, tuple[QRect, ...], QRect]:
    """Description, what part it is, project, tags and more, as far as there is room."""
    room = line.width() - _wide(words.part)
    kept = min(words.description, room * 45 // 100)
    """What the description has in any case."""
    reserved = _GAP + (words.more + UNIT if words.tags else 0)
    least = min(room * 35 // 100, room - reserved)
    project = max(0, min(words.project, max(least, room - words.description - reserved)))
    tags = _tags(words, room - kept - _wide(project))
    more = words.more if len(tags) < len(words.tags) else 0
    chips = _wide(project) + sum(tag + UNIT for tag in tags) + (more + UNIT if more else 0)
    description = min(words.description, max(0, room - chips))
    at = line.left()
    text = QRect(at, line.top(), description, line.height())
    at += description + _GAP
    part = QRect(at, line.top(), words.part, line.height())
    at += _wide(words.part)
    top = line.center().y() - chip_height // 2 + 1
    chip = QRect(at, top, project, chip_height)
    at += project + UNIT if project else 0
    labels = []
    for tag in (*tags, more):
        labels.append(QRect(at, top, tag, chip_height))
        at += tag + UNIT
    return text, part, chip, tuple(labels[:-1]), labels[-1]


def _tags(words: RowWords, room: int) -> list[int]:
    """As many as there is room for, with room for the chip that stands for the rest."""
    shown: list[int] = []
    for at, tag in enumerate(words.tags):
        rest = words.more + UNIT if at + 1 < len(words.tags) else 0
        if sum(each + UNIT for each in shown) + tag + UNIT + rest > room:
            break
        shown.append(tag)
    return shown


def _wide(part: int) -> int:
    """A part with the gap before it; nothing if it is not there."""
    return part + _GAP if part else 0


def _before(area: QRect, right: int, width: int) -> QRect:
    """What ends before pixel `right` in the whole height of the row."""
    return QRect(right - width, area.top(), width, area.height())
