"""The grid of a week: rows by project or task, and cells that add up to what was tracked."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tray.model.days import Calendar
from tray.model.durations import DAY, HOUR, MINUTE
from tray.model.entities import TimeEntry
from tray.model.sheet_rows import SheetKey, SheetRow, sheet_rows
from tray.model.week import week_days

MONDAY = date(2026, 3, 2)
ZERO = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())


def entry(start: int, stop: int | None, project: int | None, task: int | None = None) -> TimeEntry:
    return TimeEntry(1, 1, "", project, task, (), False, ZERO + start, stop and ZERO + stop)


def rows(*entries: TimeEntry, by_task: bool = False) -> tuple[SheetRow, ...]:
    return sheet_rows(entries, MONDAY, Calendar(UTC), by_task=by_task, now=ZERO + 2 * DAY)


def test_each_project_has_a_row_the_first_of_the_week_on_top() -> None:
    found = rows(
        entry(DAY + HOUR, DAY + 3 * HOUR, 1),
        entry(HOUR, 2 * HOUR, 2),
        entry(4 * HOUR, 5 * HOUR, 1, 7),
        entry(6 * HOUR, 8 * HOUR, None),
    )
    assert [row.key for row in found] == [SheetKey(2), SheetKey(1), SheetKey()]
    assert found[1].seconds == (HOUR, 2 * HOUR, 0, 0, 0, 0, 0)


def test_each_task_has_a_row_if_that_is_wanted() -> None:
    found = rows(entry(0, HOUR, 1, 7), entry(HOUR, 2 * HOUR, 1), by_task=True)
    assert [row.key for row in found] == [SheetKey(1, 7), SheetKey(1)]


def test_what_runs_counts_up_to_now() -> None:
    assert rows(entry(DAY, None, 1))[0].seconds[:3] == (0, DAY, 0)


@given(
    st.lists(
        st.tuples(st.integers(-600, 11_000), st.integers(0, 900), st.integers(1, 4)), max_size=12
    ),
    st.booleans(),
)
def test_it_adds_up_to_the_days_of_the_week(
    spans: list[tuple[int, int, int]], by_task: bool
) -> None:
    calendar, now = Calendar(UTC), ZERO + 30 * DAY
    entries = [
        entry(start * MINUTE, (start + length) * MINUTE or 1, project, project % 2 or None)
        for start, length, project in spans
        if start + length > 0 and length
    ]
    found = sheet_rows(entries, MONDAY, calendar, by_task=by_task, now=now)
    days = week_days(entries, MONDAY, calendar, now=now)
    sums = [sum(row.seconds[at] for row in found) for at in range(7)]
    assert sums == [day.seconds for day in days]
