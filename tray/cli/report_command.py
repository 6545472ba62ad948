"""The command that sums up the time of some days by project, day and other groups."""

import argparse
import sys

from tray.cli import filter_options, formatting, report_text
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.errors import BadLine, NotFound
from tray.language import listed, tr
from tray.model.formats import TimeFormat
from tray.model.reports.report_definition import (
    MOST_LEVELS,
    STEPS,
    Direction,
    Grouping,
    LengthRounding,
    MidnightRule,
    ReportDefinition,
    RoundedThing,
)
from tray.model.reports.report_range import WORDS, is_range
from tray.store import catalogue, saved_reports
from tray.store.catalogue import Names
from tray.store.group_names import GroupNames, group_words
from tray.store.time_report import ReportReader, ReportWish, report_calendar

_LEVELS = ", ".join(each.value for each in Grouping)


def configure_report(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``report``."""
    parser.add_argument(
        "range",
        nargs="*",
        metavar="RANGE",
        help=tr(
            "today, week (if nothing is given), last month, quarter, year, all, “last 30 days”, "
            "2026, 2026-02, 2026-02-13, 2026-02-01..2026-02-13, or the name of a saved report"
        ),
    )
    parser.add_argument(
        "--by",
        metavar="GROUP[,GROUP]",
        help=tr(
            "{levels}; “tags” are combinations, with “tag” an entry counts for each of its tags"
        ).format(levels=_LEVELS),
    )
    filter_options.add_filters(parser)
    parser.add_argument(
        "-s", "--search", metavar="TEXT", help=tr("that have each word, in whatever they show")
    )
    parser.add_argument(
        "--round",
        metavar="MINUTES[,up|nearest|down][,entry|group]",
        help=tr("round each entry, or the sum of each group; up if nothing else is given"),
    )
    parser.add_argument(
        "--midnight",
        choices=("split", "first-day"),
        help=tr("where an entry over midnight counts; first-day is as Toggl does"),
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))
    form.add_argument("--csv", action="store_true", help=tr("as a table for spreadsheets"))
    form.add_argument("--saved", action="store_true", help=tr("list the saved reports"))
    form.add_argument("--save", metavar="NAME", help=tr("keep this report under a name"))
    form.add_argument("--remove", metavar="NAME", help=tr("remove a saved report"))


def run_report(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``report``."""
    if options.remove is not None:
        from tray.tracker import saved_reports as verbs

        outcome = verbs.remove(context.db, options.remove, now=context.now)
        print(
            tr("Removed the report “{name}”.").format(name=options.remove)
            if outcome.step_id
            else ""
        )
    elif options.saved:
        _print_saved(context)
    elif options.save is not None:
        from tray.tracker import saved_reports as verbs

        definition = _definition(context, options, catalogue.names(context.db))
        verbs.save(context.db, options.save, definition, now=context.now)
        print(tr("Saved. `toggl-tray report {name!r}` shows it.").format(name=options.save))
    else:
        _print_report(context, options)


def _print_saved(context: Context) -> None:
    saved = saved_reports.all_saved(context.db)
    rows = [
        [each.name, each.definition.range_text, ", ".join(each.definition.by)] for each in saved
    ]
    none = tr("No saved reports yet. `toggl-tray report … --save NAME` saves one.")
    print(formatting.table(rows) if rows else none)


def _print_report(context: Context, options: argparse.Namespace) -> None:
    with context.db.reading():
        names = catalogue.names(context.db)
        definition = _definition(context, options, names)
        own = context.calendar._replace(zone=context.named_zone)
        calendar = report_calendar(context.db, own)
        wish = ReportWish(definition, calendar, _rule(context, options), context.now)
        reader = ReportReader(context.db, wish, names)
        report = reader.report()
        called = GroupNames(names, TimeFormat(calendar.zone))  # as scripts have it
        shown = report_text.Shown(wish, report, called)
        if options.json:
            formatting.print_json(report_text.as_json(shown))
        elif options.csv:
            from tray.tracker.report_table import write_csv

            write_csv(report, definition.by, called, sys.stdout, ending="\n")
            if report.running is not None:
                print_notice(tr("What runs is not in it."))
        else:
            times = context.times._replace(zone=calendar.zone)
            shown = shown._replace(
                names=called._replace(times=times, words=group_words(), locale=None)
            )
            print(report_text.text(shown, reader.highlights()))


def _definition(context: Context, options: argparse.Namespace, names: Names) -> ReportDefinition:
    """The saved report, or the plain one, with what the options change."""
    found = _base(context, " ".join(options.range))
    changes: dict[str, object] = {}
    if options.by is not None:
        changes["by"] = _levels(options.by)
    if filter_options.has_filters(options):
        changes["criteria"] = filter_options.criteria(options, names)
    if options.search is not None:
        changes["search"] = options.search
    if options.round is not None:
        changes["rounding"] = _rounding(options.round)
    return found._replace(**changes)  # type: ignore[arg-type]  # each was made for its field


def _base(context: Context, text: str) -> ReportDefinition:
    if not text:
        return ReportDefinition()
    if is_range(text):
        return ReportDefinition(text)
    saved = saved_reports.named(context.db, text)
    if saved is None:
        raise NotFound(
            tr(
                "“{text}” names neither days nor a saved report. Write {words} …, "
                "2026-02-01..2026-02-13, or the name of one."
            ).format(text=text, words=listed(WORDS[:4])),
            kind="report",
        )
    return saved.definition


def _levels(text: str) -> tuple[Grouping, ...]:
    words = [word for word in text.lower().replace(",", " ").split() if word]
    wrong = [word for word in words if word not in list(Grouping)]
    if wrong:
        raise BadLine(
            tr("“{wrong}” is no group. There are {levels}.").format(wrong=wrong[0], levels=_LEVELS)
        )
    levels = tuple(Grouping(word) for word in dict.fromkeys(words))
    if not 1 <= len(levels) <= MOST_LEVELS:
        raise BadLine(tr("Give one group, or two, such as --by project,day."))
    return levels


def _rounding(text: str) -> LengthRounding | None:
    words = text.lower().replace(",", " ").split()
    if words in (["0"], ["off"], ["none"]):
        return None
    found = LengthRounding(0)
    for word in words:
        if word.isdecimal() and int(word) in STEPS:
            found = found._replace(minutes=int(word))
        elif word in list(Direction):
            found = found._replace(direction=Direction(word))
        elif word in list(RoundedThing):
            found = found._replace(thing=RoundedThing(word))
        else:
            raise BadLine(_bad_rounding(word))
    if not found.minutes:
        raise BadLine(_bad_rounding(text))
    return found


def _bad_rounding(text: str) -> str:
    steps = listed(map(str, STEPS))
    return tr(
        "“{text}” says not how to round. Write --round 15,up,entry; the minutes are {steps}."
    ).format(text=text, steps=steps)


def _rule(context: Context, options: argparse.Namespace) -> MidnightRule:
    chosen = options.midnight or context.settings.over_midnight
    return MidnightRule(chosen.replace("-", " "))
