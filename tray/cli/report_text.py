"""How a report is written in a terminal, and as JSON."""

import os
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from tray.cli import formatting
from tray.model import day_names, formats
from tray.model.reports.money import Amount, share, worth_text
from tray.model.reports.report_definition import Grouping, MidnightRule
from tray.model.reports.report_groups import ReportGroup
from tray.model.reports.report_range import RangeUnit
from tray.store.group_names import GroupNames
from tray.store.time_report import Highlights, ReportWish, TimeReport, other_zone

_BAR: Final = 24
_LEAST_ROOM: Final = 72
"""Columns a terminal has to have for bars beside the rows."""
_BEFORE: Final = {
    RangeUnit.DAY: "the day before",
    RangeUnit.WEEK: "the week before",
    RangeUnit.MONTH: "the month before",
    RangeUnit.QUARTER: "the quarter before",
    RangeUnit.YEAR: "the year before",
    RangeUnit.DAYS: "as many days before",
}


class Shown(NamedTuple):
    """A report, what was wanted, and what its groups are called."""

    wish: ReportWish
    report: TimeReport
    names: GroupNames

    @property
    def by(self) -> tuple[Grouping, ...]:
        """The levels of its groups."""
        return self.wish.definition.by


def text(shown: Shown, highlights: Highlights) -> str:
    """All of it, as lines."""
    report = shown.report
    title = formatting.bold(day_names.days(*report.range.days))
    lines = [
        f"{title}{formatting.GAP}{formats.exact_length(report.total.seconds)}{_change(report)}"
    ]
    rows = list(_rows(shown))
    if rows:
        lines.append(formatting.table(rows, right=(1, 2)))
    elif report.running is None:
        lines.append("Nothing was tracked then. `toggl-tray report all` looks at all there is.")
    lines += _remarks(shown, highlights)
    return "\n".join(lines)


def _change(report: TimeReport) -> str:
    if report.before is None:
        return ""
    change = report.unrounded_total.seconds - report.spent_before.seconds
    sign = "-" if change < 0 else "+"
    words = f"{sign}{formats.exact_length(abs(change))} on {_BEFORE[report.range.unit]}"
    return f"{formatting.GAP}{formatting.dim(words)}"


def _rows(shown: Shown) -> Iterator[list[str]]:
    groups = shown.report.grouped.groups
    longest = max((group.seconds for group in groups), default=0)
    has_room = sys.stdout.isatty() and _columns() >= _LEAST_ROOM
    for group in groups:
        yield [*_row(shown, group, 0), _bar(group.seconds, longest) if has_room else ""]
        for below in group.groups:
            yield [*_row(shown, below, 1), ""]
    running = shown.report.running
    if running is not None:
        description = running.entry.description or shown.names.words.no_description
        counts = "until now" if running.counts else "until now, not in the total, as with Toggl"
        title = f"Running: {description} ({counts})"
        yield [title, formats.exact_length(running.seconds), "", "", ""]


def _row(shown: Shown, group: ReportGroup, depth: int) -> list[str]:
    name = shown.names.of(shown.by[depth], group.key)
    if shown.by[depth] is Grouping.PROJECT and (
        project := shown.names.names.projects.get(int(str(group.key)))
    ):
        name = formatting.coloured(name, project.colour)
    part = share(group.seconds, shown.report.total.seconds)
    paid = " ".join(map(worth_text, group.amounts))
    return ["  " * depth + name, formats.exact_length(group.seconds), part, paid]


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0


def _bar(seconds: int, longest: int) -> str:
    eighths = round(8 * _BAR * seconds / longest) if longest else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _remarks(shown: Shown, highlights: Highlights) -> Iterator[str]:
    report = shown.report
    total, unrounded = report.total, report.unrounded_total
    parts = [f"Total {formats.exact_length(total.seconds)}"]
    if shown.wish.definition.rounding is not None:
        parts.append(f"unrounded {formats.exact_length(unrounded.seconds)}")
    if total.billable:
        part = share(total.billable, total.seconds)
        parts.append(f"billable {formats.exact_length(total.billable)} ({part})")
    parts += [f"worth {worth_text(each)}" for each in report.grouped.amounts]
    if highlights.days > 1:
        average = unrounded.seconds // highlights.days
        parts.append(f"average of {highlights.days} days {formats.exact_length(average)}")
    if highlights.longest is not None:
        parts.append(f"longest {formats.exact_length(highlights.longest_seconds)}")
    if total.seconds or report.running:
        yield ", ".join(parts) + "."
    if report.grouped.counted_again:
        again = formats.exact_length(report.grouped.counted_again)
        yield f"The rows come to {again} more than the total: some entries have several tags."
    if report.difference is not None:
        yield _difference(shown)
    if zone := other_zone(shown.wish, report.range):
        yield f"Days are those of the time zone {zone}, which is not this computer's."


def _difference(shown: Shown) -> str:
    difference = shown.report.difference
    assert difference is not None  # noqa: S101  # whoever calls has looked
    split = shown.wish.rule is MidnightRule.SPLIT
    who = "Toggl would show" if split else "Split at midnight it would be"
    length = formats.exact_length(difference.seconds)
    entries = formatting.counted(difference.entries, "entry crosses", "entries cross")
    return f"{who} {length}: {entries} midnight where these days begin or end."


# JSON


def as_json(shown: Shown) -> dict[str, object]:
    """All of it, in a shape that is kept."""
    report, wish = shown.report, shown.wish
    running = report.running
    return {
        "v": 1,
        "from": report.range.days.first.isoformat(),
        "to": report.range.days.last.isoformat(),
        "by": [each.value for each in shown.by],
        "midnight": wish.rule.value,
        "total_seconds": report.total.seconds,
        "billable_seconds": report.total.billable,
        "unrounded_seconds": report.unrounded_total.seconds,
        "counted_again_seconds": report.grouped.counted_again,
        "amounts": _amounts(report.grouped.amounts),
        "before": report.before
        and {
            "from": report.before.days.first.isoformat(),
            "to": report.before.days.last.isoformat(),
            "total_seconds": report.spent_before.seconds,
            "billable_seconds": report.spent_before.billable,
        },
        "other_rule": report.difference
        and {"total_seconds": report.difference.seconds, "entries": report.difference.entries},
        "running": running
        and {
            **formatting.entry_json(running.entry, shown.names.names, wish.now),
            "reported_seconds": running.seconds,
            "counts": running.counts,
        },
        "groups": [_group_json(shown, group, 0) for group in report.grouped.groups],
    }


def _amounts(found: tuple[Amount, ...]) -> list[dict[str, object]]:
    return [{"currency": each.currency, "cents": each.cents} for each in found]


def _group_json(shown: Shown, group: ReportGroup, depth: int) -> dict[str, object]:
    level = shown.by[depth]
    plain: dict[str, object] = {
        "by": level.value,
        "key": str(group.key) if not isinstance(group.key, int) else group.key,
        "name": shown.names.of(level, group.key),
        "seconds": group.seconds,
        "billable_seconds": group.billable_seconds,
        "amounts": _amounts(group.amounts),
    }
    if len(shown.by) > depth + 1:
        plain["groups"] = [_group_json(shown, each, depth + 1) for each in group.groups]
    return plain
