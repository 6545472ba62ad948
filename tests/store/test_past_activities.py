"""The counts behind suggestions, which triggers keep: they agree with the entries."""

from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray.model.entities import What
from tray.model.suggest import best_first
from tray.store import entries, past_activities
from tray.store.database import Database

T: Final = 1_760_000_000
WHAT: Final = "workspace_id, description, project_id, task_id, tag_ids, billable"
SLOTS: Final = range(8)

whats = st.builds(
    What,
    workspace_id=st.just(1),
    description=st.sampled_from(["a", "b"]),
    project_id=st.none() | st.just(1),
    task_id=st.none() | st.just(1),
    tag_ids=st.sampled_from([(), (1,), (1, 2)]),
    billable=st.booleans(),
)
starts = st.integers(T, T + 3 * 86_400)
rows = st.tuples(whats, starts)


def counted(db: Database) -> list[tuple[object, ...]]:
    slots = ", ".join(f"slot_{number}" for number in SLOTS)
    return db.rows(f"SELECT {WHAT}, uses, last_used, {slots} FROM past_activity ORDER BY {WHAT}")


def recounted(db: Database) -> list[tuple[object, ...]]:
    slots = ", ".join(f"sum(start / 10800 % 8 = {number})" for number in SLOTS)
    sql = f"SELECT {WHAT}, count(*), max(start), {slots} FROM entry GROUP BY {WHAT} ORDER BY {WHAT}"
    return db.rows(sql)


def columns(what: What, start: int) -> dict[str, object]:
    return {**entries.values_of(what), "start": start, "stop": start}


def insert(db: Database, what: What, start: int) -> None:
    values = columns(what, start)
    marks = ", ".join("?" * len(values))
    db.run(f"INSERT INTO entry ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def update(db: Database, what: What, start: int, *, number: int) -> None:
    values = columns(what, start)
    sets = ", ".join(f"{column} = ?" for column in values)
    nth = "(SELECT id FROM entry ORDER BY id LIMIT 1 OFFSET ?)"
    db.run(f"UPDATE entry SET {sets} WHERE id = {nth}", (*values.values(), number))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(rows, min_size=1, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), rows), max_size=6),
    st.lists(st.integers(1, 9), max_size=9),
)
def test_what_was_done_is_counted_whatever_becomes_of_the_entries(
    db: Database,
    made: list[tuple[What, int]],
    changed: list[tuple[int, tuple[What, int]]],
    gone: list[int],
) -> None:
    db.run("DELETE FROM entry")
    db.run("INSERT OR IGNORE INTO project (id, workspace_id, name, colour) VALUES (1, 1, '', '')")
    db.run("INSERT OR IGNORE INTO task (id, project_id, name) VALUES (1, 1, '')")
    assert counted(db) == []
    for what, start in made:
        insert(db, what, start)
    assert counted(db) == recounted(db)
    for number, (what, start) in changed:
        update(db, what, start, number=number)
    assert counted(db) == recounted(db)
    for number in gone:
        db.run("DELETE FROM entry WHERE id % 9 + 1 = ?", (number,))
    assert counted(db) == recounted(db)


def test_a_stop_changes_no_count(db: Database) -> None:
    insert(db, What(1, "a"), T)
    before = db.rows("SELECT * FROM past_activity")
    db.run("UPDATE entry SET stop = stop + 60")
    assert db.rows("SELECT * FROM past_activity") == before != []


def test_suggestions_get_what_was_done_and_not_what_says_nothing(db: Database) -> None:
    db.run("INSERT INTO project (id, workspace_id, name, colour) VALUES (1, 1, '', '')")
    named, of_project = What(1, "a", tag_ids=(1, 2), billable=True), What(1, project_id=1)
    for what, start in ((named, T), (named, T + 10_800), (of_project, T), (What(1), T)):
        insert(db, what, start)
    slot = T // 10_800 % 8
    found = sorted(past_activities.best_first(db), key=lambda each: each.uses)
    assert [(each.what, each.uses, each.last_used) for each in found] == [
        (of_project, 1, T),
        (named, 2, T + 10_800),
    ]
    assert [each.slots[slot] for each in found] == [1, 1]
    assert [sum(each.slots) for each in found] == [1, 2]
    assert [each.keys for each in found] == ["", ""]


def test_pinyin_is_worked_out_once(db: Database) -> None:
    insert(db, What(1, "写报告"), T)
    insert(db, What(1, "report"), T)
    assert past_activities.work_out_keys(db) == 1
    assert past_activities.work_out_keys(db) == 0
    keys = {each.what.description: each.keys for each in past_activities.best_first(db)}
    assert "xiebaogao" in keys["写报告"].replace(" ", "")
    assert keys["report"] == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(T, T + 90 * 86_400)), max_size=8))
def test_what_was_done_comes_best_first(db: Database, done: list[tuple[int, int]]) -> None:
    db.run("DELETE FROM entry")
    for number, (uses, start) in enumerate(done):
        for _ in range(uses):
            insert(db, What(1, f"thing {number % 5}"), start)
    rows = [*past_activities.best_first(db)]
    assert len(rows) == len({number % 5 for number in range(len(done))})
    assert rows == best_first(rows[::-1])


def test_much_pinyin_is_stored_in_many_transactions(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_activities, "_AT_ONCE", 3)
    for number in range(10):
        insert(db, What(1, f"写报告{number}"), T)
    ended: list[Database] = []
    db.before_commit = ended.append
    assert past_activities.work_out_keys(db) == 10
    assert len(ended) == 4
    assert all(each.keys for each in past_activities.best_first(db))
