"""The wheel of the mouse over what Qt shows."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWheelEvent


class Wheel(QObject):
    """An event filter for what it is to be watched over."""

    turned = Signal(int)
    """How far, in eighths of a degree: up is positive."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and event.angleDelta().y():
            self.turned.emit(event.angleDelta().y())
        return super().eventFilter(watched, event)
