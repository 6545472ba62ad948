"""How a report is written in a terminal, and as JSON."""

import os
import sys
from collections.abc import Iterator
from typing import Final, NamedTuple

from tray.cli import formatting
from tray.language import described, ntr, tr
from tray.model import day_names, formats
from tray.model.reports.money import Amount, share, worth_text
from tray.model.reports.report_definition import Grouping, MidnightRule
from tray.model.reports.report_groups import ReportGroup
from tray.model.reports.report_range import RangeUnit
from tray.store.group_names import GroupNames
from tray.store.time_report import Highlights, ReportWish, TimeReport, other_zone
from tray.sync import status_json

_BAR: Final = 24
_LEAST_ROOM: Final = 72
"""Columns a terminal has to have for bars beside the rows."""


def _on_before(unit: RangeUnit) -> str:
    return {
        RangeUnit.DAY: tr("{change} on the day before"),
        RangeUnit.WEEK: tr("{change} on the week before"),
        RangeUnit.MONTH: tr("{change} on the month before"),
        RangeUnit.QUARTER: tr("{change} on the quarter before"),
        RangeUnit.YEAR: tr("{change} on the year before"),
        RangeUnit.DAYS: tr("{change} on as many days before"),
    }[unit]


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
        lines.append(tr("Nothing was tracked then. `toggl-tray report all` looks at all there is."))
    lines += _remarks(shown, highlights)
    return "\n".join(lines)


def _change(report: TimeReport) -> str:
    if report.before is None:
        return ""
    change = report.unrounded_total.seconds - report.spent_before.seconds
    sign = "-" if change < 0 else "+"
    words = _on_before(report.range.unit).format(
        change=f"{sign}{formats.exact_length(abs(change))}"
    )
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
        title = (
            tr("Running: {description} (until now)")
            if running.counts
            else tr("Running: {description} (until now, not in the total, as with Toggl)")
        ).format(description=description)
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
    parts = [tr("Total {length}").format(length=formats.exact_length(total.seconds))]
    if shown.wish.definition.rounding is not None:
        parts.append(
            tr("unrounded {length}").format(length=formats.exact_length(unrounded.seconds))
        )
    if total.billable:
        part = share(total.billable, total.seconds)
        parts.append(
            tr("billable {length} ({part})").format(
                length=formats.exact_length(total.billable), part=part
            )
        )
    parts += [tr("worth {money}").format(money=worth_text(each)) for each in report.grouped.amounts]
    if highlights.days > 1:
        average = unrounded.seconds // highlights.days
        parts.append(
            tr("average of {days} days {length}").format(
                days=highlights.days, length=formats.exact_length(average)
            )
        )
    if highlights.longest is not None:
        parts.append(
            tr("longest {length}").format(length=formats.exact_length(highlights.longest_seconds))
        )
    if total.seconds or report.running:
        yield tr("{parts}.").format(parts=described(parts))
    if report.grouped.counted_again:
        again = formats.exact_length(report.grouped.counted_again)
        yield tr(
            "The rows come to {again} more than the total: some entries have several tags."
        ).format(again=again)
    if report.difference is not None:
        yield _difference(shown)
    if zone := other_zone(shown.wish, report.range):
        yield tr("Days are those of the time zone {zone}, which is not this computer's.").format(
            zone=zone
        )


def _difference(shown: Shown) -> str:
    difference = shown.report.difference
    assert difference is not None  # noqa: S101  # whoever calls has looked
    if shown.wish.rule is MidnightRule.SPLIT:
        text = ntr(
            "Toggl would show {length}: {count} entry crosses midnight where these days begin "
            "or end.",
            "Toggl would show {length}: {count} entries cross midnight where these days begin "
            "or end.",
            difference.entries,
        )
    else:
        text = ntr(
            "Split at midnight it would be {length}: {count} entry crosses midnight where these "
            "days begin or end.",
            "Split at midnight it would be {length}: {count} entries cross midnight where these "
            "days begin or end.",
            difference.entries,
        )
    return text.format(
        length=formats.exact_length(difference.seconds), count=formats.number(difference.entries)
    )


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
            **status_json.entry_json(running.entry, shown.names.names, wish.now),
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
