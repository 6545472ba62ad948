"""The numbers of reports agree with a plain second calculation, however they are read."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store import plain_reports
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.filters import Criterion, DayRange, FilterKind
from tray.model.reports.report_definition import (
    Direction,
    Grouping,
    LengthRounding,
    MidnightRule,
    ReportDefinition,
    RoundedThing,
)
from tray.model.reports.report_groups import ReportGroup
from tray.model.reports.time_slices import Key
from tray.store import catalogue, day_totals, entries
from tray.store.database import Database
from tray.store.report_reading import day_begins
from tray.store.time_report import ReportReader, ReportWish

BERLIN: Final = ZoneInfo("Europe/Berlin")
ZONES: Final = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
EDGES: Final = (
    *((2026, 3, 27), (2026, 3, 29), (2026, 10, 24), (2026, 11, 1), (2026, 4, 4), (2026, 12, 31)),
)
"""Around the changes of clocks in those zones, and a new year."""
LEVELS: Final = list(Grouping)


def add(db: Database, rows: list[TimeEntry]) -> None:
    db.run("DELETE FROM entry")
    db.run_many(
        "INSERT INTO entry (workspace_id, description, project_id, task_id, tag_ids, billable, "
        "start, stop) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                each.description,
                each.project_id,
                each.task_id,
                entries.ids_to(each.tag_ids),
                each.billable,
                each.start,
                each.stop,
            )
            for each in rows
        ],
    )


def make_names(db: Database) -> None:
    """Projects 1 and 2 of client 7, 3 of client 8, 4 of none; a task of the first; three tags."""
    with db.writing():
        db.run_many(
            "INSERT INTO client (id, workspace_id, name) VALUES (?, 1, ?)", [(7, "A"), (8, "B")]
        )
        db.run_many(
            "INSERT INTO project (id, workspace_id, name, client_id, colour) "
            "VALUES (?, 1, ?, ?, '')",
            [(1, "One", 7), (2, "Two", 7), (3, "Three", 8), (4, "Four", None)],
        )
        db.run("INSERT INTO task (id, project_id, name) VALUES (1, 1, 'Task')")
        db.run_many(
            "INSERT INTO tag (id, workspace_id, name) VALUES (?, 1, ?)",
            [(1, "t1"), (2, "t2"), (3, "t3")],
        )


@st.composite
def histories(draw: st.DrawFn) -> list[TimeEntry]:
    found = []
    for number in range(draw(st.integers(1, 12))):
        day = datetime(*draw(st.sampled_from(EDGES)), tzinfo=ZoneInfo("UTC"))
        start = int(day.timestamp()) + draw(st.integers(-30, 60)) * 3_600
        start += draw(st.sampled_from([0, 0, 1, 1_800, 2_700, 3_599]))
        length = draw(st.sampled_from([0, 1, 59, 600, 3_600, 5_400, 26_000, 90_000, 400_000]))
        project = draw(st.sampled_from([None, 1, 2, 3, 4]))
        task = 1 if project == 1 and draw(st.booleans()) else None
        tags = draw(st.sampled_from([(), (1,), (2,), (1, 2), (1, 2, 3)]))
        what = draw(st.sampled_from(["", "a", "写"])), project, task, tags, draw(st.booleans())
        found.append(TimeEntry(number + 1, 1, *what, start, start + length))
    return found


roundings = st.none() | st.builds(
    LengthRounding,
    st.sampled_from([1, 6, 15, 240]),
    st.sampled_from(list(Direction)),
    st.sampled_from(list(RoundedThing)),
)
bys = st.sampled_from([*((one,) for one in LEVELS), *combinations(LEVELS, 2)]) | st.tuples(
    st.sampled_from(LEVELS), st.sampled_from(LEVELS)
).filter(lambda pair: pair[0] is not pair[1])
spans = st.sampled_from([*EDGES, (2026, 3, 1)]).flatmap(
    lambda first: st.integers(0, 40).map(lambda more: (date(*first), more))
)


def leaves(
    groups: tuple[ReportGroup, ...], above: tuple[Key, ...] = ()
) -> Iterator[tuple[tuple[Key, ...], int]]:
    for group in groups:
        if group.groups:
            assert group.seconds == sum(each.seconds for each in group.groups)
            assert group.billable_seconds == sum(each.billable_seconds for each in group.groups)
            yield from leaves(group.groups, (*above, group.key))
        else:
            yield (*above, group.key), group.seconds


def reader(
    db: Database,
    definition: ReportDefinition,
    calendar: Calendar,
    rule: MidnightRule = MidnightRule.SPLIT,
    now: int = 1_795_000_000,
) -> ReportReader:
    return ReportReader(db, ReportWish(definition, calendar, rule, now), catalogue.names(db))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    histories(),
    bys,
    spans,
    st.sampled_from(ZONES),
    st.sampled_from([0, 4]),
    st.sampled_from(list(MidnightRule)),
    roundings,
    st.booleans(),
)
def test_every_report_is_as_worked_out_by_hand(
    db: Database,
    history: list[TimeEntry],
    by: tuple[Grouping, ...],
    span: tuple[date, int],
    zone: str,
    day_start_hour: int,
    rule: MidnightRule,
    rounding: LengthRounding | None,
    kept: bool,
) -> None:
    if not catalogue.projects(db):
        make_names(db)
    calendar = Calendar(ZoneInfo(zone), day_start_hour, 6)
    days = DayRange(span[0], date.fromordinal(span[0].toordinal() + span[1]))
    if kept:
        day_totals.keep(db, day_begins(days, calendar), lambda _: None)
    add(db, history)
    text = f"{days.first}..{days.last}"
    report = reader(db, ReportDefinition(text, by=by, rounding=rounding), calendar, rule).report()
    expected = plain_reports.rows(
        history, days, by, calendar=calendar, rule=rule, rounding=rounding
    )
    assert dict(leaves(report.grouped.groups)) == expected
    rows = sum(group.seconds for group in report.grouped.groups)
    assert rows == report.total.seconds + report.grouped.counted_again
    once = plain_reports.rows(history, days, (), calendar=calendar, rule=rule)
    assert report.unrounded_total.seconds == sum(once.values())
    other = next(each for each in MidnightRule if each is not rule)
    differs = sum(plain_reports.rows(history, days, (), calendar=calendar, rule=other).values())
    shown = report.difference.seconds if report.difference else report.unrounded.seconds
    assert shown == differs


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp())


def trial() -> list[TimeEntry]:
    """A week with the clocks set forward in it, entries over midnight, and one of no length."""
    spans = [
        ("2026-03-22 23:30", "2026-03-23 00:30", 1, ()),
        ("2026-03-23 23:30", "2026-03-24 00:45", 1, ()),
        ("2026-03-24 00:50", "2026-03-24 01:00", 1, ()),
        ("2026-03-25 09:00", "2026-03-25 09:00", 1, ()),
        ("2026-03-25 10:00", "2026-03-25 11:00:59", 2, (1, 2)),
        ("2026-03-25 12:00", "2026-03-25 12:00:10", None, ()),
        *((f"2026-03-26 {at}:00", f"2026-03-26 {at}:20", 3, ()) for at in (10, 11, 12)),
        ("2026-03-29 01:30", "2026-03-29 03:30", 1, ()),
        ("2026-03-29 23:30", "2026-03-30 01:00", 1, ()),
        ("2026-03-30 09:00", "2026-03-30 10:00", 1, ()),
        ("2026-10-25 01:30", "2026-10-25 03:30", 1, ()),
    ]
    return [
        TimeEntry(
            at, 1, "", project, None, tags, billable=project == 3, start=moment(a), stop=moment(b)
        )
        for at, (a, b, project, tags) in enumerate(spans, start=1)
    ]


WEEK: Final = "2026-03-23..2026-03-29"
BY_OVERLAP: Final = {23: 3_600, 24: 3_300, 25: 3_669, 26: 3_600, 29: 5_400}
BY_START: Final = {23: 4_500, 24: 600, 25: 3_669, 26: 3_600, 29: 9_000}


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    ("rule", "expected", "other"),
    [
        (MidnightRule.SPLIT, BY_OVERLAP, BY_START),
        (MidnightRule.FIRST_DAY, BY_START, BY_OVERLAP),
    ],
)
def test_a_week_by_both_rules(
    db: Database, rule: MidnightRule, expected: dict[int, int], other: dict[int, int], kept: bool
) -> None:
    make_names(db)
    add(db, trial())
    calendar = Calendar(BERLIN)
    if kept:
        days = DayRange(date(2026, 3, 16), date(2026, 3, 29))
        day_totals.keep(db, day_begins(days, calendar), lambda _: None)
    found = reader(db, ReportDefinition(WEEK, by=(Grouping.DAY,)), calendar, rule).report()
    assert {each.key: each.seconds for each in found.grouped.groups} == {
        date(2026, 3, day): seconds for day, seconds in expected.items()
    }
    assert found.difference is not None
    assert found.difference == (sum(other.values()), 2)


def test_hours_of_both_nights_of_the_clocks_are_real(db: Database) -> None:
    make_names(db)
    add(db, trial())
    for day, hours in (
        ("2026-03-29", {1: 1_800, 3: 1_800, 23: 1_800}),
        ("2026-10-25", {1: 1_800, 2: 7_200, 3: 1_800}),
    ):
        found = reader(db, ReportDefinition(day, by=(Grouping.HOUR,)), Calendar(BERLIN)).report()
        assert {each.key: each.seconds for each in found.grouped.groups} == hours


def test_rounding_up_each_entry_each_group_and_nothing(db: Database) -> None:
    make_names(db)
    add(db, trial())
    totals = []
    for rounding in (
        LengthRounding(15, Direction.UP, RoundedThing.ENTRY),
        LengthRounding(15, Direction.UP, RoundedThing.GROUP),
        None,
    ):
        definition = ReportDefinition(WEEK, rounding=rounding)
        found = reader(db, definition, Calendar(BERLIN), MidnightRule.FIRST_DAY).report()
        assert found.unrounded_total.seconds == 21_369
        totals.append(found.total.seconds)
    assert totals == [25_200, 23_400, 21_369]


def test_an_entry_with_two_tags_is_in_both_rows_and_in_the_total_once(db: Database) -> None:
    make_names(db)
    add(db, trial())
    found = reader(db, ReportDefinition(WEEK, by=(Grouping.TAG,)), Calendar(BERLIN)).report()
    assert {each.key: each.seconds for each in found.grouped.groups} == {
        0: 19_569 - 3_659,
        1: 3_659,
        2: 3_659,
    }
    assert found.total.seconds == 19_569
    assert found.grouped.counted_again == 3_659
    found = reader(db, ReportDefinition(WEEK, by=(Grouping.TAGS,)), Calendar(BERLIN)).report()
    assert found.grouped.counted_again == 0


@pytest.mark.parametrize("rule", list(MidnightRule))
def test_what_runs_has_a_line_of_its_own(db: Database, rule: MidnightRule) -> None:
    make_names(db)
    start = moment("2026-03-22 22:00")
    add(db, [TimeEntry(1, 1, "Running", 1, None, (), True, start, None)])
    now = start + 26 * 3_600
    found = reader(db, ReportDefinition(WEEK), Calendar(BERLIN), rule, now).report()
    assert found.grouped.groups == ()
    assert found.running is not None
    assert found.running.seconds == 24 * 3_600
    counted = 24 * 3_600 if rule is MidnightRule.SPLIT else 0
    assert found.total == (counted, counted)
    assert found.spent_before.seconds == (2 * 3_600 if counted else 0)
    assert (
        reader(db, ReportDefinition("2026-03-10"), Calendar(BERLIN), rule, now).report().running
        is None
    )


def test_filters_are_those_of_the_list(db: Database) -> None:
    make_names(db)
    add(db, trial())

    def total(*criteria: Criterion, search: str = "", by: Grouping = Grouping.PROJECT) -> int:
        definition = ReportDefinition(WEEK, search, criteria, (by,))
        return reader(db, definition, Calendar(BERLIN)).report().total.seconds

    for kept in (False, True):
        if kept:
            days = DayRange(date(2026, 3, 23), date(2026, 3, 29))
            day_totals.keep(db, day_begins(days, Calendar(BERLIN)), lambda _: None)
        assert total(Criterion(FilterKind.PROJECT, 3)) == 3_600
        assert total(Criterion(FilterKind.PROJECT, 3), Criterion(FilterKind.PROJECT, 0)) == 3_610
        assert total(Criterion(FilterKind.CLIENT, 8)) == 3_600
        assert total(Criterion(FilterKind.BILLABLE, 1)) == 3_600
        assert total(Criterion(FilterKind.TAG, 1), by=Grouping.DAY) == 3_659
        assert total(Criterion(FilterKind.TAG, 1), Criterion(FilterKind.TAG, 0)) == 19_569
        assert total(search="three") == 3_600
        assert total(Criterion(FilterKind.PROJECT, 1), Criterion(FilterKind.TAG, 2)) == 0


def test_all_days_are_those_with_entries(db: Database) -> None:
    make_names(db)
    add(db, trial())
    found = reader(
        db, ReportDefinition("all"), Calendar(BERLIN), now=moment("2026-04-01 12:00")
    ).report()
    assert found.range.days == (date(2026, 3, 22), date(2026, 10, 25))
    assert found.before is None


def test_highlights(db: Database) -> None:
    make_names(db)
    add(db, trial())
    found = reader(db, ReportDefinition(WEEK), Calendar(BERLIN)).highlights()
    assert (found.days, found.longest_seconds) == (5, 4_500)
    assert found.longest is not None
    assert found.longest.start == moment("2026-03-23 23:30")
    assert reader(db, ReportDefinition("2026-03-01"), Calendar(BERLIN)).highlights() == (0, None, 0)
