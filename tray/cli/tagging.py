"""The commands that put tags on entries, and take them off."""

import argparse

from tray.cli import arguments
from tray.cli.context import Context
from tray.cli.messages import print_outcome
from tray.errors import BadLine
from tray.language import ntr, tr
from tray.model.bulk_edits import TagChange, changed_tags
from tray.model.entities import TimeEntry
from tray.store import catalogue
from tray.tracker import entries
from tray.tracker.entries import Changes


def configure_tag(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``tag``."""
    parser.add_argument(
        "entries_and_tags",
        nargs="+",
        metavar="ENTRY… TAG",
        help=tr(
            "which entries, by number, “last” or “running”, several with spaces or commas between; "
            "then the tags, with a # before a number"
        ),
    )
    parser.add_argument("--json", action="store_true", help=tr("tell the last of them as JSON"))


configure_untag = configure_tag


def run_tag(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``tag``."""
    _change(context, options, TagChange.ADD)


def run_untag(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``untag``."""
    _change(context, options, TagChange.REMOVE)


def _change(context: Context, options: argparse.Namespace, change: TagChange) -> None:
    entry_words, tags = _split_words(options.entries_and_tags)
    ids = arguments.entry_ids(context, entry_words)
    names = {tag.id: tag.name for tag in catalogue.tags(context.db)}

    def changes(entry: TimeEntry) -> Changes:
        present = [names[tag] for tag in entry.tag_ids]
        return {"tags": changed_tags(present, change, tags)}

    outcome = entries.edit(context.db, ids, changes, now=context.now)
    print_outcome(context, outcome, _done(change, len(ids)), as_json=options.json, count=len(ids))


def _done(change: TagChange, count: int) -> str:
    if change is TagChange.ADD:
        return ntr(
            "Tagged {entry} {times}", "Tagged {count} entries, the last is {entry} {times}", count
        )
    return ntr(
        "Untagged {entry} {times}", "Untagged {count} entries, the last is {entry} {times}", count
    )


def _split_words(words: list[str]) -> tuple[list[str], list[str]]:
    """The words that name entries, which come first, and the tags without their #.

    Raises:
        BadLine: either is missing.
    """
    first = next((at for at, word in enumerate(words) if not _names_entries(word)), len(words))
    if not 0 < first < len(words):
        raise BadLine(
            tr("Give the numbers of entries, then the tags: 12 13 billed. A # makes a tag.")
        )
    return words[:first], [word.removeprefix("#") for word in words[first:]]


def _names_entries(word: str) -> bool:
    return all(part.isdecimal() or part in ("last", "running") for part in word.split(","))
