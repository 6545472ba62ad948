"""The signs and the clock at the end of the timer bar: billable, elapsed time, start and stop."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tray.language import tr
from tray.model import formats
from tray.ui import icons, plain_text
from tray.ui.flat_button import FlatButton
from tray.ui.theme import CONTROL_HEIGHT, RING, SEMIBOLD, TITLE, UNIT, mixed, sized, theme

_ROUND: Final = 5 * UNIT


class BillableButton(FlatButton):
    """On or off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.show_billable(False)

    def show_billable(self, billable: bool) -> None:
        """Show whether it is."""
        self.setChecked(billable)
        self.say(tr("Billable"), tr("Billable") if billable else tr("Not billable"))

    def sizeHint(self) -> QSize:
        return QSize(CONTROL_HEIGHT, CONTROL_HEIGHT)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        colour = look.accent if self.isChecked() else look.subdued
        icons.paint(painter, "billable", _square(self.rect().toRectF(), icons.SIDE), colour)
        painter.end()


class ClockButton(FlatButton):
    """How long it has run."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFont(sized(self.font(), TITLE, SEMIBOLD, tabular=True))

    def show_elapsed(self, seconds: int, since: str) -> None:
        """Show this long, begun at that time of day."""
        text = formats.exact_length(seconds)
        if text != self._text:
            longer = len(text) != len(self._text)
            self._text = text
            name = tr("{elapsed}, started at {time}").format(elapsed=text, time=since)
            self.setAccessibleName(name)
            if longer:
                self.updateGeometry()
            self.update()
        tip = tr("Started at {time}").format(time=since)
        if self.toolTip() != tip:
            self.setToolTip(plain_text.tooltip(tip))

    @property
    def elapsed(self) -> str:
        """What it shows."""
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        width = metrics.horizontalAdvance("0" * len(self._text) or "0:00:00")
        return QSize(width + UNIT, max(CONTROL_HEIGHT, metrics.height()))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        painter.setPen(theme(self.palette()).text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class StartStopButton(FlatButton):
    """Round, and the largest thing in the bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._running = False
        self.setFixedSize(_ROUND, _ROUND)
        self.show_running(False)

    def show_running(self, running: bool) -> None:
        """Stop what runs, or start something."""
        self._running = running
        name = tr("Stop") if running else tr("Start")
        self.say(name, name)

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = (look.stop, look.on_stop) if self._running else (look.accent, look.on_accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(look.text, ground, 0.12) if self.underMouse() else ground)
        area = self.rect().toRectF()
        painter.drawEllipse(area)
        if self.hasFocus():
            painter.setPen(QPen(ink, RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(area.adjusted(3, 3, -3, -3))
        if self._running:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(_square(area, 3 * UNIT // 2), RING, RING)
        else:
            place = _square(area, 5 * UNIT // 2).translated(RING / 2, 0)
            icons.paint(painter, "play", place, ink)
        painter.end()


def _square(area: QRectF, side: int) -> QRectF:
    """A square in the middle of an area."""
    square = QRectF(0, 0, side, side)
    square.moveCenter(area.center())
    return square
