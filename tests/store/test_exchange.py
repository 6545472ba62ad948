"""What is remembered of the exchange with an account."""

import pytest

from tray.errors import Refused
from tray.store import (
    account,
    conflicts,
    in_flight,
    journal,
    outbox,
    quota_rows,
    references,
    remote_rows,
    removed_rows,
    resync,
    undoing,
)
from tray.store.account import ErrorState, LinkedAccount, PullPosition, SyncErrorKind
from tray.store.columns import RowValues
from tray.store.conflicts import ConflictRow
from tray.store.database import Database
from tray.store.journal import JournalEntry
from tray.store.remote_rows import RemoteRow
from tray.store.undo_log import step
from tray.tracker import entries as verbs
from tray.tracker import favourites, timer, undo
from tray.tracker.resolve import Draft

NOW = 1_795_000_000
SOMEONE = LinkedAccount("https://example.org/api/v9", "basic", "", 7, "Someone")
BIG = 2**40


@pytest.fixture
def shared(db: Database) -> Database:
    """A database with an account, and an entry that both have."""
    with db.writing():
        account.write(db, SOMEONE)
    draft = Draft("Write", "Book", tags=("deep", "early"), create_missing=True)
    verbs.add(db, draft, start=NOW - 60, stop=NOW, now=NOW)
    for table in ("project", "tag", "entry"):
        keep(db, table, 1)
    keep(db, "tag", 2)
    db.run("DELETE FROM outbox")
    return db


def keep(db: Database, table: str, row_id: int) -> None:
    base = remote_rows.image(db, table, row_id)
    assert base is not None
    remote_rows.save(db, RemoteRow(table, row_id, BIG + row_id, 5, base))


def test_an_account_is_read_as_it_was_written(db: Database) -> None:
    assert account.read(db) is None
    signed_in = SOMEONE._replace(pull=PullPosition(history_complete=True, cursor=BIG))
    account.write(db, signed_in)
    assert account.read(db) == SOMEONE._replace(
        pull=PullPosition(history_complete=True, cursor=BIG)
    )
    account.update(db, error_kind=SyncErrorKind.OFFLINE, find_deleted=True)
    assert account.read(db) == SOMEONE._replace(
        pull=PullPosition(history_complete=True, cursor=BIG, find_deleted=True),
        errors=ErrorState(error_kind=SyncErrorKind.OFFLINE),
    )


def test_the_formats_of_an_account_may_be_unknown(db: Database) -> None:
    account.write(db, SOMEONE)
    for date, first in (("DD.MM.YYYY", 0), (None, None)):
        account.update(db, date_format=date, time_format="H:mm", beginning_of_week=first)
        known = SOMEONE._replace(date_format=date, time_format="H:mm", beginning_of_week=first)
        assert account.read(db) == known


def test_a_cleared_account_leaves_what_was_tracked(shared: Database) -> None:
    timer.start(shared, Draft("New"), now=NOW)
    account.clear(shared)
    assert account.read(shared) is None
    assert outbox.count(shared) == (0, 0)
    assert remote_rows.of_row(shared, "entry", 1) is None
    assert shared.row("SELECT count(*) FROM entry") == (2,)


def test_what_is_on_the_server_too_can_be_removed(shared: Database) -> None:
    favourites.pin(shared, Draft("Pinned", "Book"), now=NOW)
    verbs.add(shared, Draft("Ours"), start=NOW - 60, stop=NOW, now=NOW)
    account.remove_shared(shared)
    assert shared.rows("SELECT description FROM entry") == [("Ours",)]
    assert shared.rows("SELECT name FROM project") == [("Book",)]
    assert undoing.undoable(shared) is None
    assert shared.rows("PRAGMA foreign_key_check") == []


def test_a_row_and_the_servers_thing_find_each_other(shared: Database) -> None:
    known = remote_rows.of_remote(shared, "entry", BIG + 1)
    assert known == remote_rows.of_row(shared, "entry", 1)
    assert remote_rows.remote_id(shared, "entry", 1) == BIG + 1
    assert remote_rows.row_ids(shared, "tag") == {BIG + 1: 1, BIG + 2: 2}
    assert remote_rows.highest(shared, "entry") == BIG + 1
    assert remote_rows.highest(shared, "client") == 0
    assert remote_rows.of_row(shared, "entry", 99) is None


def test_a_removed_row_leaves_nothing_behind(shared: Database) -> None:
    outbox.ensure(shared, "entry", 1)
    outbox.update(shared, 2, sent="{}")
    in_flight.remember_unanswered(shared, 2, at=1)
    add_conflict(shared, "description")
    removed_rows.delete(shared, "entry", [1])
    for table in ("entry", "outbox", "conflict", "unanswered_request"):
        assert shared.rows(f"SELECT * FROM {table}") == []
    assert remote_rows.of_row(shared, "entry", 1) is None


def add_conflict(db: Database, field: str, ours: str = "a") -> None:
    conflicts.add(db, ConflictRow(0, "entry", 1, field, {field: ours}, {field: "b"}, "ours", NOW))


def test_a_later_conflict_takes_the_place_of_one_that_lost_the_same(db: Database) -> None:
    add_conflict(db, "description")
    add_conflict(db, "start")
    add_conflict(db, "description", "c")
    found = conflicts.every(db)
    assert [(each.field, each.ours) for each in found] == [
        ("start", {"start": "a"}),
        ("description", {"description": "c"}),
    ]
    conflicts.settle(db, found[0].id)
    assert len(conflicts.every(db)) == 1


def test_a_conflict_that_lost_something_else_stays_beside_a_later_one(db: Database) -> None:
    for lost in ("b", "d", "b"):
        theirs: RowValues = {"description": lost}
        row = ConflictRow(0, "entry", 1, "description", {"description": "a"}, theirs, "ours", NOW)
        conflicts.add(db, row)
    assert [each.theirs["description"] for each in conflicts.every(db)] == ["d", "b"]


def test_the_journal_keeps_the_latest_lines(db: Database) -> None:
    with db.writing():
        for number in range(journal.KEEP + 450):
            journal.add(db, JournalEntry(number, "sent", f"{number}"))
    (count,) = db.row("SELECT count(*) FROM journal")
    assert journal.KEEP <= count < journal.KEEP + 250
    assert [line.at for line in journal.latest(db, 2)] == [journal.KEEP + 449, journal.KEEP + 448]


def test_a_bucket_is_read_as_it_was_kept(db: Database) -> None:
    quota_rows.write(db, "user", ("user", 30, 29, NOW))
    quota_rows.write(db, "user", ("user", 30, 28, NOW))
    assert quota_rows.read_all(db) == {"user": ["user", 30, 28, NOW]}


def test_a_thing_that_is_gone_is_taken_off_rows_and_bases(shared: Database) -> None:
    favourites.pin(shared, Draft("Pinned", "Book", tags=("deep",)), now=NOW)
    references.drop(shared, "entry", "project_id", 1)
    references.drop(shared, "favourite", "project_id", 1)
    references.drop_tag(shared, 1)
    known = remote_rows.of_row(shared, "entry", 1)
    assert known is not None
    assert known.base == remote_rows.image(shared, "entry", 1)
    assert (known.base["project_id"], known.base["tag_ids"]) == (None, "[2]")
    assert shared.row("SELECT project_id, tag_ids FROM favourite") == (None, "[]")


def test_a_thing_of_the_same_name_is_found_where_names_are_unique(shared: Database) -> None:
    with step(shared, "make", now=NOW) as current:
        current.insert("client", {"workspace_id": 1, "name": "Straße"})
        current.insert(
            "project", {"workspace_id": 1, "name": "Draft", "client_id": 1, "colour": "#525266"}
        )
    image: RowValues = {"workspace_id": 1, "name": "STRASSE", "client_id": None}
    assert references.unclaimed(shared, "client", image) == 1
    assert references.unclaimed(shared, "project", {**image, "name": "draft"}) is None
    found = references.unclaimed(shared, "project", {**image, "name": "draft", "client_id": 1})
    assert found == 2
    assert references.unclaimed(shared, "project", {**image, "name": "Book"}) is None  # is known


def test_an_undo_leaves_a_tag_that_others_use_since(shared: Database) -> None:
    timer.start(shared, Draft("New", tags=("shared",)), now=NOW)
    remote_rows.insert(
        shared,
        "entry",
        {"workspace_id": 1, "tag_ids": "[3]", "start": NOW, "stop": NOW, "description": "Theirs"},
    )
    undo.undo(shared)
    assert shared.rows("SELECT name FROM tag WHERE id = 3") == [("shared",)]
    assert shared.row("SELECT count(*) FROM entry WHERE description = 'New'") == (0,)


def test_an_undo_brings_no_tag_back_that_is_gone(shared: Database) -> None:
    verbs.delete(shared, [1], now=NOW)
    removed_rows.delete(shared, "tag", [1])
    with pytest.raises(Refused, match="changed since"):
        undo.undo(shared)


def test_a_copy_that_may_be_old_is_looked_up_before_anything_is_sent(shared: Database) -> None:
    timer.start(shared, Draft("New"), now=NOW)
    verbs.edit(shared, [1], {"description": "Changed"}, now=NOW)
    item = next(item for item in outbox.items(shared, "waiting") if item.row_id == 2)
    outbox.update(shared, item.id, sent='{"start": 1}')
    in_flight.remember_create(shared, item.id, at=1, maybe_repeated=True)
    shared.run("DELETE FROM tag WHERE id = 2")
    with shared.writing():
        resync.look_before_sending(shared)
    states = {item.row_id: item.state for item in outbox.items(shared, "waiting", "unknown")}
    assert states == {1: "waiting", 2: "unknown"}
    assert remote_rows.of_row(shared, "tag", 2) is None
    assert in_flight.creates_with_start(shared, 1) == []
    found = account.read(shared)
    assert found is not None
    assert (found.pull.history_complete, found.pull.find_deleted, found.pull.catalogue_read_at) == (
        False,
        True,
        None,
    )


def test_what_was_sent_is_known_again_for_some_time(shared: Database) -> None:
    outbox.ensure(shared, "entry", 1)
    (item,) = outbox.items(shared, "waiting")
    outbox.update(shared, item.id, sent='{"start": 50}', remote_id_above=BIG)
    in_flight.remember_create(shared, item.id, at=9, maybe_repeated=False)
    (made,) = in_flight.creates_with_start(shared, 50)
    assert (made.row_id, made.remote_id_above, made.at, made.maybe_repeated) == (1, BIG, 9, False)
    assert in_flight.creates_with_start(shared, 51) == []
    in_flight.remember_unanswered(shared, item.id, at=100)
    ((echo, told),) = in_flight.unanswered(shared, "entry", 1, since=100)
    assert told == {"start": 50}
    in_flight.forget_unanswered(shared, echo)
    outbox.update(shared, item.id, sent=None)
    in_flight.remember_unanswered(shared, item.id, at=100)
    assert [told for _, told in in_flight.unanswered(shared, "entry", 1, since=0)] == [None]
    assert in_flight.unanswered(shared, "entry", 1, since=101) == []
