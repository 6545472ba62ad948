"""Changes are kept for whoever asks what is new, and cost nothing while nobody does."""

import time

from tray.store import entry_changes, resync
from tray.store.database import Database
from tray.tracker import entries
from tray.tracker.resolve import Draft

NOW = 1_795_000_000


def add(db: Database, text: str, *, at: int = NOW) -> int:
    made = entries.add(db, Draft(text), start=at, stop=at + 60, now=NOW + 60).entry
    assert made is not None
    return made.id


def kept(db: Database) -> list[tuple[int, bool]]:
    rows = db.rows("SELECT entry_id, deleted IS NOT NULL FROM entry_change ORDER BY 1")
    return [(row_id, bool(gone)) for row_id, gone in rows]


def changed(db: Database, since: int) -> set[tuple[int, bool]]:
    return {(each.entry.id, each.deleted) for each in entry_changes.changed_since(db, since)}


def test_nothing_is_kept_while_nobody_asks(db: Database) -> None:
    first = add(db, "one")
    entries.delete(db, [first], now=NOW)
    assert kept(db) == []


def test_what_is_changed_is_kept_from_then_on_and_no_longer_than_wanted(db: Database) -> None:
    before, gone = add(db, "before"), add(db, "gone")
    entry_changes.keep(db)
    entries.delete(db, [gone], now=NOW)
    new = add(db, "new")
    assert kept(db) == [(gone, True), (new, False)]
    entry_changes.keep(db)
    assert kept(db) == [(gone, True), (new, False)], "it is only renewed"
    entry_changes.stop_keeping(db)
    entries.delete(db, [before], now=NOW)
    assert kept(db) == []


def test_it_ends_by_itself_some_time_after_somebody_asked(db: Database) -> None:
    entry_changes.keep(db)
    new = add(db, "new")
    db.run("UPDATE kept_changes SET until = unixepoch()")
    entries.delete(db, [new], now=NOW)
    assert kept(db) == [(new, False)]
    entry_changes.prune(db)
    assert kept(db) == []


def test_what_is_too_old_is_forgotten(db: Database) -> None:
    entry_changes.keep(db)
    old, new = add(db, "old"), add(db, "new")
    entries.delete(db, [old], now=NOW)
    too_old = int(time.time()) - entry_changes.OLDEST_SECONDS - 1
    db.run("UPDATE entry_change SET at = ? WHERE entry_id = ?", (too_old, old))
    entry_changes.prune(db)
    assert kept(db) == [(new, False)]


def test_steps_tell_what_was_changed_before_changes_were_kept(db: Database) -> None:
    old = add(db, "old", at=NOW - 1_000_000)
    edited = add(db, "edited", at=NOW - 1_000_000)
    db.run("UPDATE step SET at = ?", (NOW - 900_000,))
    entries.edit(db, [edited], {"description": "other"}, now=NOW)
    assert changed(db, NOW - 10) == {(edited, False)}
    entry_changes.keep(db)
    assert changed(db, NOW - 10) == {(edited, False)}
    assert old not in {row_id for row_id, _ in changed(db, NOW - 10)}


def test_a_copy_that_was_put_back_keeps_anew(db: Database) -> None:
    entry_changes.keep(db)
    db.run("UPDATE kept_changes SET since = 5")
    with db.writing():
        resync.look_before_sending(db)
    assert db.row("SELECT since > 5 FROM kept_changes") == (1,)
