from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray.errors import NotFound
from tray.model.entities import TimeEntry, What
from tray.model.limits import MAX_SECONDS
from tray.store import entries
from tray.store.database import Database

T: Final = 1_760_000_000
HOUR: Final = 3600


def put(db: Database, start: int, stop: int | None = None, description: str = "") -> int:
    """Store an entry; return its id. Times count from T."""
    values = {
        **entries.values_of(What(1, description)),
        "start": T + start,
        "stop": None if stop is None else T + stop,
    }
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO entry ({', '.join(values)}) VALUES ({marks})"
    return db.run(sql, tuple(values.values())).lastrowid or 0


def ids(found: list[TimeEntry]) -> list[int]:
    return [entry.id for entry in found]


def test_an_entry_comes_back_as_it_was_put(db: Database) -> None:
    db.run("INSERT INTO project (workspace_id, name, colour) VALUES (1, 'Web', '#0b83d9')")
    db.run("INSERT INTO task (project_id, name) VALUES (1, 'Design')")
    what = What(1, "Report", 1, 1, (2, 11), True)
    values = {**entries.values_of(what), "start": T, "stop": T + 5}
    names = ", ".join(values)
    db.run(f"INSERT INTO entry ({names}) VALUES (?,?,?,?,?,?,?,?)", tuple(values.values()))
    assert entries.get(db, 1) == TimeEntry(1, 1, "Report", 1, 1, (2, 11), True, T, T + 5)
    assert entries.get(db, 1).what == what


@pytest.mark.parametrize("missing", [0, -1, 2, 2**63, 10**40])
def test_an_entry_that_is_not_there(db: Database, missing: int) -> None:
    put(db, 0)
    with pytest.raises(NotFound, match=rf"no entry {missing}\.") as caught:
        entries.get(db, missing)
    assert caught.value.kind == "entry"


@pytest.mark.parametrize(
    ("given_ids", "text", "back"),
    [((), "[]", ()), ([3], "[3]", (3,)), ((10, 9, 10, 2), "[2,9,10]", (2, 9, 10))],
)
def test_ids_are_stored_in_order_without_repeats(
    given_ids: tuple[int, ...], text: str, back: tuple[int, ...]
) -> None:
    assert entries.ids_to(given_ids) == text
    assert entries.ids_from(text) == back


def test_what_runs(db: Database) -> None:
    put(db, 0, 10)
    assert entries.running(db) is None
    current = put(db, 5)
    found = entries.running(db)
    assert found is not None
    assert found.id == current


def test_the_latest_is_the_one_that_started_last(db: Database) -> None:
    assert entries.latest(db) is None
    put(db, 0, 100)
    put(db, 50, 60)
    last = put(db, 50, 55)
    put(db, 20, 90)
    found = entries.latest(db)
    assert found is not None
    assert found.id == last


def test_the_latest_until_a_moment(db: Database) -> None:
    first, second = put(db, 0, 100), put(db, 50, 60)
    assert [
        found and found.id
        for found in (entries.latest(db, until=T + moment) for moment in (-1, 0, 49, 50, 99))
    ] == [None, first, first, second, second]


def test_lists_are_newest_first(db: Database) -> None:
    one, two, three, four = put(db, 0, 5), put(db, 10, 15), put(db, 10, 12), put(db, 20)
    assert ids(entries.newest(db, 3)) == [four, three, two]
    assert ids(entries.starting_between(db, T, T + 20)) == [three, two, one]
    assert ids(entries.starting_between(db, T + 20, T + 21)) == [four]
    assert ids(list(entries.everything(db))) == [one, two, three, four]


def test_a_search_takes_the_text_literally(db: Database) -> None:
    plain, percent = put(db, 0, 5, "Report done"), put(db, 1, 5, "100% of a_b \\ it")
    assert ids(list(entries.containing(db, "REPORT", 9))) == [plain]
    for text in ("%", "_", "\\", "a_b", "100%"):
        assert ids(list(entries.containing(db, text, 9))) == [percent]
    assert ids(list(entries.containing(db, "", 1))) == [percent]
    assert ids(list(entries.containing(db, "", -1))) == [percent, plain]
    assert list(entries.containing(db, "absent", 9)) == []


def test_several_are_found_by_their_ids(db: Database) -> None:
    one, two, three = put(db, 0, 5), put(db, 1, 5), put(db, 2, 5)
    assert sorted(ids(entries.by_ids(db, [three, one, 99, one]))) == [one, three]
    assert entries.by_ids(db, []) == []
    assert two not in ids(entries.by_ids(db, [one]))


def test_spans_are_those_that_have_a_part_there_newest_first(db: Database) -> None:
    one, two, three, runs = put(db, 0, 5), put(db, 10, 15), put(db, 10, 12), put(db, 20)
    moment = put(db, 7, 7)

    def found(begin: int, end: int) -> list[int]:
        spans = entries.spans_between(db, T + begin, T + end, now=T + 30)
        return [span.id for span in spans]

    spans = list(entries.spans_between(db, T, T + 20, now=T + 30))
    assert [span[:3] for span in spans[:2]] == [
        (T + 10, T + 12, three),
        (T + 10, T + 15, two),
    ]
    assert spans[0].what == spans[1].what, "the same was done"
    assert found(0, 30) == [runs, three, two, moment, one]
    assert found(4, 12) == [three, two, moment, one]
    assert found(5, 10) == [moment]
    assert found(12, 20) == [two]
    assert found(29, 40) == [runs]
    assert found(30, 40) == []
    assert found(25, 25) == []


def test_keys_are_those_that_fit_each_word(db: Database) -> None:
    db.run("INSERT INTO project (workspace_id, name, colour) VALUES (1, 'Web', '#0b83d9')")
    db.run("INSERT INTO task (project_id, name) VALUES (1, 'Plan')")
    plain, percent = put(db, 0, 5, "Write report"), put(db, 1, 5, "100% of it")
    full = put(db, 2, 5, "Report")
    db.run("UPDATE entry SET project_id = 1, task_id = 1, tag_ids = '[2,11]' WHERE id = ?", (full,))

    def found(*conditions: entries.Condition) -> list[int]:
        spans = entries.spans_between(db, T, T + 9, now=T + 9, conditions=conditions)
        return [span.id for span in spans]

    assert found(entries.Condition(("REPORT",))) == [full, plain]
    assert found(entries.Condition(("report",)), entries.Condition(("write",))) == [plain]
    assert found(entries.Condition(("write", "%"))) == [percent, plain]
    assert found(entries.Condition(("write",), project_ids=(9, 1))) == [full, plain]
    assert found(entries.Condition((), task_ids=(1,))) == [full]
    assert found(entries.Condition((), tag_ids=(11, 3))) == [full]
    assert found(entries.Condition((), tag_ids=(1,))) == []
    assert found(entries.Condition(())) == []


def test_who_overlaps_is_listed_oldest_first_the_running_one_too(db: Database) -> None:
    inside, current, before = put(db, 30, 31), put(db, 20), put(db, 0, 12)
    put(db, 0, 10), put(db, 40, 50), put(db, 5, 5)
    assert ids(entries.overlapping(db, T + 10, T + 40)) == [before, current, inside]
    assert ids(entries.overlapping(db, T + 12, T + 20)) == []


def test_the_longest_entry_is_found_from_its_end(db: Database) -> None:
    longest = put(db, 0, MAX_SECONDS)
    last = T + MAX_SECONDS - 1
    assert ids(entries.overlapping(db, last, last + 9)) == [longest]
    assert entries.seconds_between(db, last, last + 9, now=last) == 1


def test_a_forgotten_running_entry_counts_however_old(db: Database) -> None:
    put(db, 0)
    now = T + 3 * MAX_SECONDS
    assert entries.seconds_between(db, now - HOUR, now + HOUR, now=now) == HOUR


def test_with_the_clock_set_back_the_running_entry_counts_nothing(db: Database) -> None:
    put(db, 100)
    assert entries.seconds_between(db, T, T + 1_000, now=T + 50) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=8),
    st.none() | st.integers(0, 60),
    st.tuples(st.integers(0, 90), st.integers(0, 90)).map(sorted),
)
def test_totals_and_overlaps_equal_counting_second_by_second(
    db: Database, stretches: list[tuple[int, int]], runs_from: int | None, window: list[int]
) -> None:
    begin, end = (T + each for each in window)
    now = T + 70
    db.run("DELETE FROM entry")
    for start, length in stretches:
        put(db, start, start + length)
    if runs_from is not None:
        put(db, runs_from)
    everything = list(entries.everything(db))
    counted = [
        sum(begin <= second < end for second in range(entry.start, entry.stop or now))
        for entry in everything
    ]
    assert entries.seconds_between(db, begin, end, now=now) == sum(counted)
    others = (T + 10, T + 40), (T + 65, T + 80)
    alone = tuple(entries.seconds_between(db, *each, now=now) for each in others)
    assert entries.totals_of(db, others[0], (begin, end), others[1], now=now) == (
        alone[0],
        sum(counted),
        alone[1],
    )
    overlapping = [
        entry
        for entry in everything
        if entry.start < end and (entry.stop is None or entry.stop > begin)
    ]
    assert entries.overlapping(db, begin, end) == overlapping
    longest = max((entry.seconds(T + HOUR) for entry in overlapping), default=0)
    assert entries.longest(db, begin, end, now=T + HOUR) == longest
