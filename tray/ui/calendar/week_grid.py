"""The grid itself: turns what pointer and keys do into what is wanted of the entries."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from tray.ui import plain_text
from tray.ui.calendar import accessible_grid, grid_keys
from tray.ui.calendar.grid_view import GridView
from tray.ui.calendar.pointer_drag import PointerDrag
from tray.ui.theme import UNIT

_WHEEL_STEP: Final = 120
_SCROLL_MS: Final = 30
"""Between two steps of scrolling while something is dragged to an edge."""
_SCROLL_STEP: Final = 2 * UNIT


class WeekGrid(GridView):
    """Changes nothing itself: it tells what the user wants."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.drag = PointerDrag(self)
        self._wheel = 0
        self._scrolling = QTimer(self)
        self._scrolling.setObjectName("calendar scrolling")
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._on_scrolling)
        accessible_grid.install()
        self.days_changed.connect(self.drag.let_go)
        self.chosen_changed.connect(self._on_chosen)

    @Slot()
    def _on_chosen(self) -> None:
        accessible_grid.note_focus(self)

    @Slot()
    def _on_scrolling(self) -> None:
        """Scroll on while something is dragged to the top or bottom."""
        if self.dragged is None:
            self._scrolling.stop()
            return
        y, room = self.drag.pointer.y(), self.viewport().height()
        way = -1 if y < 2 * UNIT else 1 if y > room - 2 * UNIT else 0
        if way:
            self.scroll_to(self.verticalScrollBar().value() + way * _SCROLL_STEP)
            self.drag.follow()

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.by_keys = False
        self.touched.emit()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.drag.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.drag.move(event)
        if self.dragged is not None and not self._scrolling.isActive():
            self._scrolling.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._scrolling.stop()
        self.drag.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.drag.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        event.accept()
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _WHEEL_STEP)
        self._wheel -= steps * _WHEEL_STEP
        self.zoom_by(steps, event.position().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.drag.key(event, down=True) or grid_keys.press(self, event):
            event.accept()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.drag.key(event, down=False):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        accessible_grid.note_focus(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self.hover(None)
        return super().viewportEvent(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        place = QPointF(event.pos()) + QPointF(0, self.verticalScrollBar().value())
        grasp = self.geometry_of_days.grasp(self.columns, place, self.chosen)
        if grasp is None or self.texts is None:
            QToolTip.hideText()
            return
        text = self.sentence(grasp.block)
        area = self.area_of(grasp.block)
        QToolTip.showText(event.globalPos(), plain_text.tooltip(text), self.viewport(), area)
