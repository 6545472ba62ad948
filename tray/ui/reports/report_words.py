"""The sentences of the Reports page."""

from collections.abc import Iterator

from tray.language import ntr, tr
from tray.model import formats
from tray.model.reports.chart import goals_reached
from tray.model.reports.money import worth_text
from tray.model.reports.report_definition import Grouping, MidnightRule
from tray.model.reports.report_range import RangeUnit
from tray.session.snapshot import Goals
from tray.store.time_report import Difference, other_zone
from tray.ui.reports.chart_series import signed
from tray.ui.reports.report_loader import ReportContent


def change_text(change: int, unit: RangeUnit) -> str:
    """How a number differs from that of the days before."""
    words = {
        RangeUnit.DAY: tr("{change} on the day before"),
        RangeUnit.WEEK: tr("{change} on the week before"),
        RangeUnit.MONTH: tr("{change} on the month before"),
        RangeUnit.QUARTER: tr("{change} on the quarter before"),
        RangeUnit.YEAR: tr("{change} on the year before"),
        RangeUnit.DAYS: tr("{change} on as many days before"),
        RangeUnit.ALL: "",
    }
    return words[unit].format(change=signed(change))


def remarks(content: ReportContent, goals: Goals) -> Iterator[str]:
    """What has to be known to read the numbers, each in a sentence."""
    report = content.report
    if content.wish.definition.rounding is not None:
        length = formats.exact_length(report.unrounded_total.seconds)
        yield tr("Not rounded it is {length}.").format(length=length)
    if report.grouped.counted_again:
        length = formats.length(report.grouped.counted_again)
        yield tr(
            "The rows come to {length} more than the total: some entries have several tags."
        ).format(length=length)
    if report.difference is not None:
        yield _difference(report.difference, content.wish.rule)
    if report.running is not None and not report.running.counts:
        yield tr("What runs is not in the total until it is stopped, as Toggl has it.")
    for amount in report.grouped.amounts:
        yield tr("What is billable is worth {amount}.").format(amount=worth_text(amount))
    yield from _goals(content, goals)
    if zone := other_zone(content.wish, report.range):
        yield tr("Days are those of {zone}, not of this computer.").format(zone=zone)


def _difference(difference: Difference, rule: MidnightRule) -> str:
    if rule is MidnightRule.SPLIT:
        sentence = ntr(
            "Toggl would show {length}: 1 entry crosses midnight where these days begin or end.",
            "Toggl would show {length}: {count} entries cross midnight where these days begin or "
            "end.",
            difference.entries,
        )
    else:
        sentence = ntr(
            "Split at midnight it would be {length}: 1 entry crosses it where these days begin or "
            "end.",
            "Split at midnight it would be {length}: {count} entries cross it where these days "
            "begin or end.",
            difference.entries,
        )
    length = formats.exact_length(difference.seconds)
    return sentence.format(length=length, count=difference.entries)


def _goals(content: ReportContent, goals: Goals) -> Iterator[str]:
    """How often the goal of a day, or of a week, was reached."""
    goal = {Grouping.DAY: goals.day, Grouping.WEEK: goals.week}.get(content.level, 0)
    reached = goals_reached(content.bars, goal)
    if goal and reached.of:
        words = tr("The goal of {goal} was reached on {times} of {count} days.")
        if content.level is Grouping.WEEK:
            words = tr("The goal of {goal} was reached in {times} of {count} weeks.")
        yield words.format(goal=formats.length(goal), times=reached.times, count=reached.of)
    if goals.week and content.report.range.unit is RangeUnit.WEEK:
        over = content.report.total.seconds - goals.week
        words = tr("The week is {length} over its goal of {goal}.")
        if over < 0:
            words = tr("The week is {length} short of its goal of {goal}.")
        yield words.format(length=formats.length(abs(over)), goal=formats.length(goals.week))
