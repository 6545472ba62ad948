"""Reads what stands on the command line: quick-entry lines, moments, and which entry is meant."""

from collections.abc import Sequence

from tray.cli.context import Context
from tray.language import in_a_row, tr
from tray.lean_typing import TYPE_CHECKING
from tray.local_errors import BadLine, NotFound
from tray.model.entities import TimeEntry
from tray.store import entries
from tray.tracker.resolve import Draft

if TYPE_CHECKING:
    import argparse

    from tray.model.quick_entry.parsed_line import QuickEntry


def add_line(parser: "argparse.ArgumentParser", *, nargs: str = "*") -> None:
    """Declare the quick-entry line and what goes with it."""
    parser.add_argument(
        "line", nargs=nargs, help=tr("what: description @project/task #tag $ and times, in quotes")
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help=tr("make the project or task if there is none of that name"),
    )


def line(context: Context, words: Sequence[str], *, latest: int | None = None) -> "QuickEntry":
    """The entry that the words of a line describe.

    Args:
        context: Whose zone is meant.
        words: The line, in one piece or several.
        latest: Up to when a time of day without a day may be meant; None is now.

    Raises:
        BadLine: the line contradicts itself.
    """
    from tray.model.quick_entry.read import read_line

    text = " ".join(words)
    reading = read_line(text, now=context.now, zone=context.zone, latest=latest)
    if reading.problems:
        raise BadLine(in_a_row(reading.problems))
    return reading.entry


def add_billable(parser: "argparse.ArgumentParser") -> None:
    """Declare the option that wins over the line and the project."""
    parser.add_argument(
        "--billable",
        action="boolean",
        help=tr("else as the line or project says"),
    )


def add_client(parser: "argparse.ArgumentParser") -> None:
    """Declare the option that names the client of a new project."""
    parser.add_argument(
        "--client",
        metavar="NAME",
        help=tr("with --new: for whom the project is; made if there is none of that name"),
    )


def with_client(entry: "QuickEntry", client: str | None) -> "QuickEntry":
    """The entry with its project named together with a client, which is made with it.

    Raises:
        BadLine: there is no project for the client, or it has no name.
    """
    if client is None:
        return entry
    name = " ".join(client.split())
    if entry.project is None or not name or set(name) & set("()（）+＋"):
        raise BadLine(
            tr("--client needs a project in the line, and a name without brackets and plus signs.")
        )
    from tray.model.new_project import NewProject

    return entry._replace(project=NewProject(entry.project, name, makes_client=True).label)


def with_default(context: Context, entry: "QuickEntry", *, none: bool = False) -> "QuickEntry":
    """The entry with the default project, if it says nothing of one; why not is said."""
    wanted = context.settings.default_project
    if not wanted or none or entry.no_project or entry.project is not None:
        return entry
    from tray.cli.streams import print_notice
    from tray.store import catalogue
    from tray.tracker.default_project import default_project

    names, here = catalogue.names(context.db), catalogue.workspace_of_new(context.db)
    found = default_project(wanted, names, here)
    if found.problem:
        print_notice(found.problem)
    return entry._replace(project=found.name)


def add_no_project(parser: "argparse.ArgumentParser") -> None:
    """Declare the option that does without the default project."""
    parser.add_argument(
        "--no-project",
        action="store_true",
        help=tr("not even the default project; as @- in the line"),
    )


def draft(entry: "QuickEntry", *, new: bool, billable: bool | None = None) -> Draft:
    """What a line describes, without when; `billable` wins over it, if it is given."""
    return Draft(
        entry.description,
        entry.project,
        entry.task,
        entry.tags,
        billable=True if entry.billable and billable is None else billable,
        create_missing=new,
    )


def count(text: str) -> int:
    """A whole number from 1 on, as the place in a list or the length of one."""
    if text.isdecimal() and len(text) < 10 and int(text):
        return int(text)
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(tr("“{text}” is not a whole number from 1 on").format(text=text))


def is_id(word: str) -> bool:
    """Whether a word is a number that the database could have given to something."""
    return word.isdecimal() and len(word) < 19


def moment_if(context: Context, text: str | None) -> int | None:
    """The moment that an option such as ``--at`` names; None if it was not given.

    Raises:
        BadLine: it cannot be read.
    """
    return None if text is None else moment(context, text)


def moment(context: Context, text: str) -> int:
    """The moment that `text` names.

    Raises:
        BadLine: it cannot be read.
    """
    from tray.model.quick_entry.moments import read_moment

    return read_moment(text, now=context.now, zone=context.zone)


def start_of(context: Context, text: str, entry: TimeEntry) -> int:
    """The start that `text` names for an entry, a bare time of day being on that entry's day.

    Raises:
        BadLine: it cannot be read.
    """
    from tray.model import typed_times

    return typed_times.read_start(text, entry.start, calendar=context.calendar, now=context.now)


def moment_after(context: Context, text: str, start: int, *, was: int | None = None) -> int:
    """The moment that `text` names, a bare time of day being the first after `start`.

    Args:
        was: When that ended which is to end then; of two times that look alike it is the nearer.

    Raises:
        BadLine: it cannot be read.
    """
    from tray.model import typed_times

    return typed_times.read_stop(text, start, calendar=context.calendar, now=context.now, was=was)


def entry_ids(context: Context, words: Sequence[str]) -> list[int]:
    """The ids of entries, each once; those in a word stand between commas.

    Raises:
        NotFound: there is no such entry.
    """
    each = [word for words_of_one in words for word in words_of_one.split(",") if word]
    return list(dict.fromkeys(entry_id(context, word) for word in each))


def entry_id(context: Context, word: str) -> int:
    """The id of an entry that is named by its id, ``last`` or ``running``.

    Raises:
        NotFound: there is no such entry.
    """
    if word == "running":
        found = entries.running(context.db)
        if found is None:
            raise NotFound(tr("Nothing is running."))
        return found.id
    if word == "last":
        return _last_id(context)
    if not is_id(word):
        raise NotFound(
            tr(
                "“{word}” names no entry. Give the number that `toggl-tray list` shows, "
                "“last” or “running”."
            ).format(word=word)
        )
    return entries.get(context.db, int(word)).id


def _last_id(context: Context) -> int:
    """The id of the entry that was changed last here; if there is none, of the latest."""
    from tray.store import undo_log

    changed = undo_log.last_changed(context.db, "entry")
    if changed is not None:
        return changed
    found = entries.latest(context.db)
    if found is None:
        raise NotFound(tr("There is no entry yet. Start one first."))
    return found.id
