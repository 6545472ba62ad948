"""The colours that a project can have, as dots to choose from beside it."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tray.errors import Refused
from tray.language import tr
from tray.model import colours
from tray.ui import plain_text
from tray.ui.labels import ThemedLabel
from tray.ui.theme import RING, UNIT, chip_colours, theme

_SIDE: Final = 4 * UNIT
_DOT: Final = 20
_IN_A_ROW: Final = 7


def names() -> tuple[str, ...]:
    """What the colours of the palette are called, in its order."""
    return (
        *(tr("Blue"), tr("Violet"), tr("Pink"), tr("Orange"), tr("Brown"), tr("Green")),
        *(tr("Teal"), tr("Clay"), tr("Indigo"), tr("Purple"), tr("Yellow"), tr("Olive")),
        *(tr("Red"), tr("Grey")),
    )


class _Swatch(QAbstractButton):
    """One colour."""

    def __init__(self, colour: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(plain_text.tooltip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(0, 0, _DOT, _DOT)
        middle.moveCenter(self.rect().toRectF().center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(chip_colours(self.colour, look).dot)
        painter.drawEllipse(middle)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            ring = (
                look.accent if self.hasFocus() else look.text if self.isChecked() else look.border
            )
            painter.setPen(QPen(ring, RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle.adjusted(-4, -4, 4, 4))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class ColourPopup(QFrame):
    """Closes when a colour was chosen, or with Esc; arrows go from one to the next."""

    chosen = Signal(str)
    """The colour as ``#rrggbb``."""

    def __init__(self, colour: str, parent: QWidget, *, any_colour: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Colour"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT)
        grid = QGridLayout()
        grid.setSpacing(0)
        column.addLayout(grid)
        self.swatches: list[_Swatch] = []
        for at, (each, name) in enumerate(zip(colours.PALETTE, names(), strict=True)):
            swatch = _Swatch(each, name, self)
            swatch.setChecked(each == colour)
            swatch.clicked.connect(self._on_swatch)
            grid.addWidget(swatch, at // _IN_A_ROW, at % _IN_A_ROW)
            self.swatches.append(swatch)
        self.other = QLineEdit(self)
        self.other.setVisible(any_colour)
        self._fill_other(column, colour)
        first = next((each for each in self.swatches if each.isChecked()), self.swatches[0])
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill_other(self, column: QVBoxLayout, colour: str) -> None:
        self.other.setAccessibleName(tr("Another colour, as #rrggbb"))
        self.other.setPlaceholderText(tr("Another, as #rrggbb"))
        if colour not in colours.PALETTE:
            self.other.setText(colour)
        self.other.returnPressed.connect(self._on_typed)
        self.wrong = ThemedLabel("", self)
        self.wrong.hide()
        column.addWidget(self.other)
        column.addWidget(self.wrong)

    def open_at(self, place: QPoint) -> None:
        """Come up at this point of the screen, as far as there is room."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = min(place.x(), room.right() - self.width())
        y = min(place.y(), room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))
        self.show()

    @Slot()
    def _on_swatch(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, _Swatch):
            self._choose(swatch.colour)

    @Slot()
    def _on_typed(self) -> None:
        try:
            self._choose(colours.check(self.other.text()))
        except Refused as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            self.adjustSize()

    def _choose(self, colour: str) -> None:
        self.chosen.emit(colour)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_IN_A_ROW,
            Qt.Key.Key_Down: _IN_A_ROW,
        }
        at = next((at for at, each in enumerate(self.swatches) if each.hasFocus()), None)
        way = ways.get(Qt.Key(event.key()))
        if at is not None and way is not None and 0 <= at + way < len(self.swatches):
            self.swatches[at + way].setFocus(Qt.FocusReason.OtherFocusReason)
        elif at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.swatches[at].colour)
        else:
            super().keyPressEvent(event)
