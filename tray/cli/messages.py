"""Tells what a verb has done: the entry, what it stopped, and anything worth knowing besides."""

from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.language import tr
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.store import catalogue
from tray.tracker.outcome import Outcome


def print_outcome(
    context: Context, outcome: Outcome, sentence: str, *, as_json: bool = False, count: int = 1
) -> None:
    """Print the outcome of a verb.

    Args:
        context: How times are shown.
        outcome: What has been done.
        sentence: What became of ``{entry}``, with its ``{id}`` and ``{times}``, or of ``{count}``.
        as_json: Whether a script is to read it.
        count: How many entries it was done to.
    """
    names = catalogue.names_of(context.db, outcome.entry, outcome.stopped)
    if as_json:
        from tray.sync import status_json

        formatting.print_json(
            {
                "v": 1,
                "entry": outcome.entry
                and status_json.entry_json(outcome.entry, names, context.now),
                "stopped": outcome.stopped
                and status_json.entry_json(outcome.stopped, names, context.now),
                "remarks": list(outcome.remarks),
            }
        )
        return
    before = outcome.stopped
    if before is not None and before != outcome.entry:
        print(
            formatting.dim(
                tr("Stopped {before} after {length}").format(
                    before=formatting.title(before, names), length=_length(context, before)
                )
            )
        )
    if outcome.entry is not None:
        print(
            sentence.format(
                entry=formatting.title(outcome.entry, names),
                times=times(context, outcome.entry),
                id=outcome.entry.id,
                count=count,
            )
        )
    for remark in outcome.remarks:
        print_notice(remark)
    if outcome.overlaps and outcome.entry is not None:
        print_notice(
            tr("`toggl-tray edit {id} --trim` shortens what it overlaps.").format(
                id=outcome.entry.id
            )
        )


def times(context: Context, entry: TimeEntry) -> str:
    """When an entry was, and how long: “at 09:30”, or “09:30-10:15, 0:45:00”."""
    start = formatting.moment(context, entry.start)
    if entry.start > context.now:  # a bare time of day means one that has been
        start = context.times.date_and_time(entry.start)
    if entry.stop is None:
        return tr("at {start}").format(start=start)
    return tr("{start}-{end}, {length}").format(
        start=start, end=formatting.end(context, entry), length=_length(context, entry)
    )


def _length(context: Context, entry: TimeEntry) -> str:
    return formats.exact_length(entry.seconds(context.now))
