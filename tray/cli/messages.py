"""Tells what a verb has done: the entry, what it stopped, and anything worth knowing besides."""

from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.store import catalogue
from tray.tracker.outcome import Outcome


def print_outcome(context: Context, outcome: Outcome, word: str, *, as_json: bool = False) -> None:
    """Print the outcome of a verb, `word` saying what became of its entry (“Started”)."""
    names = catalogue.names_of(context.db, outcome.entry, outcome.stopped)
    if as_json:
        formatting.print_json(
            {
                "v": 1,
                "entry": outcome.entry and formatting.entry_json(outcome.entry, names, context.now),
                "stopped": outcome.stopped
                and formatting.entry_json(outcome.stopped, names, context.now),
                "remarks": list(outcome.remarks),
            }
        )
        return
    before = outcome.stopped
    if before is not None and before != outcome.entry:
        print(
            formatting.dim(
                f"Stopped {formatting.title(before, names)} after {_length(context, before)}"
            )
        )
    if outcome.entry is not None:
        print(f"{word} {formatting.title(outcome.entry, names)} {times(context, outcome.entry)}")
    for remark in outcome.remarks:
        print_notice(remark)
    if outcome.overlaps and outcome.entry is not None:
        print_notice(f"`toggl-tray edit {outcome.entry.id} --trim` shortens what it overlaps.")


def times(context: Context, entry: TimeEntry) -> str:
    """When an entry was, and how long: “at 09:30”, or “09:30-10:15, 0:45:00”."""
    start = formatting.moment(context, entry.start)
    if entry.start > context.now:  # a bare time of day means one that has been
        start = context.times.date_and_time(entry.start)
    if entry.stop is None:
        return f"at {start}"
    return f"{start}-{formatting.end(context, entry)}, {_length(context, entry)}"


def _length(context: Context, entry: TimeEntry) -> str:
    return formats.exact_length(entry.seconds(context.now))
