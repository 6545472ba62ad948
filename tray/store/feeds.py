"""Calendars of the user's own: which there are, and their events as they were last read."""

from collections.abc import Sequence
from datetime import tzinfo

from tray.lean_typing import Final, NamedTuple
from tray.model import limits
from tray.model.calendar_event import CalendarEvent, FeedEvent, local_midnight
from tray.model.durations import DAY
from tray.sentences import read_stored, stored
from tray.store import statements
from tray.store.database import Database

_COLUMNS: Final = (
    *("id", "name", "colour", "path", "etag", "checked_at", "read_at", "problem", "keyring_name"),
)
_EVENT: Final = ("feed_id", "title", "start", "stop", "all_day")

_LONG: Final = 7 * DAY
_IS_LONG: Final = f"stop - start > {_LONG}"
"""As the index of the longer ones has it; the others begin shortly before they are over."""


class Feed(NamedTuple):
    """One calendar."""

    id: int
    name: str
    colour: str
    """As ``#rrggbb``."""
    path: str
    """Of its file; empty: it has an address, which is a secret."""
    etag: str = ""
    """What the server called the copy that was read."""
    checked_at: int | None = None
    """When it was last asked for, epoch seconds."""
    read_at: int | None = None
    """When its events were last read, epoch seconds."""
    problem: str = ""
    """Why it could not be read, or what of it was left out, as a sentence; empty: nothing."""
    keyring_name: str = ""
    """Under what name the keyring has its address; empty: it is a file."""


def everything(db: Database) -> list[Feed]:
    """All calendars, the oldest first."""
    rows = db.rows(f"SELECT {', '.join(_COLUMNS)} FROM feed ORDER BY id")
    return [each._replace(problem=read_stored(each.problem)) for each in (Feed(*x) for x in rows)]


def add(db: Database, name: str, colour: str, path: str = "", *, keyring_name: str = "") -> int:
    """Have one more: a file, or one whose address the keyring has.

    Raises:
        Refused: it cannot be called that.
    """
    values = {"name": limits.clean_name("calendar", name), "colour": colour}
    values |= {"path": path, "keyring_name": keyring_name}
    return db.run(statements.insert("feed", values), tuple(values.values())).lastrowid or 0


def remove(db: Database, feed_id: int) -> None:
    """Forget one with its events."""
    db.run("DELETE FROM feed WHERE id = ?", (feed_id,))


def ask_anew(db: Database, feed_id: int | None = None) -> None:
    """Have one, or all, read as if they never were, as soon as can be; events stay till then."""
    sql = "UPDATE feed SET checked_at = NULL, etag = ''"
    if feed_id is None:
        db.run(sql)
    else:
        db.run(f"{sql} WHERE id = ?", (feed_id,))


def record_unchanged(db: Database, feed_id: int, *, at: int) -> None:
    """It was looked at, and nothing in it is new."""
    db.run("UPDATE feed SET checked_at = ? WHERE id = ?", (at, feed_id))


def record_failure(db: Database, feed_id: int, *, at: int, problem: str) -> None:
    """It could not be read; its events stay, and next time it is asked for as a whole."""
    sql = "UPDATE feed SET checked_at = ?, etag = '', problem = ? WHERE id = ?"
    db.run(sql, (at, stored(problem), feed_id))


def replace(
    db: Database, feed_id: int, events: Sequence[FeedEvent], *, etag: str, at: int, problem: str
) -> None:
    """It was read at `at`; only what differs from the events there are is written."""
    with db.writing():
        if not db.row("SELECT 1 FROM feed WHERE id = ?", (feed_id,)):
            return  # it was removed while it was read
        kept, new = _kept(db, feed_id), set(events)
        gone = [(row_id,) for event, row_id in kept.items() if event not in new]
        db.run_many("DELETE FROM feed_event WHERE id = ?", gone)
        db.run_many(
            statements.insert("feed_event", _EVENT),
            [(feed_id, *event) for event in dict.fromkeys(events) if event not in kept],
        )
        db.run(
            "UPDATE feed SET etag = ?, checked_at = ?, read_at = ?, problem = ? WHERE id = ?",
            (etag, at, at, stored(problem), feed_id),
        )


def _kept(db: Database, feed_id: int) -> dict[FeedEvent, int]:
    """The events there are, with the ids of their rows."""
    sql = "SELECT id, title, start, stop, all_day FROM feed_event WHERE feed_id = ?"
    rows = db.rows(sql, (feed_id,))
    return {
        FeedEvent(title, start, stop, bool(all_day)): row_id
        for row_id, title, start, stop, all_day in rows
    }


def events_between(db: Database, begin: int, end: int, zone: tzinfo | None) -> list[CalendarEvent]:
    """What of all calendars lies from `begin` up to `end`, the earliest first.

    Args:
        db: The store.
        begin: Epoch seconds.
        end: Epoch seconds; what only begins then is not there.
        zone: Where the user is, which says when an all-day event begins; None: the computer's.
    """
    rows = db.rows(
        "SELECT feed_id, name, colour, title, start, stop, all_day "
        "FROM feed_event JOIN feed ON feed.id = feed_id WHERE feed_event.id IN ("
        "SELECT id FROM feed_event WHERE start BETWEEN ?1 - ?3 AND ?2 AND stop >= ?1 UNION ALL "
        f"SELECT id FROM feed_event WHERE {_IS_LONG} AND start <= ?2 AND stop >= ?1"
        ") ORDER BY start, stop DESC, feed_event.id",
        (begin - DAY, end + DAY, _LONG),
    )
    found = [_seen(CalendarEvent(*row)._replace(all_day=bool(row[-1])), zone) for row in rows]
    return [
        each
        for each in found
        if each.start < end and (each.stop > begin or each.start == each.stop >= begin)
    ]


def _seen(event: CalendarEvent, zone: tzinfo | None) -> CalendarEvent:
    """An event with its title on one line, and where the user is."""
    event = event._replace(title=limits.one_line(event.title))
    if not event.all_day:
        return event
    start, stop = local_midnight(event.start, zone), local_midnight(event.stop, zone)
    return event._replace(start=start, stop=stop)
