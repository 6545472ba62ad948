"""The keys of the grid: arrows choose, and with Shift or Ctrl move and stretch what is chosen."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tray import clock
from tray.model.day_grid.day_columns import Block
from tray.model.day_grid.zoom import USUAL
from tray.model.durations import MINUTE
from tray.model.typed_times import on_day
from tray.ui.calendar.grid_paint import Dragged
from tray.ui.calendar.grid_view import GridView

_DOWN: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ACROSS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ZOOMS: Final = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_Underscore: -1,
}
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ONE_DAY: Final = timedelta(days=1)
_NONE: Final = Qt.KeyboardModifier.NoModifier


def press(grid: GridView, event: QKeyEvent) -> bool:
    """Do what a key means; False if it means nothing here."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers & _CTRL and (key in _ZOOMS or key == Qt.Key.Key_0):
        grid.zoom_by(_ZOOMS.get(key, USUAL - grid.level))
        return True
    if key in _DOWN or key in _ACROSS:
        return _arrow(grid, key, modifiers)
    if modifiers != _NONE:
        return False
    if key in _PAGES:
        grid.page_wanted.emit(_PAGES[key])
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and grid.chosen is not None:
        grid.taken.emit(grid.chosen)  # what edits an entry is an action with the same key
    elif key == Qt.Key.Key_Insert:
        _insert(grid)
    elif key == Qt.Key.Key_Escape and grid.chosen is not None:
        grid.choose(None)
    else:
        return False
    return True


def _arrow(grid: GridView, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    grid.by_keys = True
    way = (_DOWN | _ACROSS)[key]
    if key in _ACROSS and grid.isRightToLeft():
        way = -way
    if modifiers == _NONE:
        if key in _DOWN:
            _choose_down(grid, way)
        else:
            _choose_across(grid, way)
        return True
    block = grid.chosen
    if block is None or modifiers not in (_SHIFT, _SHIFT | _CTRL):
        return False
    wanted = _moved if modifiers == _SHIFT else _stretched
    change = wanted(grid, block, key, way)
    if change is not None:
        grid.changed_wanted.emit(change)
    return True


def _choose_down(grid: GridView, way: int) -> None:
    """The one before or after in the same day; the first or last if none is chosen."""
    if not grid.columns:
        return
    blocks = grid.columns[grid.chosen_day].blocks
    if grid.chosen is None:
        if blocks:
            grid.choose(blocks[0 if way > 0 else -1])
        return
    at = blocks.index(grid.chosen) + way
    if 0 <= at < len(blocks):
        grid.choose(blocks[at])


def _choose_across(grid: GridView, way: int) -> None:
    """What is at the same height in the day before or after."""
    column = grid.chosen_day + way
    height = grid.axis.position(grid.chosen_day, _middle(grid.chosen)) if grid.chosen else None
    if not 0 <= column < len(grid.columns):
        grid.page_wanted.emit(way)
        column = 0 if way > 0 else len(grid.columns) - 1
    blocks = grid.columns[column].blocks
    if not blocks:
        grid.choose_day(column)
    elif height is None:
        grid.chosen_day = column
        grid.choose(blocks[0])
    else:
        grid.choose(
            min(blocks, key=lambda each: abs(grid.axis.position(column, _middle(each)) - height))
        )


def _middle(block: Block) -> int:
    return (block.begin + block.end) // 2


def _times(block: Block) -> tuple[int, int | None]:
    entry = block.entry
    return (entry.start, entry.stop) if entry is not None else (block.begin, block.end)


def _moved(grid: GridView, block: Block, key: Qt.Key, way: int) -> Dragged | None:
    """By a step of the grid, or to the day before or after."""
    start, stop = _times(block)
    if key in _DOWN:
        begin = grid.snap().next_on_grid(start, way)
    elif grid.calendar is not None:
        day = grid.calendar.day_of(start)
        begin = on_day(start, day + way * _ONE_DAY, grid.calendar)
    else:
        return None
    if stop is None:
        return Dragged(min(begin, clock.now()), None, block)
    return Dragged(begin, begin + stop - start, block, block.entry is None)


def _stretched(grid: GridView, block: Block, key: Qt.Key, way: int) -> Dragged | None:
    """Its end by the keys up and down, its start by those to the sides."""
    start, stop = _times(block)
    snap, copies = grid.snap(), block.entry is None
    if key in _DOWN:
        if stop is None:
            return None
        least = min(stop, start + MINUTE)
        return Dragged(start, max(least, snap.next_on_grid(stop, way)), block, copies)
    last = clock.now() if stop is None else max(start, stop - MINUTE)
    return Dragged(min(last, snap.next_on_grid(start, way)), stop, block, copies)


def _insert(grid: GridView) -> None:
    """Fill the gap after what is chosen; else begin something after it, or in the day's hours."""
    if not grid.columns:
        return
    column = grid.columns[grid.chosen_day]
    if grid.chosen is not None:
        gap = next((each for each in column.gaps if each.begin == grid.chosen.end), None)
        if gap is not None:
            grid.gap_wanted.emit(gap)
            return
    step = grid.snap().step
    begin = (
        max(each.end for each in column.blocks) if column.blocks else grid.usual(grid.chosen_day)
    )
    grid.changed_wanted.emit(Dragged(begin, begin + max(step, 30 * MINUTE)))
