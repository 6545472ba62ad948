"""Gives a screen reader what is painted in the grid: each block as an item with its sentence."""

from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from tray.language import tr
from tray.model import day_names
from tray.model.day_grid.day_columns import Block
from tray.ui.calendar.grid_view import GridView

_CLASS: Final = "WeekGrid"
_made: Final[list["GridInterface"]] = []
"""Qt holds on to them for as long as it likes, and does not say so to Python."""


class SpokenItem(NamedTuple):
    """What can be heard of: a block, or a day in which there is none."""

    column: int
    block: Block | None


def items(grid: GridView) -> list[SpokenItem]:
    """In order of time."""
    found: list[SpokenItem] = []
    for at, column in enumerate(grid.columns):
        found += [SpokenItem(at, block) for block in column.blocks] or [SpokenItem(at, None)]
    return found


def current(grid: GridView) -> int:
    """Which of the items the keys are on; -1: none."""
    for at, item in enumerate(items(grid)):
        if item.block is grid.chosen and item.column == grid.chosen_day:
            return at
    return -1


def spoken(grid: GridView, item: SpokenItem) -> str:
    """What is said of an item."""
    if item.block is not None:
        return grid.sentence(item.block)
    return tr("{day}, nothing tracked").format(day=day_names.weekday_date(grid.days[item.column]))


def install() -> None:
    """Have Qt ask here about grids."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface)


_installed: Final[list[bool]] = []


def note_focus(grid: GridView) -> None:
    """Tell a screen reader, if there is one, what the keys are on."""
    at = current(grid) if QAccessible.isActive() and grid.hasFocus() else -1
    if at >= 0:
        event = QAccessibleEvent(grid, QAccessible.Event.Focus)
        event.setChild(at)
        QAccessible.updateAccessibility(event)


def _interface(name: str, of: QObject | None) -> QAccessibleInterface | None:
    if name != _CLASS or not isinstance(of, GridView):
        return None
    made = GridInterface(of)
    _made.append(made)
    of.destroyed.connect(made.let_go)
    return made


class _Plain(QAccessibleInterface):
    """What every interface has to say, whatever it is of."""

    grid: GridView | None
    """The grid while it is there."""

    def isValid(self) -> bool:
        return self.grid is not None

    def window(self) -> QWindow:
        grid = self.grid
        if grid is None:
            return None  # type: ignore[return-value]  # none once it is gone
        return grid.window().windowHandle()

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]  # as Qt has it

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing here can be written by a screen reader."""


class GridInterface(_Plain):
    """The grid as a list."""

    def __init__(self, grid: GridView) -> None:
        super().__init__()
        self.grid = grid
        self._items: list[ItemInterface] = []

    def let_go(self) -> None:
        """The grid is no more."""
        self.grid = None
        for each in self._items:
            each.grid = None

    def object(self) -> QObject:
        return self.grid  # type: ignore[return-value]  # none once it is gone

    def childCount(self) -> int:
        return len(items(self.grid)) if self.grid else 0

    def child(self, index: int) -> QAccessibleInterface:
        while len(self._items) <= index:
            self._items.append(ItemInterface(self, len(self._items)))
        return self._items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.at if isinstance(child, ItemInterface) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        for at in range(self.childCount()):
            if self.child(at).rect().contains(x, y):
                return self.child(at)
        return super().childAt(x, y)

    def focusChild(self) -> QAccessibleInterface:
        at = current(self.grid) if self.grid else -1
        return self.child(at) if at >= 0 else self

    def parent(self) -> QAccessibleInterface:
        parent: QObject | None = self.grid.parentWidget() if self.grid else None
        owner = parent or QApplication.instance()
        assert owner is not None  # noqa: S101  # whatever has a widget has an application
        return QAccessible.queryAccessibleInterface(owner)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        grid = self.grid
        state.focusable = True
        state.focused = bool(grid and grid.hasFocus())
        return state

    def rect(self) -> QRect:
        return _on_screen(self.grid, self.grid.rect()) if self.grid else QRect()

    def text(self, kind: QAccessible.Text) -> str:
        grid = self.grid
        return grid.accessibleName() if grid and kind is QAccessible.Text.Name else ""


class ItemInterface(_Plain):
    """What is at one place of the list now."""

    def __init__(self, grid: GridInterface, at: int) -> None:
        super().__init__()
        self.grid = grid.grid
        self._parent = grid
        self.at = at

    @property
    def item(self) -> SpokenItem | None:
        """What is there, if there are so many."""
        found = items(self.grid) if self.grid else []
        return found[self.at] if self.at < len(found) else None

    def isValid(self) -> bool:
        return self.item is not None

    def object(self) -> QObject:
        return None  # type: ignore[return-value]  # it is painted

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]  # as Qt has it

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        grid = self.grid
        on = grid is not None and current(grid) == self.at
        state.focusable = state.selectable = True
        state.selected = on
        state.focused = on and bool(grid and grid.hasFocus())
        return state

    def rect(self) -> QRect:
        grid, item = self.grid, self.item
        if grid is None or item is None:
            return QRect()
        if item.block is not None:
            area = grid.area_of(item.block)
        else:
            area = grid.geometry_of_days.day(item.column).toAlignedRect()
        return _on_screen(grid.viewport(), area)

    def text(self, kind: QAccessible.Text) -> str:
        grid, item = self.grid, self.item
        if grid is None or item is None or kind is not QAccessible.Text.Name:
            return ""
        return spoken(grid, item)


def _on_screen(widget: QWidget | None, area: QRect) -> QRect:
    if widget is None:
        return QRect()
    return QRect(widget.mapToGlobal(area.topLeft()), area.size())
