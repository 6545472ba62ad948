"""Paints the rows: days with their ribbon and total, and cards of the entries in them."""

from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from tray.language import tr
from tray.model import limits
from tray.model.formats import TimeFormat
from tray.ui import plain_text, project_chip, theme, wording
from tray.ui.entries import captions, row_paint
from tray.ui.entries.day_content import DayContent, RowContent
from tray.ui.entries.list_model import EntryModel, Index
from tray.ui.entries.row_layout import (
    FixedWidths,
    GapPlaces,
    RowPlaces,
    RowWords,
    card_of,
    gap_places,
    places,
    widths,
)
from tray.ui.entries.row_paint import CENTRE, Ends, RowFonts
from tray.ui.entries.timeline import RowKind
from tray.ui.theme import Theme, row_height

_NO_WORDS: Final = RowWords(0)


class Hover(NamedTuple):
    """What the pointer is over."""

    row: int = -1
    button: bool = False
    badge: bool = False
    """The number of entries in a group, which unfolds it."""
    choice: int = -1
    """Which of what a gap can be filled with."""

    @property
    def acts(self) -> bool:
        """Whether a click there does something of its own."""
        return self.button or self.badge or self.choice >= 0


class _Look(NamedTuple):
    """What painting takes, worked out once for a palette and a font."""

    theme: Theme
    fonts: RowFonts
    widths: FixedWidths


class EntryDelegate(QStyledItemDelegate):
    """Paints a row of an `EntryModel`."""

    def __init__(self, model: EntryModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.hover = Hover()
        self.covered = -1
        """The row that a panel lies over."""
        self.exposed = QRect()
        """What of the view is painted anew; often only what its scroll bar lies over."""
        self.density = "comfortable"
        self._model = model
        self._view = parent
        self._looks: dict[tuple[int, str, TimeFormat], _Look] = {}

    def height(self, metrics: QFontMetrics) -> int:
        """The height of every row, in which even large letters have room."""
        return row_height(metrics, self.density)

    def places(self, row: int, area: QRect) -> RowPlaces:
        """Where the parts of a row are that fills `area`."""
        content, look = self._model.content(row), self._look()
        words = self._words(content, look.fonts) if content else _NO_WORDS
        return self._places(row, area, look, words)

    def _places(self, row: int, area: QRect, look: _Look, words: RowWords) -> RowPlaces:
        found = places(
            area,
            look.widths,
            words,
            chip_height=look.fonts.chip_height,
            indented=self._model.kind(row) is RowKind.MEMBER,
        )
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return found.mirrored() if mirrored else found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, look = index.row(), self._look()
        painter.fillRect(option.rect, look.theme.window)  # over the style's own selection
        if not card_of(option.rect).intersects(self.exposed):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self._view.layoutDirection())
        day = self._model.day(row)
        if day is not None:
            self._paint_day(painter, option.rect, look, day)
        else:
            self._paint_row(painter, option, look, row)
        painter.restore()

    def _look(self) -> _Look:
        """What painting takes in the colours and the font of the view, headings being disabled."""
        palette, font = QPalette(self._view.palette()), QFont(self._view.font())
        key = (palette.cacheKey(), font.key(), self._model.times)
        if key not in self._looks:
            self._looks.clear()
            palette.setCurrentColorGroup(QPalette.ColorGroup.Active)
            fonts = RowFonts.of(font)
            fixed = widths(
                QFontMetrics(fonts.small_digits), QFontMetrics(fonts.digits), self._model.times
            )
            self._looks[key] = _Look(theme.theme(palette), fonts, fixed)
        return self._looks[key]

    def _words(self, content: RowContent, fonts: RowFonts) -> RowWords:
        """How wide what it says would like to be."""
        normal, small = QFontMetrics(fonts.normal), QFontMetrics(fonts.small)
        project = wording.project(content.entry, self._model.names)
        tags = captions.tags(content.entry, self._model.names)
        part = _part(content, self._model.times)
        return RowWords(
            normal.horizontalAdvance(_description(content)) + 2,
            small.horizontalAdvance(part) + 2 if part else 0,
            project_chip.project_width(project, small) if project else 0,
            [project_chip.tag_width(f"#{tag}", small) for tag in tags],
            project_chip.tag_width(f"+{len(tags)}", small) if tags else 0,
        )

    def _paint_day(self, painter: QPainter, area: QRect, look: _Look, day: DayContent) -> None:
        model = self._model
        texts = (
            captions.day_name(day.date, today=model.today()),
            captions.day_date(day.date, today=model.today()),
            model.times.length(day.seconds),
        )
        parts = self._places(-1, area, look, _NO_WORDS)
        row_paint.heading(painter, parts, look.theme, look.fonts, texts, day.ribbon)

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, look: _Look, row: int
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and row != self.covered
        ground = look.theme.card
        if selected or (row == self.hover.row and row != self.covered):
            ground = look.theme.selected if selected else look.theme.hover
        content = self._model.content(row)
        words = self._words(content, look.fonts) if content else _NO_WORDS
        parts = self._places(row, option.rect, look, words)
        is_gap = self._model.kind(row) is RowKind.GAP
        first, last = (self._model.kind(each) in _OUTSIDE for each in (row - 1, row + 1))
        row_paint.card(painter, parts.card, look.theme, ground, Ends(first, last))
        if row == self.covered or (content is None and not is_gap):
            return
        if (
            option.state & QStyle.StateFlag.State_HasFocus
            and self._view.selectionModel().hasSelection()
        ):
            row_paint.focus(painter, parts.card, look.theme)
        on = row_paint.On(painter, look.theme, look.fonts, ground)
        if content is None:
            self._paint_gap(on, row, parts)
            return
        self._paint_what(on, parts, content, row)
        self._paint_when(on, parts, content)
        over = self.hover == Hover(row, True)
        row_paint.button(on, parts.button, running=content.running, over=over)

    def gap_places(self, row: int, area: QRect) -> GapPlaces:
        """Where the parts of a gap are whose row fills `area`."""
        look = self._look()
        return self._gap_places(self._places(row, area, look, _NO_WORDS), look.fonts)

    def _gap_places(self, parts: RowPlaces, fonts: RowFonts) -> GapPlaces:
        small = QFontMetrics(fonts.small)
        label = small.horizontalAdvance(captions.nothing()) + 1
        choices = [project_chip.tag_width(text, small) for text in captions.gap_choices()]
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        straight = parts.mirrored() if mirrored else parts
        found = gap_places(straight, label, choices, fonts.chip_height)
        return found.mirrored(parts.card) if mirrored else found

    def _paint_gap(self, on: row_paint.On, row: int, parts: RowPlaces) -> None:
        gap, times = self._model.gap(row), self._model.times
        places_of_gap = self._gap_places(parts, on.fonts)
        quiet = on.theme.subdued
        row_paint.text(on, places_of_gap.label, captions.nothing(), on.fonts.small, quiet)
        for at, text in enumerate(captions.gap_choices()):
            over = self.hover == Hover(row, choice=at)
            row_paint.choice(on, places_of_gap.choices[at], text, over=over)
        row_paint.times(on, parts.times, captions.between(gap.begin, gap.end, times), 0)
        length = times.length(gap.end - gap.begin)
        row_paint.text(
            on, parts.length, length, on.fonts.small_digits, quiet, align=row_paint.TRAILING
        )

    def _paint_what(
        self, on: row_paint.On, parts: RowPlaces, content: RowContent, row: int
    ) -> None:
        names, entry = self._model.names, content.entry
        if content.number > 1:
            row_paint.badge(on, parts.badge, content.number, unfolded=self._model.is_unfolded(row))
        ink = on.theme.text if entry.description else on.theme.subdued
        row_paint.text(on, parts.description, _description(content), on.fonts.normal, ink)
        part = _part(content, self._model.times)
        row_paint.text(on, parts.part, part, on.fonts.small, on.theme.subdued)
        if entry.project_id:
            colour = wording.colour(entry, names)
            row_paint.project(on, parts.project, wording.project(entry, names), colour)
        tags = captions.tags(entry, names)
        for place, tag in zip(parts.tags, tags, strict=False):
            row_paint.tag(on, place, f"#{tag}")
        row_paint.tag(on, parts.more, f"+{len(tags) - len(parts.tags)}")

    def _paint_when(self, on: row_paint.On, parts: RowPlaces, content: RowContent) -> None:
        times = self._model.times
        row_paint.upload(on, parts.upload, content.upload)
        if content.entry.billable:
            row_paint.text(
                on, parts.billable, "$", on.fonts.bold_small, on.theme.subdued, align=CENTRE
            )
        row_paint.times(
            on, parts.times, captions.times(content, times), captions.days_later(content, times)
        )
        length = times.length(content.seconds, content.minutes)
        row_paint.length(on, parts.length, length)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height(option.fontMetrics))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell a row whole where some of it is shortened, and what its signs mean."""
        row = index.row()
        content = self._model.content(row) if event.type() == QEvent.Type.ToolTip else None
        text = self._help(content, row, view.visualRect(index), event) if content else ""
        if text:
            QToolTip.showText(event.globalPos(), plain_text.tooltip(text), view)
        else:
            QToolTip.hideText()
        return bool(content)

    def _help(self, content: RowContent, row: int, area: QRect, event: QHelpEvent) -> str:
        look, names = self._look(), self._model.names
        words = self._words(content, look.fonts)
        parts = self._places(row, area, look, words)
        if parts.upload.contains(event.pos()):
            return captions.upload(content.upload)
        tags = [f"#{tag}" for tag in captions.tags(content.entry, names)]
        project = wording.project(content.entry, names)
        shortened = (
            words.description > parts.description.width()
            or words.project > parts.project.width()
            or len(tags) > len(parts.tags)
        )
        lines = (content.entry.description, project, "  ".join(tags))
        return "\n".join(filter(None, lines)) if shortened else ""


_OUTSIDE: Final = (None, RowKind.HEADING)
"""What stands above and below a card."""


def _description(content: RowContent) -> str:
    return limits.one_line(content.entry.description) or tr("Add a description")


def _part(content: RowContent, times: TimeFormat) -> str:
    whole = content.whole_seconds
    return "" if whole is None else captions.part(whole, times)
