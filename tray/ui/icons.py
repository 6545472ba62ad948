"""The program's own signs: on a grid of 16, tinted with the theme, crisp at any scale."""

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from tray.resource_files import resource
from tray.ui.labels import Tint, subdued
from tray.ui.theme import UNIT, theme

SIDE: Final = 2 * UNIT
"""Of a sign beside text, in pixels at 100 %."""
_WINDOW_SIDES: Final = (16, 24, 32, 48, 64, 128)
"""In title bars and task switchers, in pixels of the screen."""
_SCALES: Final = (1, 1.25, 1.5, 1.75, 2, 3)
"""Of the screens that there are."""


def icon(name: str, colour: QColor, disabled: QColor | None = None, *, side: int = SIDE) -> QIcon:
    """A sign as an icon; `disabled` is its colour where it can do nothing.

    Args:
        name: of a file in ``resources/icons``, such as ``search``.
        colour: what its strokes are drawn in.
        disabled: the same as `colour` if there is none.
        side: the size it is shown in, in pixels at 100 %.
    """
    made = QIcon()
    for pixels in sorted({round(side * scale) for scale in _SCALES}):
        made.addPixmap(pixmap(name, colour, pixels))
        if disabled is not None:
            made.addPixmap(pixmap(name, disabled, pixels), QIcon.Mode.Disabled)
    return made


def program_icon() -> QIcon:
    """The program's own icon, which its windows have."""
    made = QIcon()
    for pixels in _WINDOW_SIDES:
        made.addPixmap(pixmap("toggl-tray", QColor(), pixels))  # it has its own colours
    return made


def paint(painter: QPainter, name: str, place: QRectF, colour: QColor) -> None:
    """Draw a sign into a square, such as one in a row of a list."""
    ratio = painter.device().devicePixelRatio()
    drawn = pixmap(name, colour, round(place.width() * ratio))
    painter.drawPixmap(place, drawn, QRectF(drawn.rect()))


def pixmap(name: str, colour: QColor, pixels: int) -> QPixmap:
    """A sign with sides of so many pixels of the screen."""
    return _drawn(name, colour.rgba(), pixels)


def dress(button: QAbstractButton, name: str, tint: Tint = subdued, *, side: int = SIDE) -> None:
    """Have a button show a sign in a colour of the theme, light or dark."""
    for former in button.findChildren(_Dress, options=Qt.FindChildOption.FindDirectChildrenOnly):
        former.undo()
    _Dress(button, name, tint, side)


class _Dress(QObject):
    """Draws the sign of a button anew when the theme changes."""

    def __init__(self, button: QAbstractButton, name: str, tint: Tint, side: int) -> None:
        super().__init__(button)
        self._button, self._name, self._tint, self._side = button, name, tint, side
        button.setIconSize(QSize(side, side))
        button.installEventFilter(self)
        self._show()

    def undo(self) -> None:
        """Leave the button to another sign."""
        self._button.removeEventFilter(self)
        self.setParent(None)
        self.deleteLater()

    def _show(self) -> None:
        look = theme(self._button.palette())
        self._button.setIcon(icon(self._name, self._tint(look), look.border, side=self._side))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._show()
        return super().eventFilter(watched, event)


@lru_cache(maxsize=512)
def _drawn(name: str, rgba: int, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # no window, no sign

    colour = QColor.fromRgba(rgba)
    text = _file(name).replace(b"currentColor", colour.name().encode())
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(colour.alphaF())
    QSvgRenderer(QByteArray(text)).render(painter)
    painter.end()
    return drawn


@cache
def _file(name: str) -> bytes:
    with open(resource(f"icons/{name}.svg"), "rb") as file:
        return file.read()
