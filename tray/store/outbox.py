"""What has yet to be sent to the server: one row for each thing that was changed.

Whoever changes a row adds it here in the same transaction. Nothing is added without an account.
"""

from collections.abc import Iterator, Sequence

from tray.lean_typing import Final, Literal, NamedTuple, TypedDict, Unpack
from tray.model.durations import HOUR
from tray.sentences import read_stored, stored
from tray.store import statements
from tray.store.columns import SYNCED
from tray.store.database import Database, Row

_COLUMNS: Final = (
    "id, of_table, row_id, changed_at, state, sent, sent_at, remote_id_above, attempts, next_at, "
    "unbatched, field, error"
)
LONGEST_WAIT_SECONDS: Final = 2 * HOUR
"""No item has to wait for longer before it is sent again."""
_HIGHEST_ID: Final = 2**63 - 1
_SOME: Final = 50
"""Items that are read at once."""
_WAITS_AGAIN: Final = (
    "state = CASE WHEN state <> 'refused' THEN state "
    "WHEN of_table = 'entry' AND attempts > 0 THEN 'unknown' ELSE 'waiting' END, "
    "changed_at = excluded.changed_at, "
    "next_at = iif(state = 'refused', 0, next_at), attempts = iif(state = 'refused', 0, attempts), "
    "field = NULL, error = NULL"
)
"""What a further change makes of a thing that is here already: one that was refused is tried anew,
and one of which nobody knows whether it arrived still has to be looked for."""


class OutboxItem(NamedTuple):
    """A thing that has yet to be sent to the server."""

    id: int
    table: str
    row_id: int
    changed_at: int
    """When it was last changed here, epoch seconds."""
    state: str
    """One of these:

    * ``waiting``: to be sent, not before `next_at`;
    * ``sending``: being sent, or a crash came between;
    * ``unknown``: to be looked for before anything is sent: a create that may have arrived, or a
      create or deletion of a catalogue thing that was refused once, perhaps as it is done already;
    * ``refused``: the user has to decide; `error` says why;
    * ``gone``: deleted on the server and changed here.
    """
    sent: str | None
    """The columns that were sent, as JSON; None if it was deleted. Of what is ``gone``: those that
    the server had last."""
    sent_at: int | None
    remote_id_above: int
    attempts: int
    next_at: int
    unbatched: int
    """1 if it is not to be sent together with others, one of which was refused."""
    field: str | None
    error: str | None


State = Literal["waiting", "sending", "unknown", "refused", "gone"]


class ItemChanges(TypedDict, total=False):
    """Columns of an item that the exchange sets; see `OutboxItem`."""

    state: State
    sent: str | None
    sent_at: int | None
    remote_id_above: int
    attempts: int
    next_at: int
    unbatched: int
    field: str | None
    error: str | None


def add(db: Database, table: str, row_id: int) -> None:
    """Have a row that was made, changed or deleted sent, unless it is to stay on this computer."""
    if table not in SYNCED:
        return
    db.run(
        "INSERT INTO outbox (of_table, row_id) SELECT ?, ? "
        "WHERE EXISTS (SELECT 1 FROM account) "
        "AND NOT EXISTS (SELECT 1 FROM local_only WHERE of_table = ? AND row_id = ?) "
        f"ON CONFLICT (of_table, row_id) DO UPDATE SET {_WAITS_AGAIN}",
        (table, row_id, table, row_id),
    )


def add_many(db: Database, table: str, row_ids: Sequence[int]) -> None:
    """The same for many rows."""
    if table not in SYNCED:
        return
    db.run(
        "INSERT INTO outbox (of_table, row_id) SELECT ?, value FROM json_each(?) "
        "WHERE EXISTS (SELECT 1 FROM account) AND NOT EXISTS "
        "(SELECT 1 FROM local_only WHERE local_only.of_table = ? AND local_only.row_id = value) "
        f"ORDER BY key ON CONFLICT (of_table, row_id) DO UPDATE SET {_WAITS_AGAIN}",
        (table, statements.listed(row_ids), table),
    )


def add_after(db: Database, table: str, last_id: int) -> None:
    """Have every row whose id is higher than `last_id` sent; they were just made."""
    if table in SYNCED:
        db.run(
            f"INSERT INTO outbox (of_table, row_id) SELECT ?, id FROM {table} "
            "WHERE id > ? AND EXISTS (SELECT 1 FROM account) ORDER BY id",
            (table, last_id),
        )


def look_for_made(db: Database, step_id: int) -> None:
    """Have all that a step made looked for before it is sent: it may come from the account itself.

    Entries are looked for in as much of the history as it takes, in every workspace of the
    catalogue, and other things there. What only these entries name goes with the first one sent.
    """
    made = "SELECT of_table, row_id FROM change WHERE step_id = ? AND before IS NULL"
    db.run(
        "UPDATE outbox SET state = 'unknown', sent_at = unixepoch() "
        "WHERE state = 'waiting' AND sent IS NULL "
        f"AND {_IS_NEW} AND (of_table, row_id) IN ({made})",
        (step_id,),
    )
    db.run(
        "UPDATE account SET catalogue_read_at = NULL WHERE EXISTS "
        "(SELECT 1 FROM outbox WHERE state = 'unknown' AND sent IS NULL)"
    )
    for table, named in _NAMED.items():
        db.run(
            "DELETE FROM outbox WHERE of_table = ? AND state = 'unknown' AND sent IS NULL "
            f"AND (of_table, row_id) IN ({made}) AND row_id IN ({named})",
            (table, step_id, step_id),
        )


_OF_STEP: Final = (
    "entry AS e WHERE e.id IN (SELECT row_id FROM change "
    "WHERE step_id = ? AND of_table = 'entry' AND before IS NULL)"
)
_NAMED: Final = {
    "client": f"SELECT client_id FROM project WHERE id IN (SELECT project_id FROM {_OF_STEP})",
    "project": f"SELECT project_id FROM {_OF_STEP}",
    "task": f"SELECT task_id FROM {_OF_STEP}",
    "tag": f"SELECT tag.value FROM json_each(e.tag_ids) AS tag, {_OF_STEP}",
}
"""What the entries that a step made name, by table."""


def ensure(db: Database, table: str, row_id: int) -> None:
    """Have a row sent that differs from what the server has, if it is not here already.

    Nothing is that stays on this computer.
    """
    db.run(
        "INSERT INTO outbox (of_table, row_id) SELECT ?, ? "
        "WHERE NOT EXISTS (SELECT 1 FROM local_only WHERE of_table = ? AND row_id = ?) "
        "ON CONFLICT (of_table, row_id) DO NOTHING",
        (table, row_id, table, row_id),
    )


def resend_refused(db: Database, table: str, row_id: int) -> None:
    """A row was changed by the exchange itself: what the server refused of it is tried anew."""
    db.run(
        "UPDATE outbox SET state = iif(of_table = 'entry' AND attempts > 0, 'unknown', 'waiting'), "
        "next_at = 0, attempts = 0, field = NULL, error = NULL "
        "WHERE state = 'refused' AND of_table = ? AND row_id = ?",
        (table, row_id),
    )


def update(db: Database, item_id: int, **changes: Unpack[ItemChanges]) -> None:
    """Set some columns of an item."""
    if changes.get("error"):
        changes["error"] = stored(changes["error"] or "")
    db.run(statements.update("outbox", changes), (*changes.values(), item_id))


def of(db: Database, table: str, row_id: int) -> OutboxItem | None:
    """What is to be sent of a row."""
    sql = f"SELECT {_COLUMNS} FROM outbox WHERE of_table = ? AND row_id = ?"
    row = db.row(sql, (table, row_id))
    return _item(row) if row else None


def items(db: Database, *states: str) -> list[OutboxItem]:
    """Everything in one of these states, in the order in which it was first added."""
    marks = ", ".join("?" * len(states))
    sql = f"SELECT {_COLUMNS} FROM outbox WHERE state IN ({marks}) ORDER BY id"
    return [_item(row) for row in db.rows(sql, states)]


def tried(db: Database, table: str) -> list[OutboxItem]:
    """What was sent without an answer, and may have arrived, or may do so yet."""
    sql = (
        f"SELECT {_COLUMNS} FROM outbox WHERE of_table = ? AND sent IS NOT NULL "
        "AND state IN ('unknown', 'waiting') ORDER BY id"
    )
    return [_item(row) for row in db.rows(sql, (table,))]


def _item(row: Row) -> OutboxItem:
    item = OutboxItem(*row)
    return item._replace(error=read_stored(item.error)) if item.error else item


def due(db: Database, now: int, *, after: int = 0) -> Iterator[OutboxItem]:
    """What may be sent now, in the order in which it is to be.

    What the server has comes first, and what entries refer to, as it was first added. Of new
    entries the latest comes first: what is done now does not wait for what was done without a line
    or before there was an account. New tags come last: the server makes those of an entry with it.
    What is dropped meanwhile does no harm.

    Args:
        db: The store.
        now: Epoch seconds.
        after: Only the first kind, and of it what was added after the item of this id.
    """
    yield from _due(db, now, f"NOT (of_table IN ('entry', 'tag') AND {_IS_NEW})", after=after)
    if not after:
        yield from _due(db, now, f"of_table = 'entry' AND {_IS_NEW}", latest_first=True)
        yield from _due(db, now, f"of_table = 'tag' AND {_IS_NEW}")


_IS_NEW: Final = (
    "NOT EXISTS (SELECT 1 FROM remote AS r "
    "WHERE r.of_table = outbox.of_table AND r.row_id = outbox.row_id)"
)


def _due(
    db: Database, now: int, condition: str, *, after: int = 0, latest_first: bool = False
) -> Iterator[OutboxItem]:
    # A few at a time: the caller drops rows meanwhile, and mostly needs but the first.
    following, order = ("id < ?", "DESC") if latest_first else ("id > ?", "ASC")
    last = _HIGHEST_ID if latest_first else after
    while True:
        rows = db.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE state = 'waiting' AND {following} "
            f"AND next_at NOT BETWEEN ? AND ? AND {condition} ORDER BY id {order} LIMIT {_SOME}",
            (last, now + 1, now + LONGEST_WAIT_SECONDS),
        )
        yield from map(_item, rows)
        if len(rows) < _SOME:
            return
        last = rows[-1][0]


def next_due(db: Database, now: int) -> int | None:
    """The moment from which something that has to wait may be sent."""
    (soonest,) = db.row(
        "SELECT min(next_at) FROM outbox WHERE state = 'waiting' AND next_at BETWEEN ? AND ?",
        (now + 1, now + LONGEST_WAIT_SECONDS),
    )
    return None if soonest is None else int(soonest)


def crowds(db: Database, *, larger_than: int) -> set[int]:
    """The seconds in which more things were changed than that."""
    sql = "SELECT changed_at FROM outbox GROUP BY changed_at HAVING count(*) > ?"
    return {moment for (moment,) in db.rows(sql, (larger_than,))}


def forget_waits(db: Database) -> None:
    """Have everything sent now, however often it has failed: the user wants it."""
    db.run("UPDATE outbox SET next_at = 0 WHERE state IN ('waiting', 'unknown')")


def next_try(db: Database, now: int) -> tuple[str, int] | None:
    """Why something waits that failed before, and until when; of several, the next."""
    row = db.row(
        "SELECT error, next_at FROM outbox WHERE state IN ('waiting', 'unknown') "
        "AND error IS NOT NULL ORDER BY iif(next_at > ?, 0, next_at) LIMIT 1",
        (now + LONGEST_WAIT_SECONDS,),
    )
    return (read_stored(row[0]), max(row[1], now)) if row else None


def waits_at(item: OutboxItem, now: int) -> int:
    """When an item may be sent; a wait longer than any means that the clock was set back."""
    return item.next_at if item.next_at <= now + LONGEST_WAIT_SECONDS else now


def next_lookup_at(db: Database, now: int) -> int | None:
    """The moment from which entries that may have arrived may be looked for; None: there are none.

    Those that were here before there was an account do not count.
    """
    found: int | None
    (found,) = db.row(
        "SELECT min(iif(next_at > ?, 0, next_at)) FROM outbox "
        "WHERE state = 'unknown' AND of_table = 'entry' AND sent IS NOT NULL",
        (now + LONGEST_WAIT_SECONDS,),
    )
    return found


_UNVERIFIED: Final = (
    "SELECT {} FROM outbox AS o JOIN entry AS e ON e.id = o.row_id "
    "WHERE o.state = 'unknown' AND o.of_table = 'entry' AND o.sent IS NULL"
)


def first_unverified_start(db: Database) -> int | None:
    """The start of the earliest entry of which it is not known yet whether it was there before."""
    found: int | None
    (found,) = db.row(_UNVERIFIED.format("min(e.start)"))
    return found


def count_unverified(db: Database, *, before: int | None) -> int:
    """How many such entries there are that start before a moment; None: at any."""
    (count,) = db.row(
        f"{_UNVERIFIED.format('count(*)')} AND (? IS NULL OR e.start < ?)", (before,) * 2
    )
    return int(count)


def keep_unverified_local(db: Database, *, before: int | None) -> int:
    """Have those that start before a moment (None: any) stay on this computer; return how many."""
    sql = f"{_UNVERIFIED.format('e.id')} AND (? IS NULL OR e.start < ?)"
    rows = db.rows(sql, (before, before))
    db.run_many("INSERT OR IGNORE INTO local_only (of_table, row_id) VALUES ('entry', ?)", rows)
    db.run_many("DELETE FROM outbox WHERE of_table = 'entry' AND row_id = ?", rows)
    return len(rows)


def drop(db: Database, table: str, row_id: int) -> None:
    """The server knows, or need not."""
    db.run("DELETE FROM outbox WHERE of_table = ? AND row_id = ?", (table, row_id))


_MENTIONS: Final = {"project": "project_id", "task": "task_id"}


def retry_refused(db: Database, table: str, row_id: int) -> None:
    """A thing is gone: entries that were refused, perhaps because of it, are sent without it."""
    if table in _MENTIONS:
        db.run(
            "UPDATE outbox SET state = 'waiting', error = NULL, field = NULL "
            "WHERE state = 'refused' AND of_table = 'entry' AND row_id IN "
            f"(SELECT id FROM entry WHERE {_MENTIONS[table]} = ?)",
            (row_id,),
        )


def clear_local_only(db: Database, table: str, row_id: int) -> None:
    """A row that was to stay on this computer need not any more."""
    db.run("DELETE FROM local_only WHERE of_table = ? AND row_id = ?", (table, row_id))


class Count(NamedTuple):
    """How much there is in the outbox."""

    pending: int
    """Waits, or is on its way."""
    refused: int
    """Needs the user: refused, or gone on the server."""


def count(db: Database) -> Count:
    """How many things wait, and how many need the user."""
    refused, total = db.row(
        "SELECT count(*) FILTER (WHERE state IN ('refused', 'gone')), count(*) FROM outbox"
    )
    return Count(total - refused, refused)


def refused_entries(db: Database) -> int:
    """How many of the things that need the user are entries."""
    sql = "SELECT count(*) FROM outbox WHERE state IN ('refused', 'gone') AND of_table = 'entry'"
    return int(db.row(sql)[0])
