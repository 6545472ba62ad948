"""The banner below the timer bar: one sentence on the exchange, and one thing to do about it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from tray.language import tr
from tray.ui import icons, plain_text
from tray.ui.labels import ElidedLabel, plain
from tray.ui.main_window.banner_text import BannerContent
from tray.ui.theme import RADIUS, UNIT, mixed, theme

_BAR_WIDTH: Final = 15 * UNIT
_BAR_HEIGHT: Final = UNIT // 2
_TINT: Final = 0.1


class Banner(QWidget):
    """There only while there is something to say."""

    acted = Signal(object)
    """The `BannerAct` that the button stands for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.content: BannerContent | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label = ElidedLabel("", self, tint=plain)
        self.bar = ProgressBar(self)
        self.button = QPushButton(self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT // 2, UNIT // 2, UNIT // 2, UNIT // 2)
        layout.setSpacing(2 * UNIT)
        layout.addSpacing(9 * UNIT // 2)  # for the sign, on the side where one begins to read
        layout.addWidget(self.label, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.button)
        self.hide()

    def show_content(self, content: BannerContent | None) -> None:
        """Say this, or nothing."""
        self.content = content
        if content is not None:
            self.label.setText(content.text)
            self.label.setToolTip(plain_text.tooltip(content.text))
            self.button.setText(content.button)
            self.button.setAccessibleDescription(content.text)
            self.bar.setVisible(content.share is not None)
            self.bar.show_share(content.share or 0.0)
            self.update()
        self.setVisible(content is not None)

    @Slot()
    def _on_clicked(self) -> None:
        if self.content is not None:
            self.acted.emit(self.content.act)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        problem = self.content is not None and self.content.is_problem
        tint = look.warning if problem else look.accent
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mixed(tint, look.window, 0.4), 1))
        painter.setBrush(mixed(tint, look.window, _TINT))
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - 2 * UNIT - icons.SIDE if right else 2 * UNIT
        sign = QRectF(left, (self.height() - icons.SIDE) / 2, icons.SIDE, icons.SIDE)
        icons.paint(painter, "warning" if problem else "download", sign, tint)
        painter.end()


class ProgressBar(QWidget):
    """How much of some work is done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setFixedSize(self.sizeHint())

    def show_share(self, share: float) -> None:
        """Show this much, from 0 to 1."""
        self.share = share
        self.setAccessibleName(tr("{percent} % done").format(percent=round(100 * share)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_BAR_WIDTH, _BAR_HEIGHT)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.line)
        area = self.rect().toRectF()
        painter.drawRoundedRect(area, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        area.setWidth(max(float(_BAR_HEIGHT), area.width() * self.share))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            area.moveRight(self.width())
        painter.setBrush(look.accent)
        painter.drawRoundedRect(area, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.end()
