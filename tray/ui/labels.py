"""Labels in the theme's colours, which follow the desktop from light to dark."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tray.ui import plain_text
from tray.ui.legible import legible
from tray.ui.theme import SEMIBOLD, Theme, sized, theme

Tint = Callable[[Theme], QColor]


def subdued(look: Theme) -> QColor:
    """For what is said besides."""
    return look.subdued


def plain(look: Theme) -> QColor:
    """For what matters."""
    return look.text


def warning(look: Theme) -> QColor:
    """For what is wrong."""
    return legible(look.warning, look.base)


class ThemedLabel(QLabel):
    """Plain text in a colour of the theme."""

    def __init__(
        self,
        text: str,
        parent: QWidget,
        *,
        tint: Tint = subdued,
        size: float = 1.0,
        bold: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tint = tint
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setTextFormat(Qt.TextFormat.PlainText)  # first: Qt would read the text for HTML
        self.setText(text)
        self.setFont(sized(self.font(), size, SEMIBOLD if bold else None))
        self._colour()

    def set_tint(self, tint: Tint) -> None:
        """Use another colour from now on."""
        self._tint = tint
        self._colour()

    def _colour(self) -> None:
        parent = self.parentWidget() or self
        colour = self._tint(theme(parent.palette()))  # its own has this colour in it already
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_tint"):
            self._colour()


class ElidedLabel(ThemedLabel):
    """One line that is shortened where there is no room for all of it."""

    def __init__(
        self, text: str, parent: QWidget, *, tint: Tint = subdued, size: float = 1.0
    ) -> None:
        super().__init__(text, parent, tint=tint, size=size)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        area: QRect = self.contentsRect()
        text = plain_text.elided(self.text(), self.fontMetrics(), area.width())
        painter.drawText(area, self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
