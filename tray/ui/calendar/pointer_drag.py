"""What the pointer does in the grid: takes hold of things, carries them, and lets them go."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from tray import clock
from tray.model.day_grid.day_columns import Block, DayGap
from tray.model.day_grid.dragging import Grip, Held, dragged
from tray.model.day_grid.snapping import free_of
from tray.model.durations import MINUTE
from tray.ui.calendar.grid_geometry import Grasp
from tray.ui.calendar.grid_paint import Dragged
from tray.ui.calendar.grid_view import GridView

_COPYING: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""Either, as window managers take the first for themselves unless the button is down already."""
_HALF_HOUR: Final = 30 * MINUTE


class PointerDrag:
    """From the button going down until it is let go."""

    def __init__(self, grid: GridView) -> None:
        self._grid = grid
        self.pointer = QPointF()
        """Where it is in the viewport."""
        self._pressed: QPointF | None = None
        self._held: Held | None = None
        self._block: Block | None = None
        self._gap: DayGap | None = None
        self._column = 0
        self._modifiers = Qt.KeyboardModifier.NoModifier

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        grid = self._grid
        place = grid.place(event)
        self.pointer = event.position()
        grasp = grid.geometry_of_days.grasp(grid.columns, place, grid.chosen)
        if event.button() is not Qt.MouseButton.LeftButton:
            if event.button() is Qt.MouseButton.RightButton:
                self._choose(grasp, place)
            return
        self._pressed = event.position()
        self._column = grid.geometry_of_days.column(place.x())
        moment = grid.geometry_of_days.moment(place)
        self._block = grasp.block if grasp else None
        self._gap = None if grasp else grid.geometry_of_days.gap(grid.columns, place)
        self._held = _held(grasp, moment)
        self._choose(grasp, place)

    def _choose(self, grasp: Grasp | None, place: QPointF) -> None:
        if grasp is not None:
            self._grid.choose(grasp.block, scroll=False)
        else:
            self._grid.choose_day(self._grid.geometry_of_days.column(place.x()))

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves."""
        self.pointer = event.position()
        self._modifiers = event.modifiers()
        if self._pressed is None:
            self._hover(event)
            return
        far = (self.pointer - self._pressed).manhattanLength()
        if self._grid.dragged is None and far < QApplication.startDragDistance() / 2:
            return
        self._grid.hover(None)
        self.follow()

    def follow(self) -> None:
        """Show what there would be where the pointer is now."""
        if self._held is not None:
            self._grid.show_dragged(self._wanted())

    def _wanted(self) -> Dragged:
        grid, held = self._grid, self._held
        assert held is not None  # noqa: S101  # whoever asks has looked
        place = self.pointer + QPointF(0, grid.verticalScrollBar().value())
        geometry = grid.geometry_of_days
        column = self._column if held.grip is Grip.NEW else geometry.column(place.x())
        to = geometry.axis.moment(column, geometry.position(place.y()))
        snap = grid.snap(but=self._block)
        if self._modifiers & Qt.KeyboardModifier.ShiftModifier:
            snap = free_of(snap)
        now = clock.now()
        copies = self._copies()
        if copies and held.stop is None:
            held = held._replace(stop=max(held.start + MINUTE, now))
        start, stop = dragged(held, to, snap, now=now)
        return Dragged(start, stop, self._block, copies)

    def _copies(self) -> bool:
        if self._block is None or self._held is None:
            return False
        whole = self._held.grip is Grip.WHOLE
        return self._block.entry is None or (whole and bool(self._modifiers & _COPYING))

    def release(self, event: QMouseEvent) -> None:
        """The button was let go."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        wanted, block, gap = self._grid.dragged, self._block, self._gap
        clicked = self._pressed is not None and wanted is None
        self.let_go()
        if wanted is not None:
            self._grid.changed_wanted.emit(wanted)
        elif clicked and block is not None and block.entry is None:
            self._grid.taken.emit(block)
        elif clicked and gap is not None:
            self._grid.gap_wanted.emit(gap)

    def let_go(self) -> None:
        """Leave everything as it was."""
        self._pressed = self._held = self._block = self._gap = None
        self._grid.show_dragged(None)

    def double_click(self, event: QMouseEvent) -> None:
        """Edit what is there, else begin something where there is nothing."""
        grid = self._grid
        place = grid.place(event)
        grasp = grid.geometry_of_days.grasp(grid.columns, place, grid.chosen)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.let_go()
        if grasp is not None:
            if grasp.block.entry is not None:
                grid.edit_wanted.emit()
        elif grid.geometry_of_days.gap(grid.columns, place) is None:
            snap = grid.snap()
            moment = grid.geometry_of_days.moment(place)
            begin = snap.next_on_grid(moment + 1, -1)
            grid.changed_wanted.emit(Dragged(begin, begin + max(snap.step, _HALF_HOUR)))

    def key(self, event: QKeyEvent, *, down: bool) -> bool:
        """Whether a key meant what is being dragged."""
        if self._pressed is None:
            return False
        if down and event.key() == Qt.Key.Key_Escape:
            self.let_go()
        elif self._grid.dragged is not None:
            self._modifiers = _with(event, down=down)
            self.follow()
        return True

    def _hover(self, event: QMouseEvent) -> None:
        grid = self._grid
        place = grid.place(event)
        grasp = grid.geometry_of_days.grasp(grid.columns, place, grid.chosen)
        edges = (Grip.START, Grip.STOP)
        if grasp is not None and grasp.grip in edges:
            shape = Qt.CursorShape.SizeVerCursor
        elif grasp is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        if grid.viewport().cursor().shape() is not shape:
            grid.viewport().setCursor(shape)
        over = None if grasp else grid.geometry_of_days.gap(grid.columns, place)
        grid.hover(over if grid.draft is None else None)


_MODIFIERS: Final = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
}


def _with(event: QKeyEvent, *, down: bool) -> Qt.KeyboardModifier:
    """The modifiers once a key is down or up; systems differ in whether the event has it in."""
    own = _MODIFIERS.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
    return event.modifiers() | own if down else event.modifiers() & ~own


def _held(grasp: Grasp | None, moment: int) -> Held:
    if grasp is None:
        return Held(Grip.NEW, moment, None, moment)
    of = grasp.block.of
    return Held(grasp.grip, of.start, of.stop, moment)
