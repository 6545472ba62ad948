"""Lists what the exchange cannot settle without the user, and carries out what the user decides."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from tray.errors import NotFound, Refused
from tray.model.field_words import english_word
from tray.model.limits import MAX_SECONDS
from tray.sentences import capital, together, tr, tr_marked
from tray.store import account, conflicts, entries, outbox, remote_rows
from tray.store.columns import COLUMNS, ColumnValue, RowValues, number, text
from tray.store.conflicts import COPY, ConflictRow
from tray.store.database import Database
from tray.store.outbox import OutboxItem
from tray.store.remote_rows import RemoteRow
from tray.store.undo_log import step
from tray.sync.reconcile import doubles
from tray.sync.reconcile.deletions import CHANGED_SINCE, DELETED_UNHEARD
from tray.sync.reconcile.own_changes import is_automatic_stop
from tray.sync.reconcile.reconciler import Reconciler, quoted

Kind = Literal["refused", "gone", "conflict", "copy"]
Action = Literal["create", "update", "delete"]

_REFERENCES: Final = {"client_id": "client", "project_id": "project", "task_id": "task"}
_MOMENTS: Final = ("start", "stop")
_FLAGS: Final = ("billable", "archived")


class SyncProblem(NamedTuple):
    """One thing that waits for the user."""

    key: str
    """By which it is named: ``12`` of a change, ``c3`` of a conflict."""
    kind: Kind
    table: str
    row_id: int
    here: bool
    """Whether the row is there, and can be corrected; otherwise its deletion was refused."""
    action: Action
    """What the server was to do."""
    name: str
    """Of the thing, as it is called in a sentence."""
    field: str
    """The field that was refused or has two values, in a word; empty if it is not known."""
    sentence: str
    """What is wrong."""
    kept: str = ""
    """Of a conflict: the value that is here now, as it was when it was kept. Of a copy: the entry
    that was there before."""
    other: str = ""
    """Of a conflict: the value that can be taken instead. Of a copy: the entry that may be it."""
    own_name: str = ""
    """What a client, project, task or tag is called, without a word for what it is."""


def every(db: Database, *, moment: Callable[[int], str] = str) -> list[SyncProblem]:
    """What waits for the user, the oldest first, changes before conflicts.

    Args:
        db: The store.
        moment: Writes a time as the user wants it, with the date if that is not clear.
    """
    with db.reading():
        items = [_of_item(db, item, moment) for item in outbox.items(db, "refused", "gone")]
        return items + [
            (_of_copy if each.field == COPY else _of_conflict)(db, each, moment)
            for each in conflicts.every(db)
        ]


def find(db: Database, key: str, *, moment: Callable[[int], str] = str) -> SyncProblem:
    """The problem of that key; `moment` as for `every`.

    Raises:
        NotFound: there is none, or it has been settled meanwhile.
    """
    found = next((each for each in every(db, moment=moment) if each.key == key), None)
    if found is None:
        raise NotFound(tr("There is no problem {key}.").format(key=key), kind="problem")
    return found


def _of_item(db: Database, item: OutboxItem, moment: Callable[[int], str]) -> SyncProblem:
    image = remote_rows.image(db, item.table, item.row_id)
    known = remote_rows.of_row(db, item.table, item.row_id)
    action: Action = "delete" if image is None else "create" if known is None else "update"
    shown = image or (known.base if known else {})
    name = _name(item.table, shown)
    subject = _name_with_start(name, shown, moment)
    kind: Kind = "gone" if item.state == "gone" else "refused"
    field = "" if kind == "gone" else english_word(item.field or "")
    sentence: str
    if item.error == DELETED_UNHEARD:
        sentence = tr(
            "{subject} was deleted on another device before this computer heard that the server "
            "had it."
        ).format(subject=subject)
    elif kind == "gone":
        sentence = tr("{subject} was deleted on another device after it was changed here.").format(
            subject=subject
        )
    elif item.error == CHANGED_SINCE:
        sentence = tr("{subject} was changed on another device after it was deleted here.").format(
            subject=subject
        )
    elif known and doubles.kept_row(known) is not None:
        sentence = tr(
            "{subject} is on the server twice, and the server did not delete the second: {why}"
        ).format(subject=subject, why=item.error or tr("refused."))
    else:
        sentence = _not_done(action, with_field=bool(field)).format(
            subject=subject, field=tr_marked(field), why=item.error or tr("refused.")
        )
    return SyncProblem(
        str(item.id),
        kind,
        item.table,
        item.row_id,
        image is not None,
        action,
        name,
        field,
        capital(sentence),
        own_name=text(shown, "name"),
    )


def _of_conflict(db: Database, found: ConflictRow, moment: Callable[[int], str]) -> SyncProblem:
    image = remote_rows.image(db, found.table, found.row_id)
    name, field = _name(found.table, image or {}), english_word(found.field)
    subject = _name_with_start(name, image or {}, moment)
    ours, theirs = (_shown(db, side, moment) for side in (found.ours, found.theirs))
    kept, other = (ours, theirs) if found.kept == "ours" else (theirs, ours)
    both, why = _conflict_texts(db, found)
    sentence = together(
        both.format(subject=subject, field=tr_marked(field), kept=kept, other=other),
        why.format(kept=capital(kept)),
    )
    return SyncProblem(
        f"c{found.id}",
        "conflict",
        found.table,
        found.row_id,
        image is not None,
        "update",
        name,
        field,
        capital(sentence),
        kept,
        other,
    )


def _of_copy(db: Database, found: ConflictRow, moment: Callable[[int], str]) -> SyncProblem:
    original = remote_rows.image(db, "entry", _original(found)) or {}
    copy = remote_rows.image(db, "entry", found.row_id) or {}
    kept, other = (
        _name_with_start(_name("entry", each), each, moment) for each in (original, copy)
    )
    sentence = tr(
        "{other}, which came from another device, may be a second copy of {name}."
    ).format(name=kept, other=other)
    return SyncProblem(
        f"c{found.id}",
        "copy",
        "entry",
        found.row_id,
        True,
        "update",
        _name("entry", original),
        "",
        capital(sentence),
        kept,
        other,
    )


def _original(found: ConflictRow) -> int:
    return number(found.theirs, "id") or 0


def _not_done(action: Action, *, with_field: bool) -> str:
    """What to say of a refused change, with what is at fault if that is known."""
    if with_field:
        return {
            "create": tr("The server did not create {subject} ({field}): {why}"),
            "update": tr("The server did not update {subject} ({field}): {why}"),
            "delete": tr("The server did not delete {subject} ({field}): {why}"),
        }[action]
    return {
        "create": tr("The server did not create {subject}: {why}"),
        "update": tr("The server did not update {subject}: {why}"),
        "delete": tr("The server did not delete {subject}: {why}"),
    }[action]


def _conflict_texts(db: Database, found: ConflictRow) -> tuple[str, str]:
    """What was changed where, and why one of the two was kept."""
    if found.kept == "theirs":
        return (
            tr(
                "{subject}: {field} was changed to {kept} on another device and to {other} on "
                "this computer."
            ),
            tr("{kept} was kept, as it reached the server later."),
        )
    both = tr(
        "{subject}: {field} was changed to {kept} on this computer and to {other} on another "
        "device."
    )
    if found.field == "stop" and is_automatic_stop(db, found.row_id, found.ours):
        return both, tr("{kept} was kept, as it is the earlier stop.")
    return both, tr("{kept} was kept, as it was changed later.")


def _name(table: str, image: RowValues) -> str:
    if table == "entry":
        return quoted(text(image, "description"))
    name = text(image, "name")
    called = tr("the {kind} “{name}”") if name else tr("a {kind}")
    return called.format(kind=tr_marked(table), name=name)


def _name_with_start(name: str, image: RowValues, moment: Callable[[int], str]) -> str:
    """The name; of an entry with its start, as several may be called the same."""
    start = number(image, "start")
    return (
        name
        if start is None
        else tr("{name} from {moment}").format(name=name, moment=moment(start))
    )


def _shown(db: Database, values: RowValues, moment: Callable[[int], str]) -> str:
    """The values of a field, or of fields that belong together, as the user knows them."""
    shown = [_value(db, name, value, moment) for name, value in values.items()]
    if values.keys() >= set(_MOMENTS):
        return f"{shown[0]}-{shown[1]}"
    return " / ".join(filter(None, shown))


def _value(db: Database, name: str, value: ColumnValue, moment: Callable[[int], str]) -> str:
    if name in _MOMENTS:
        return moment(value) if isinstance(value, int) else tr("running")
    if name in _FLAGS:
        return tr("yes") if value else tr("no")
    if name in _REFERENCES:
        if not isinstance(value, int):
            if name == "task_id":
                return ""
            return tr("no {field}").format(field=tr_marked(english_word(name)))
        image = remote_rows.image(db, _REFERENCES[name], value)
        if image is None:
            return tr("a {field} that is gone").format(field=tr_marked(english_word(name)))
        value = text(image, "name")
    return tr("“{name}”").format(name=value) if value else tr("nothing")


def retry(db: Database, problem: SyncProblem, *, now: int) -> None:
    """Have a refused change sent again; what may have arrived is looked for first.

    What a workspace asks of entries is read anew, as that may be what was changed.

    Raises:
        NotFound: it has been settled meanwhile.
    """
    with db.writing():
        item = _item(db, problem, "refused")
        doubtful = problem.action == "create" and item.attempts > 0 and item.sent is not None
        outbox.update(
            db,
            item.id,
            state="unknown" if doubtful else "waiting",
            sent_at=now,
            attempts=0,
            next_at=0,
            field=None,
            error=None,
        )
        if item.field if item.table == "entry" else doubtful:
            account.update(db, catalogue_read_at=None)


def give_up(db: Database, problem: SyncProblem, *, now: int) -> bool:
    """Let a refused change be: a new thing stays on this computer, others become as on the server.

    Only what was ended here does not run again. A second copy becomes an entry of its own.

    Returns:
        Whether it still runs in the account, though not here.

    Raises:
        NotFound: it has been settled meanwhile.
    """
    with db.writing():
        item = _item(db, problem, "refused")
        ours = remote_rows.image(db, item.table, item.row_id)
        known = remote_rows.of_row(db, item.table, item.row_id)
        outbox.drop(db, item.table, item.row_id)
        if known is None:
            _keep_local(db, item)
            return False
        if doubles.kept_row(known) is not None:
            doubles.release(db, known)
            copy = doubles.as_copy_of(known, 0)
            Reconciler(db, now=now).add("entry", copy.remote_id, copy.base, at=copy.at)
            return False
        ended = item.changed_at if ours is None else number(ours, "stop")
        runs_on = item.table == "entry" and known.base["stop"] is None and ended is not None
        _revert(db, known, ours, stop=ended if runs_on else None, now=now)
        if runs_on:
            Reconciler(db, now=now).mapper.learn(known)
            _keep_local(db, item)
        return runs_on


def _keep_local(db: Database, item: OutboxItem) -> None:
    """Have a row stay on this computer as it is."""
    db.run(
        "INSERT OR IGNORE INTO local_only (of_table, row_id) VALUES (?, ?)",
        (item.table, item.row_id),
    )


def _revert(
    db: Database, known: RemoteRow, ours: RowValues | None, *, stop: int | None, now: int
) -> None:
    """Make a row what the server has, as far as what it refers to is still here.

    An entry that runs there ends at `stop`, if there is one.
    """
    table, row_id = known.table, known.row_id
    theirs = {name: known.base[name] for name in COLUMNS[table]}
    for column, other in _REFERENCES.items():
        row_id_there = number(theirs, column)
        if row_id_there and remote_rows.image(db, other, row_id_there) is None:
            theirs[column] = ours[column] if ours else None
    start = number(theirs, "start") or 0
    if stop is not None:
        theirs["stop"] = min(max(stop, start), start + MAX_SECONDS)
    if ours is None:
        stopped = {**theirs, "stop": start} if table == "entry" else theirs
        remote_rows.insert(db, table, {"id": row_id, **stopped})
        ours = stopped
    # Merged from the side of the server alone; if another entry runs, one of both is stopped.
    Reconciler(db, now=now).reconcile(
        known._replace(base=ours), {**known.base, **theirs}, at=known.at
    )


def recreate(db: Database, problem: SyncProblem) -> None:
    """Have an entry that was deleted elsewhere made anew on the server.

    Raises:
        NotFound: it has been settled meanwhile.
    """
    with db.writing():
        item = _item(db, problem, "gone")
        outbox.update(
            db, item.id, state="waiting", sent=None, attempts=0, next_at=0, field=None, error=None
        )


def let_go(db: Database, problem: SyncProblem, *, now: int) -> None:
    """Delete an entry here, too, that was deleted elsewhere; this can be undone.

    Raises:
        NotFound: it has been settled meanwhile.
    """
    with step(db, "delete", now=now) as current:
        item = _item(db, problem, "gone")
        image = remote_rows.image(db, item.table, item.row_id)
        if image is not None:
            current.subject = text(image, "description")
            current.delete(item.table, item.row_id)
        outbox.drop(db, item.table, item.row_id)


def _item(db: Database, problem: SyncProblem, state: str) -> OutboxItem:
    item = outbox.of(db, problem.table, problem.row_id)
    if item is None or item.state != state or str(item.id) != problem.key:
        raise _settled(problem)
    return item


def remove_one(db: Database, problem: SyncProblem, *, copy: bool, now: int) -> None:
    """Delete one of two entries that are one, the copy or the other; this can be undone.

    Raises:
        NotFound: it has been settled meanwhile.
    """
    with step(db, "delete", now=now) as current:
        found = _conflict(db, problem)
        row_id = found.row_id if copy else _original(found)
        current.subject = text(remote_rows.image(db, "entry", row_id) or {}, "description")
        current.delete("entry", row_id)


def keep(db: Database, problem: SyncProblem) -> None:
    """Leave a field as it was kept, or two entries that may be one; the user has seen it."""
    with db.writing():
        conflicts.settle(db, _conflict(db, problem).id)


def take_other(db: Database, problem: SyncProblem, *, now: int) -> None:
    """Give a field its other value, here and on the server; this can be undone.

    Raises:
        NotFound: it has been settled meanwhile.
        Refused: the value does not go with the others any more.
    """
    with step(db, "edit", now=now) as current:
        found = _conflict(db, problem)
        values = found.theirs if found.kept == "ours" else found.ours
        image = remote_rows.image(db, found.table, found.row_id)
        if image is None:
            raise _settled(problem)
        _check(db, problem, {**image, **values})
        current.subject = text(image, "description") or text(image, "name")
        current.update(found.table, found.row_id, values)
        conflicts.settle(db, found.id)


def _conflict(db: Database, problem: SyncProblem) -> ConflictRow:
    found = next((each for each in conflicts.every(db) if f"c{each.id}" == problem.key), None)
    if found is None:
        raise _settled(problem)
    return found


def _check(db: Database, problem: SyncProblem, image: RowValues) -> None:
    """Refuse what the store would not take: the row was changed since the value was set aside."""
    start, stop = (number(image, name) for name in _MOMENTS)
    if start is not None and stop is not None and stop < start:
        raise Refused(
            tr("{name} would end before it starts. Edit it instead.").format(name=_capital(problem))
        )
    runs = entries.running(db) if problem.table == "entry" and stop is None else None
    if runs is not None and runs.id != problem.row_id:
        raise Refused(
            tr("{name} is running, and only one can. Stop it first.").format(
                name=quoted(runs.description)
            )
        )
    for column, table in _REFERENCES.items():
        row_id = number(image, column)
        if row_id and remote_rows.image(db, table, row_id) is None:
            raise Refused(
                tr("That {kind} is no longer there. Keep the value as it is.").format(
                    kind=tr_marked(table)
                )
            )


def _settled(problem: SyncProblem) -> NotFound:
    return NotFound(tr("{name} has been settled meanwhile.").format(name=_capital(problem)))


def _capital(problem: SyncProblem) -> str:
    return f"{problem.name[0].upper()}{problem.name[1:]}"
