"""What was exchanged with the server, in plain words."""

from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.sentences import read_stored, stored
from tray.store import statements
from tray.store.database import Database

KEEP: Final = 2_000
"""How many lines there are at most."""
_SPARE: Final = 200
"""How many more may gather before the oldest go, so that few lines cost a deletion."""


class JournalEntry(NamedTuple):
    """One thing that happened."""

    at: int
    """Epoch seconds."""
    kind: str
    """``sent``, ``received``, ``merged``, ``refused``, ``trouble``, ``account``, ``program``:
    what another one did here, or ``hook``: what one wrote."""
    text: str
    """A sentence in the user's language, whichever it is when it is read."""


def add(db: Database, line: JournalEntry) -> None:
    """Add a line."""
    kept = line._replace(text=stored(line.text))
    made = db.run(statements.insert("journal", line._fields), kept).lastrowid or 0
    if made % _SPARE == 0:
        db.run("DELETE FROM journal WHERE id <= ?", (made - KEEP,))


def last_id(db: Database) -> int:
    """By which the lines from now on are told from those before; see `after`."""
    return int(db.row("SELECT ifnull(max(id), 0) FROM journal")[0])


def after(db: Database, last: int) -> list[JournalEntry]:
    """The lines that were added since `last_id` was `last`, the oldest first."""
    sql = "SELECT at, kind, text FROM journal WHERE id > ? ORDER BY id"
    return [_line(*row) for row in db.rows(sql, (last,))]


def latest(db: Database, limit: int) -> list[JournalEntry]:
    """The last `limit` lines, the newest first."""
    sql = "SELECT at, kind, text FROM journal ORDER BY id DESC LIMIT ?"
    return [_line(*row) for row in db.rows(sql, (limit,))]


def _line(at: int, kind: str, column: str) -> JournalEntry:
    text = read_stored(column)
    return JournalEntry(at, kind, text[:1].upper() + text[1:])


def kind_word(kind: str) -> str:
    """What a line of the journal is about, in the user's language; in JSON the kind stays."""
    return {
        "sent": tr("sent"),
        "received": tr("received"),
        "merged": tr("merged"),
        "refused": tr("refused"),
        "trouble": tr("trouble"),
        "account": tr("account"),
        "hook": tr("hook"),
    }.get(kind, kind)
