"""Project, task and tags of what runs, as chips that open the list to change them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from tray.language import named
from tray.ui import icons, plain_text, project_chip
from tray.ui.flat_button import FlatButton
from tray.ui.theme import CONTROL_HEIGHT, SMALL, UNIT, sized, theme

_GAP: Final = UNIT // 2
_WIDEST: Final = 24 * UNIT


class ChipButton(FlatButton):
    """Without anything chosen it shows a sign and says what could be."""

    def __init__(self, icon: str, empty: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.name = empty
        """What is chosen with it."""
        self.setFont(sized(self.font(), SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say(empty, empty)

    def _empty_width(self) -> int:
        return icons.SIDE + UNIT + self.fontMetrics().horizontalAdvance(self.name)

    def _chips_width(self, metrics: QFontMetrics) -> int:
        """How wide what is chosen is; 0 for nothing."""
        raise NotImplementedError

    def _paint_chips(self, painter: QPainter, area: QRect) -> None:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        width = self._chips_width(self.fontMetrics()) or self._empty_width()
        height = max(CONTROL_HEIGHT, project_chip.height(self.fontMetrics()) + UNIT)
        return QSize(min(width, _WIDEST) + UNIT, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * UNIT, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        high = project_chip.height(self.fontMetrics())
        inside = self.rect().adjusted(_GAP, 0, -_GAP, 0)
        inside = QRect(inside.left(), (self.height() - high) // 2, inside.width(), high)
        if self._chips_width(self.fontMetrics()):
            self._paint_chips(painter, inside)
        else:
            self._paint_empty(painter, inside)
        painter.end()

    def _paint_empty(self, painter: QPainter, area: QRect) -> None:
        look = theme(self.palette())
        sign = QRect(area.left(), area.center().y() - icons.SIDE // 2, icons.SIDE, icons.SIDE)
        icons.paint(painter, self._icon, self._visual(sign).toRectF(), look.subdued)
        painter.setPen(look.subdued)
        words = self._visual(area.adjusted(icons.SIDE + _GAP, 0, 0, 0))
        text = plain_text.elided(self.name, self.fontMetrics(), words.width())
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(words, centred, text)

    def _visual(self, area: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), area)


class ProjectButton(ChipButton):
    """The project of what runs."""

    _text = ""
    _colour = ""

    def show_project(self, text: str, colour: str) -> None:
        """Show this one; without a name, that there is none."""
        self._text, self._colour = text, colour
        self.say(named(self.name, text) if text else self.name, text or self.name)

    def _chips_width(self, metrics: QFontMetrics) -> int:
        return project_chip.project_width(self._text, metrics) if self._text else 0

    def _paint_chips(self, painter: QPainter, area: QRect) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        look = theme(self.palette())
        project_chip.paint_project(painter, area, self._text, self._colour, look, mirrored=mirrored)


class TaskButton(ChipButton):
    """The task of what runs."""

    _text = ""

    def show_task(self, text: str) -> None:
        """Show this one; without a name, that there is none."""
        self._text = text
        self.say(named(self.name, text) if text else self.name, text or self.name)

    def _chips_width(self, metrics: QFontMetrics) -> int:
        return project_chip.tag_width(self._text, metrics) if self._text else 0

    def _paint_chips(self, painter: QPainter, area: QRect) -> None:
        project_chip.paint_tag(painter, area, self._text, theme(self.palette()))


class TagsButton(ChipButton):
    """The tags of what runs; the first, and how many more there are."""

    _names: tuple[str, ...] = ()

    def show_tags(self, names: Sequence[str]) -> None:
        """Show these."""
        self._names = tuple(names)
        written = ", ".join(f"#{name}" for name in names)
        self.say(named(self.name, written) if names else self.name, written or self.name)

    def _texts(self) -> list[str]:
        more = len(self._names) - 1
        first = [f"#{self._names[0]}"] if self._names else []
        return [*first, f"+{more}"] if more > 0 else first

    def _chips_width(self, metrics: QFontMetrics) -> int:
        widths = [project_chip.tag_width(text, metrics) for text in self._texts()]
        return sum(widths) + _GAP * max(0, len(widths) - 1)

    def _paint_chips(self, painter: QPainter, area: QRect) -> None:
        look, metrics = theme(self.palette()), self.fontMetrics()
        texts = self._texts()
        more = project_chip.tag_width(texts[1], metrics) if len(texts) > 1 else 0
        room = area.width() - (more + _GAP if more else 0)
        first = QRect(area.left(), area.top(), room, area.height())
        project_chip.paint_tag(painter, self._visual(first), texts[0], look)
        if more:
            rest = QRect(area.right() + 1 - more, area.top(), more, area.height())
            project_chip.paint_tag(painter, self._visual(rest), texts[1], look)
