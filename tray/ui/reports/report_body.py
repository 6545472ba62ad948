"""All of a report below its lines: numbers, charts, table, and what has to be known besides."""

from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tray.language import ntr, tr
from tray.model import day_names, formats
from tray.model.filters import DayRange
from tray.model.formats import TimeFormat
from tray.model.reports.chart import RUNNING
from tray.model.reports.money import share
from tray.model.reports.report_definition import Grouping
from tray.model.reports.report_range import RangeUnit
from tray.model.reports.time_slices import Key
from tray.session.snapshot import Goals
from tray.ui.entries.row_layout import MARGIN
from tray.ui.labels import ThemedLabel
from tray.ui.reports.chart_series import Series, group_names, signed
from tray.ui.reports.donut import Donut, DonutContent
from tray.ui.reports.figure_card import FigureCard
from tray.ui.reports.group_table import GroupTable
from tray.ui.reports.heat_map import HeatMap
from tray.ui.reports.report_loader import ReportContent
from tray.ui.reports.report_words import change_text, remarks
from tray.ui.reports.stacked_bars import BarsContent, StackedBars
from tray.ui.reports.table_rows import TableRows
from tray.ui.theme import SMALL, UNIT, theme

_STRETCH: Final = (5, 3)
"""Of the bars, and of the ring beside them."""
_WIDE: Final = 80 * UNIT
"""Below it the charts stand one below the other, and the numbers in two lines."""


class ReportBody(QWidget):
    """Shows a `ReportContent`; what is clicked in it leads to its entries."""

    group_chosen = Signal(object, object)
    """The levels, and the keys of a group and of those it stands below."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.content: ReportContent | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        names = (tr("Total"), tr("Billable"), tr("Average day"), tr("Longest"))
        self.figures = [FigureCard(name, self) for name in names]
        self.bars, self.donut = StackedBars(self), Donut(self)
        self.table, self.hours = GroupTable(self), HeatMap(self)
        self.remarks = ThemedLabel("", self, size=SMALL)
        self.remarks.setWordWrap(True)
        self._numbers, self._charts = QGridLayout(), QGridLayout()
        self._numbers.setSpacing(3 * UNIT // 2)
        self._charts.setSpacing(3 * UNIT // 2)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, UNIT // 2, MARGIN, 2 * UNIT)
        layout.setSpacing(3 * UNIT // 2)
        layout.addLayout(self._numbers)
        layout.addLayout(self._charts)
        layout.addWidget(self.remarks)
        layout.addWidget(self.table)
        layout.addWidget(self.hours)
        layout.addStretch(1)
        self._is_wide: bool | None = None
        self._arrange(wide=True)
        self.bars.chosen.connect(self._on_bar)
        self.donut.chosen.connect(self._on_share)
        self.table.chosen.connect(self._on_row)
        self.hours.chosen.connect(self._on_hour)

    def _arrange(self, *, wide: bool) -> None:
        if wide is self._is_wide:
            return
        self._is_wide = wide
        columns = 4 if wide else 2
        for at, figure in enumerate(self.figures):
            self._numbers.removeWidget(figure)
            self._numbers.addWidget(figure, at // columns, at % columns)
        for widget in (self.bars, self.donut):
            self._charts.removeWidget(widget)
        self._charts.addWidget(self.bars, 0, 0)
        self._charts.addWidget(self.donut, *((0, 1) if wide else (1, 0)))
        for column, stretch in enumerate(_STRETCH):
            self._charts.setColumnStretch(column, stretch if wide or not column else 0)

    def put_on_top(self, widget: QWidget) -> None:
        """Show this above everything else."""
        self._column.insertWidget(0, widget)

    # What is shown

    def show_content(
        self, content: ReportContent, times: TimeFormat, goals: Goals, density: str
    ) -> None:
        """Show a report."""
        former, self.content = self.content, content
        called = group_names(content.names, times)
        series = Series(content.stack, tuple(key for key, _ in content.parts), called)
        self._show_figures(content, goals)
        self._show_bars(content, series, goals)
        self._show_shares(content, series)
        rows = TableRows(content, series, theme(self.palette()), times)
        self.table.show_rows(list(rows), density)
        is_new = former is None or former.wish.definition != content.wish.definition
        if is_new or content.hours is not None:  # else they are about to come
            self.hours.show_hours(content.hours, content.wish.calendar.first_weekday, times)
        self.remarks.setText("\n".join(remarks(content, goals)))
        self.remarks.setVisible(bool(self.remarks.text()))

    def _show_figures(self, content: ReportContent, goals: Goals) -> None:
        report, unit = content.report, content.report.range.unit
        total, before = report.total, report.spent_before
        exact = report.unrounded_total
        days, former = content.highlights, content.highlights_before
        average = exact.seconds // days.days if days.days else 0
        average_before = before.seconds // former.days if former.days else 0
        goal = tr("goal {length}").format(length=formats.length(goals.day)) if goals.day else ""
        longest = days.longest.description if days.longest else ""
        billable = share(total.billable, total.seconds)
        texts = [
            (total.seconds, exact.seconds - before.seconds, ""),
            (total.billable, exact.billable - before.billable, billable),
            (average, average - average_before, goal),
            (days.longest_seconds, days.longest_seconds - former.longest_seconds, longest),
        ]
        for card, (seconds, change, about) in zip(self.figures, texts, strict=True):
            whole = "" if unit is RangeUnit.ALL else change_text(change, unit)
            brief = whole if whole and not about else whole and signed(change)
            shown, explained = (
                "  ·  ".join(filter(None, (about, each))) for each in (brief, whole)
            )
            card.show_figure(formats.length(seconds), shown, explained)

    def _show_bars(self, content: ReportContent, series: Series, goals: Goals) -> None:
        level = content.level
        goal = {Grouping.DAY: goals.day, Grouping.WEEK: goals.week}.get(level, 0)
        days = content.report.range.days
        labels = tuple(_label(bar.key, level, days) for bar in content.bars)
        names = tuple(series.called.of(level, bar.key) for bar in content.bars)
        self.bars.show_content(BarsContent(content.bars, labels, names, series, goal))

    def _show_shares(self, content: ReportContent, series: Series) -> None:
        parts = content.parts
        running = content.report.running
        if running is not None and running.counts and running.seconds:
            parts = (*parts, (RUNNING, running.seconds))
        total = formats.length(content.report.unrounded_total.seconds)
        about = _counted(content.stack, content.named) if content.named else ""
        self.donut.show_content(DonutContent(parts, series, total, about))

    # What is chosen

    @Slot(int)
    def _on_bar(self, at: int) -> None:
        if self.content is not None:
            self.group_chosen.emit((self.content.level,), (self.content.bars[at].key,))

    @Slot(object)
    def _on_share(self, key: Key) -> None:
        if self.content is not None:
            self.group_chosen.emit((self.content.stack,), (key,))

    @Slot(object)
    def _on_row(self, place: tuple[int, ...]) -> None:
        if self.content is None:
            return
        keys, groups = [], self.content.report.grouped.groups
        for at in place:
            keys.append(groups[at].key)
            groups = groups[at].groups
        self.group_chosen.emit(self.content.wish.definition.by, tuple(keys))

    @Slot(int, int)
    def _on_hour(self, weekday: int, hour: int) -> None:
        self.group_chosen.emit((Grouping.WEEKDAY, Grouping.HOUR), (weekday, hour))

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _WIDE)


def _label(key: Key, level: Grouping, days: DayRange) -> str:
    """What stands below a bar: no more than tells it from its neighbours."""
    if not isinstance(key, date):
        return str(key)
    match level:
        case Grouping.MONTH:
            return day_names.short_month(key)
        case Grouping.YEAR:
            return f"{key.year}"
        case Grouping.WEEK:
            return day_names.short_day_month(key)
    return day_names.short_weekday(key) if (days.last - days.first).days < 7 else f"{key.day}"


def _counted(level: Grouping, count: int) -> str:
    """How many parts there are."""
    words = {
        Grouping.PROJECT: ntr("1 project", "{count} projects", count),
        Grouping.CLIENT: ntr("1 client", "{count} clients", count),
        Grouping.TASK: ntr("1 task", "{count} tasks", count),
        Grouping.TAGS: ntr("1 combination", "{count} combinations", count),
    }.get(level, ntr("1 description", "{count} descriptions", count))
    return words.format(count=formats.number(count))
