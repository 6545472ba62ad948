"""The rows of the table of a report, in minutes that add up at every level."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.model.reports.money import share, worth_text
from tray.model.reports.report_groups import ReportGroup
from tray.model.rounding import growing_minutes, whole_minutes
from tray.ui.reports.chart_series import Series
from tray.ui.reports.group_table import GroupRow
from tray.ui.reports.report_loader import ReportContent
from tray.ui.theme import Theme

MOST: Final = 5_000
"""So many groups are shown; a file has them all."""


class TableRows:
    """Made for one report in one look."""

    def __init__(
        self, content: ReportContent, series: Series, look: Theme, times: TimeFormat
    ) -> None:
        self._content, self._series, self._look, self._times = content, series, look, times
        self._total = content.report.total.seconds
        groups = content.report.grouped.groups
        leaves = [leaf for group in groups for leaf in group.groups or (group,)]
        self._finished = sum(leaf.seconds for leaf in leaves)
        self._minutes = iter(whole_minutes([leaf.seconds for leaf in leaves]))
        running = content.report.running
        lengths = [group.seconds for group in groups]
        self._longest = max([*lengths, running.seconds if running else 0])

    def __iter__(self) -> Iterator[GroupRow]:
        for at, group in enumerate(self._content.report.grouped.groups[:MOST]):
            if not group.groups:
                yield self._row((at,), group, next(self._minutes))
                continue
            minutes = list(islice(self._minutes, len(group.groups)))
            yield self._row((at,), group, sum(minutes))
            for place, (each, its) in enumerate(zip(group.groups, minutes, strict=True)):
                yield self._row((at, place), each, its)
        yield from self._running()

    def _row(self, place: tuple[int, ...], group: ReportGroup, minutes: int) -> GroupRow:
        level = self._content.wish.definition.by[len(place) - 1]
        has_colour = level is self._content.stack
        return GroupRow(
            place,
            self._series.called.of(level, group.key),
            self._series.colour(group.key, self._look) if has_colour else None,
            self._bar(group.seconds),
            share(group.seconds, self._total),
            "  ".join(worth_text(each) for each in group.amounts),
            self._times.length(group.seconds, minutes),
        )

    def _running(self) -> Iterator[GroupRow]:
        running = self._content.report.running
        if running is None:
            return
        description = running.entry.description or self._series.called.words.no_description
        name = tr("Running: {description}").format(description=description)
        part = share(running.seconds, self._total) if running.counts else ""
        minutes = growing_minutes(self._finished, running.seconds) if running.counts else None
        length = self._times.length(running.seconds, minutes)
        yield GroupRow((), name, self._look.accent, self._bar(running.seconds), part, "", length)

    def _bar(self, seconds: int) -> float:
        return seconds / self._longest if self._longest else 0
