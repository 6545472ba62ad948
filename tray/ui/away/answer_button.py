"""A button for one answer: its number, what it says, and below what comes of it."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from tray.ui import plain_text
from tray.ui.theme import BODY, RADIUS, SEMIBOLD, SMALL, UNIT, mixed, sized, theme

_BADGE: Final = UNIT * 5 // 2


class AnswerButton(QPushButton):
    """Its number chooses it while no line has the focus, and its underlined letter with Alt."""

    looked_at = Signal()
    """The pointer or the focus has come to it."""
    left = Signal()
    """The pointer has left it."""

    def __init__(self, number: int, label: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self.number = number
        self._result = ""
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def result(self) -> str:
        """What comes of the answer, in words."""
        return self._result

    def show_result(self, result: str) -> None:
        """Say what comes of it."""
        self._result = result
        self.setAccessibleName(self.text().replace("&", ""))
        self.setAccessibleDescription(result)
        self.setToolTip(plain_text.tooltip(result))
        self.update()

    def _paint_number(self, painter: QPainter, *, on: bool) -> None:
        look = theme(self.palette())
        badge = self._mirrored(
            QRect(UNIT * 5 // 4, (self.height() - _BADGE) // 2, _BADGE, _BADGE)
        ).toRectF()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(look.text, look.base, 0.1 if on else 0.05))
        painter.drawRoundedRect(badge, UNIT / 2, UNIT / 2)
        painter.setPen(look.text if on else look.subdued)
        painter.setFont(sized(self.font(), SMALL))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self.number))

    def _paint_words(self, painter: QPainter, *, on: bool) -> None:
        look = theme(self.palette())
        left = UNIT * 5 // 2 + _BADGE
        room = self._mirrored(self.rect().adjusted(left, UNIT // 2, -UNIT * 3 // 2, -UNIT // 2))
        top, bottom = QRectF(room), QRectF(room)
        top.setBottom(room.center().y())
        bottom.setTop(room.center().y())
        line = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(sized(self.font(), BODY, SEMIBOLD))
        painter.setPen(look.text if on else look.subdued)
        painter.drawText(top, int(line | Qt.TextFlag.TextShowMnemonic), self.text())
        painter.setFont(sized(self.font(), SMALL))
        painter.setPen(look.subdued)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(self._result, Qt.TextElideMode.ElideRight, int(bottom.width()))
        painter.drawText(bottom, int(line), text)

    def _mirrored(self, area: QRect) -> QRect:
        """Where that is for who reads from the right."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)

    def sizeHint(self) -> QSize:
        small = round(self.fontMetrics().height() * SMALL)
        return QSize(40 * UNIT, self.fontMetrics().height() + small + UNIT * 3 // 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.looked_at.emit()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isEnabled()
        fill = look.base
        if on and (self.isDown() or self.underMouse()):
            fill = mixed(look.text, look.base, 0.16 if self.isDown() else 0.07)
        painter.setBrush(fill)
        painter.setPen(QPen(look.accent, 2) if self.hasFocus() else QPen(look.line, 1))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        self._paint_number(painter, on=on)
        self._paint_words(painter, on=on)
        painter.end()
