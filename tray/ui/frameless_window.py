"""A frameless window with round corners, and a shadow where the desktop can show through it."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHideEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from tray.ui.theme import RADIUS, UNIT, theme

_SHADOW: Final = 2 * UNIT
_STEP: Final = 2
"""The shadow is made of rounded rectangles, each so many pixels larger than the one on it."""
_GLANCE_MS: Final = 1_000
"""How often it is seen, while the window is open, whether an X server still has a compositor."""
_FAINTEST: Final = 3
"""The opacity of the outermost of them, of 255."""


class FramelessWindow(QWidget):
    """The window; `margin` is the width of the shadow around what its layout may use."""

    def __init__(self) -> None:
        flags = Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint)
        self._has_shadow = _is_composited()
        self.margin = _SHADOW if self._has_shadow else 0
        self._glances = QTimer(self, interval=_GLANCE_MS)
        self._glances.setObjectName("compositor")
        self._glances.timeout.connect(self._follow_compositor)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self.margin > 0)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.setPen(Qt.PenStyle.NoPen)
        shadow = self.margin if self._has_shadow else 0
        for spread in range(shadow, 0, -_STEP):
            painter.setBrush(QColor(0, 0, 0, _FAINTEST + shadow - spread))
            around = area.adjusted(-spread, UNIT // 2 - spread, spread, spread)
            painter.drawRoundedRect(around, RADIUS + spread, RADIUS + spread)
        painter.setBrush(look.base)
        painter.setPen(QPen(look.line if self._has_shadow else look.border, 1))
        painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_compositor()
        if self.margin and QGuiApplication.platformName() == "xcb":
            self._glances.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._glances.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    @Slot()
    def _follow_compositor(self) -> None:
        """Have no shadow while nothing shows through it, where it would be a black frame."""
        has_shadow = self.margin > 0 and _is_composited()
        if has_shadow != self._has_shadow:
            self._has_shadow = has_shadow
            self._cut()
            self.update()

    def _cut(self) -> None:
        """Leave the corners, and a shadow that is none, out of the window."""
        if self._has_shadow:
            self.clearMask()
        else:
            self.setMask(_rounded(self._area()))

    def _area(self) -> QRect:
        return self.rect().adjusted(self.margin, self.margin, -self.margin, -self.margin)


def _is_composited() -> bool:
    from tray.desktop.choose import is_composited

    return is_composited()


def _rounded(area: QRect) -> QRegion:
    path = QPainterPath()
    path.addRoundedRect(QRectF(area), RADIUS, RADIUS)
    return QRegion(path.toFillPolygon().toPolygon())
