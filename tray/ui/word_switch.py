"""A row of words of which one is chosen, such as which kind of thing a page lists."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from tray.ui.theme import BODY, CONTROL_HEIGHT, MEDIUM, RADIUS, RING, SEMIBOLD, UNIT, sized, theme

_INSET = UNIT // 2


class _Segment(QAbstractButton):
    """One word; the tab key stops at the chosen one only, and the arrows lead on."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized(self.font(), BODY, SEMIBOLD))
        width = metrics.horizontalAdvance(self.text()) + 3 * UNIT
        return QSize(width, max(CONTROL_HEIGHT, metrics.height() + UNIT) - _INSET)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(look.line, 1))
            painter.setBrush(look.card)
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        if self.hasFocus():
            painter.setPen(QPen(look.accent, RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 2, RADIUS - 2)
        strong = self.isChecked() or self.underMouse()
        painter.setFont(sized(self.font(), BODY, SEMIBOLD if self.isChecked() else MEDIUM))
        painter.setPen(look.text if strong else look.subdued)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class WordSwitch(QWidget):
    """Drawn as one control."""

    chosen = Signal(str)
    """The key of the word that the user chose."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_INSET // 2, _INSET // 2, _INSET // 2, _INSET // 2)
        layout.setSpacing(0)
        self.buttons: dict[str, QAbstractButton] = {}
        for key, title in titles.items():
            button = _Segment(title, self)
            self._group.addButton(button)
            layout.addWidget(button)
            self.buttons[key] = button
        self._group.buttonToggled.connect(self._on_toggled)

    def title(self, key: str) -> str:
        """The word with this key."""
        return self.buttons[key].text()

    def show_chosen(self, key: str) -> None:
        """Mark one."""
        self.buttons[key].setChecked(True)

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, button: QAbstractButton, on: bool) -> None:
        if on:
            self.chosen.emit(next(key for key, each in self.buttons.items() if each is button))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        way = ways.get(Qt.Key(event.key()), 0) * (-1 if self.isRightToLeft() else 1)
        buttons = list(self.buttons.values())
        at = next((at for at, each in enumerate(buttons) if each.isChecked()), 0)
        if way and 0 <= at + way < len(buttons):
            buttons[at + way].setFocus(Qt.FocusReason.OtherFocusReason)
            buttons[at + way].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.hover)
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        painter.end()
