"""What has to be told: noted with each change, once for each row, in the order to be told."""

from sqlite3 import IntegrityError

import pytest

from tray.store import account, outbox, remote_rows
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.store.remote_rows import RemoteRow
from tray.store.undo_log import step

NOW = 1_795_000_000
TEN = "INSERT INTO entry (workspace_id, start, stop) VALUES (1, ?, ?)"


@pytest.fixture
def shared(db: Database) -> Database:
    """A database with an account."""
    with db.writing():
        account.write(db, LinkedAccount("https://example.org/api/v9", "basic", "", 7, "Someone"))
    return db


def make(db: Database, table: str = "entry", **values: object) -> int:
    given: dict[str, object] = {"start": 1, "stop": 2} if table == "entry" else {"name": "a"}
    with step(db, "make", now=NOW) as current:
        return current.insert(table, {"workspace_id": 1, **given, **values})


def noted(db: Database) -> list[tuple[str, int, str]]:
    rows = db.rows("SELECT of_table, row_id, state FROM outbox ORDER BY id")
    return [(table, row_id, state) for table, row_id, state in rows]


def test_nothing_is_noted_without_an_account(db: Database) -> None:
    make(db)
    assert noted(db) == []


def test_every_kind_of_change_is_noted_once_for_each_row(shared: Database) -> None:
    row_id = make(shared)
    with step(shared, "edit", now=NOW) as current:
        current.update("entry", row_id, {"description": "new"})
    with step(shared, "delete", now=NOW) as current:
        current.delete("entry", row_id)
    assert noted(shared) == [("entry", row_id, "waiting")]


def test_a_step_that_fails_notes_nothing(shared: Database) -> None:
    with pytest.raises(IntegrityError):
        make(shared, workspace_id=99)
    assert noted(shared) == []


def test_what_stays_on_this_computer_is_not_noted(shared: Database) -> None:
    shared.run("INSERT INTO local_only (of_table, row_id) VALUES ('entry', 1)")
    make(shared)
    assert noted(shared) == []


def test_favourites_are_ours_alone(shared: Database) -> None:
    with step(shared, "pin", now=NOW) as current:
        current.insert("favourite", {"workspace_id": 1, "position": 1})
    assert noted(shared) == []


@pytest.mark.parametrize(
    ("state", "attempts", "after"),
    [
        ("waiting", 0, "waiting"),
        ("sending", 0, "sending"),
        ("unknown", 1, "unknown"),
        ("gone", 0, "gone"),
        ("refused", 0, "waiting"),
        ("refused", 3, "unknown"),  # it may have arrived before it was refused
    ],
)
def test_a_further_change_of_what_was_noted(
    shared: Database, state: outbox.State, attempts: int, after: str
) -> None:
    row_id = make(shared)
    outbox.update(shared, 1, state=state, attempts=attempts, error="why", field="what")
    with step(shared, "edit", now=NOW) as current:
        current.update("entry", row_id, {"description": "new"})
    assert noted(shared) == [("entry", row_id, after)]
    item = outbox.of(shared, "entry", row_id)
    assert item is not None
    assert (item.error, item.field) == (None, None)


def test_changes_are_told_in_their_order_but_new_tags_last(shared: Database) -> None:
    make(shared, "tag", name="new")
    make(shared, "tag", name="known")
    remote_rows.save(shared, RemoteRow("tag", 2, 2**40, 0, {"name": "known"}))
    make(shared, "client")
    make(shared)
    assert [(item.table, item.row_id) for item in outbox.due(shared, NOW)] == [
        ("tag", 2),
        ("client", 1),
        ("entry", 1),
        ("tag", 1),
    ]


def test_any_number_is_due_and_what_waits_is_not(shared: Database) -> None:
    shared.run_many(TEN, [(number, number + 1) for number in range(230)])
    with shared.writing():
        outbox.add_after(shared, "entry", 0)
    outbox.update(shared, 7, next_at=NOW + 60)
    outbox.update(shared, 8, state="refused")
    due = [item.id for item in outbox.due(shared, NOW)]
    assert sorted(due) == [number for number in range(1, 231) if number not in (7, 8)]
    assert outbox.next_due(shared, NOW) == NOW + 60
    assert outbox.count(shared) == (229, 1)


def test_a_wait_without_end_is_the_clocks_fault(shared: Database) -> None:
    make(shared)
    outbox.update(shared, 1, next_at=NOW + 50 * 3600)
    assert [item.id for item in outbox.due(shared, NOW)] == [1]
    assert outbox.next_due(shared, NOW) is None
    outbox.update(shared, 1, state="unknown", sent="{}")
    assert outbox.next_lookup_at(shared, NOW) == 0


def test_what_may_have_been_there_before_can_be_kept_here(shared: Database) -> None:
    make(shared, start=50, stop=60)
    make(shared, start=70, stop=80)
    assert outbox.first_unverified_start(shared) is None
    outbox.update(shared, 1, state="unknown")
    outbox.update(shared, 2, state="unknown", sent="{}")
    assert outbox.first_unverified_start(shared) == 50
    assert outbox.count_unverified(shared, before=None) == 1
    assert outbox.keep_unverified_local(shared, before=50) == 0
    assert outbox.keep_unverified_local(shared, before=51) == 1
    assert noted(shared) == [("entry", 2, "unknown")]
    assert shared.rows("SELECT row_id FROM local_only") == [(1,)]
