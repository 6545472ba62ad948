"""Brings a file's entries in as one step that can be undone: what is not here yet, once."""

import gc
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from functools import partial
from typing import NamedTuple

from tray.language import grouped, in_a_row, ntr, tr
from tray.model.entities import What
from tray.store import account, backup, catalogue, entries, favourites, outbox
from tray.store.columns import COLUMNS
from tray.store.database import Database
from tray.store.opening import open_database
from tray.store.undo_log import IMPORT, Step, step
from tray.tracker.naming import folded
from tray.tracker.transfer.content import (
    Content,
    ImportProblem,
    ImportRow,
    ListedThing,
    NeedsChoice,
)
from tray.tracker.transfer.import_progress import READ, WRITTEN, Tell, counted, silent
from tray.tracker.transfer.lookup import Lookup
from tray.tracker.transfer.new_entries import NewEntries, columns_of
from tray.tracker.transfer.people import account_person
from tray.tracker.transfer.proposals import NONE, Proposal, Take, choose
from tray.tracker.transfer.sources.given_file import open_given
from tray.tracker.transfer.sources.known_sources import source_of
from tray.tracker.transfer.sources.source import ReadOptions

Name = tuple[str | None, ...]
"""A kind of thing, and by which names it is known in the file."""


class Created(NamedTuple):
    """The names of what an import made besides entries."""

    clients: tuple[str, ...]
    projects: tuple[str, ...]
    tasks: tuple[str, ...]
    tags: tuple[str, ...]
    favourites: tuple[str, ...]
    """Their descriptions."""


class ImportResult(NamedTuple):
    """What an import did, or would do."""

    added: int
    """Entries that are new."""
    already_there: int
    """Entries of the file that were here before, as they are in the file."""
    created: Created
    problems: tuple[ImportProblem, ...]
    """What was skipped, as it cannot be imported."""
    remarks: tuple[str, ...]
    """What the user should know besides, a sentence each."""
    changed: frozenset[str] = frozenset()
    """Which tables have other contents now."""
    backup_path: str | None = None
    """The copy of the database as it was before; None if nothing has changed."""
    differing: tuple[str, ...] = ()
    """The descriptions in the file of entries that are here at the same times with other fields."""
    in_zone: bool = False
    """Whether the times in the file depend on the zone that was given."""

    source: str = ""
    """From which program it is taken to be, as `SOURCE_NAMES` has it."""
    proposals: tuple[Proposal, ...] = ()
    """What the file only proposes, and was not taken."""


class _DryRunError(Exception):
    """Ends a step without a trace when it is known what it would do."""

    def __init__(self, result: ImportResult) -> None:
        self.result = result


def import_file(
    db: Database,
    path: str,
    *,
    now: int,
    zone: tzinfo | None,
    skip_bad: bool = False,
    dry_run: bool = False,
    date_format: str | None = None,
    users: Collection[str] = (),
    source: str = "",
    zone_named: bool = False,
    take: Take = NONE,
    tell: Tell = silent,
) -> ImportResult:
    """Add what the file holds and the database does not; doing it again adds nothing.

    Args:
        db: The store.
        path: Of the file, or of the folder in which a program keeps its files.
        now: Epoch seconds.
        zone: Of times that are written without one.
        skip_bad: Whether to import the rest if something in the file cannot be.
        dry_run: Whether to only say what would be done.
        date_format: ``dmy``, ``mdy`` or ``ymd``, also as ``DD/MM/YYYY``; None: the dates must tell.
        users: Whose rows to take, by name or address; none: everybody's, or of several people the
            account's.
        source: From which program it is, by its name in `SOURCES`; empty: its content tells.
        zone_named: Whether the user named the zone.
        take: Which of the entries are wanted that a file only proposes.
        tell: Is told how far it is, and can end it.

    Raises:
        NeedsChoice: it can be imported once one of the arguments says how.
        BadFile: it cannot be imported, or not all of it; then nothing has changed.
        BadLine: there is no such format of dates.
    """
    options = ReadOptions(
        *(zone, zone_named, date_format, users, account_person(db), now),
        projects=frozenset(folded(each.name) for each in catalogue.projects(db)),
        tell=tell,
    )
    name, content = _read(path, source, options)
    proposals: tuple[Proposal, ...] = ()
    if content.proposed:
        content, proposals = choose(db, content, take, zone=zone)
    if content.problems and not skip_bad:
        raise NeedsChoice(_complaint(path, content), "problems")
    result = _carry_out(db, os.path.basename(path), content, options, dry_run=dry_run)
    return result._replace(source=name, proposals=proposals)


def _read(path: str, source: str, options: ReadOptions) -> tuple[str, Content]:
    """The name of the source that a file is from, and its content; nothing else stays of it."""
    with _uncollected():
        given = open_given(path)
        found = source_of(given, source)
        return found.name, found.read(given, options)


def _carry_out(
    db: Database, name: str, content: Content, options: ReadOptions, *, dry_run: bool
) -> ImportResult:
    """Add what is new, as one step that is named by the file."""
    now = options.now
    try:
        with step(db, IMPORT, now=now) as current:
            current.subject = name
            result, rows = _prepare(current, content, now=now)
            each = partial(counted, tell=options.tell, begin=READ, end=WRITTEN)
            current.insert_many("entry", COLUMNS["entry"], rows, through=each)
            outbox.look_for_made(db, current.id)
            result = result._replace(remarks=(*result.remarks, *_looked_for(db)))
            if dry_run:
                raise _DryRunError(result)
            if current.changed:
                kinds = frozenset(change.table for change in current.changed)
                result = result._replace(changed=kinds, backup_path=_back_up(db, now))
    except _DryRunError as dry:
        return dry.result
    return result


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave cyclic garbage for later.

    A large file becomes a million objects without a cycle; looking for one takes as long again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _complaint(path: str, content: Content) -> str:
    count = len(content.problems)
    first = in_a_row(map(str, content.problems[:3]))
    more = tr(" And {number} more.").format(number=grouped(count - 3)) if count > 3 else ""
    every = len(content.rows) + sum(problem.drops for problem in content.problems)
    return tr(
        "Nothing was imported from {path}, as {count} of its {every} rows cannot be. {first}{more}"
    ).format(path=path, count=grouped(count), every=grouped(every), first=first, more=more)


def _prepare(
    current: Step, content: Content, *, now: int
) -> tuple[ImportResult, list[tuple[object, ...]]]:
    """Make everything but the entries; return these and what will have been done."""
    lookup = Lookup(current, content)
    new = NewEntries(current.db, content.rows, lookup, now=now)
    renamed = _names_in(new.differing) - _names_in(new.rows)
    for listed in content.listed:
        if _name_of(listed) not in renamed:
            lookup.make_listed(listed)
    pinned = _pin(current, content, lookup)
    rows = [columns_of(row, lookup.ids(row.label)) for row in new.rows]
    made = lookup.made
    created = Created(
        tuple(made["client"]),
        lookup.made_projects(),
        tuple(made["task"]),
        tuple(made["tag"]),
        pinned,
    )
    result = ImportResult(
        len(rows),
        new.already_there,
        created,
        tuple(content.problems),
        (*content.remarks, *new.remarks),
        differing=tuple(row.description for row in new.differing),
        in_zone=content.in_zone,
    )
    return result, rows


def _looked_for(db: Database) -> tuple[str, ...]:
    """That older entries are not sent at once, if there are any."""
    found = account.read(db)
    if found is None:
        return ()
    here_from = found.pull.history_from if found.pull.history_complete else None
    count = outbox.count_unverified(db, before=here_from)
    if not count:
        return ()
    return (
        ntr(
            "{count} of these entries is older than all that is here from the account. It is "
            "sent only if the account does not have it.",
            "{count} of these entries are older than all that is here from the account. Each "
            "is sent only if the account does not have it.",
            count,
        ).format(count=grouped(count)),
    )


def _names_in(rows: Iterable[ImportRow]) -> set[Name]:
    """What the labels of rows name."""
    names: set[Name] = set()
    for label in {row.label for row in rows}:
        place = (label.workspace, label.client, label.project)
        names |= {("client", *place[:2]), ("project", *place), ("task", *place, label.task)}
        names |= {("tag", label.workspace, tag) for tag in label.tags}
    return names


def _name_of(listed: ListedThing) -> Name:
    label = listed.label
    place = (label.workspace, label.client, label.project)
    match listed.kind:
        case "client":
            return ("client", *place[:2])
        case "project":
            return ("project", *place)
        case "task":
            return ("task", *place, label.task)
        case "tag":
            return ("tag", label.workspace, label.tags[0])


def _pin(current: Step, content: Content, lookup: Lookup) -> tuple[str, ...]:
    """Add the favourites that are not pinned yet behind those that are."""
    if not content.favourites:
        return ()
    here = favourites.everything(current.db)
    pinned = {favourite.what for favourite in here}
    position = here[-1].position if here else 0
    made: list[str] = []
    for description, label in content.favourites:
        ids = lookup.ids(label)
        what = What(
            ids.workspace_id, description, ids.project_id, ids.task_id, ids.tag_ids, ids.billable
        )
        if what in pinned:
            continue
        position += 1
        pinned.add(what)
        made.append(description)
        current.insert("favourite", {"position": position, **entries.values_of(what)})
    return tuple(made)


def _back_up(db: Database, now: int) -> str:
    """Copy the database as it was before this step, which is what another connection sees."""
    with open_database(db.path) as unchanged:
        return backup.before_import(unchanged, now)
