from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.days import Calendar
from tray.model.durations import HOUR, MINUTE
from tray.model.presence import goals, nothing_running, pomodoro
from tray.model.presence.due import Due, Facts, ReminderKind, Reminders, next_due
from tray.model.presence.goals import Progress
from tray.model.presence.hours import Hours, parse_hours
from tray.model.presence.nothing_running import Idleness, Pauses, Snooze
from tray.model.presence.pomodoro import Pomodoro
from tray.model.presence.presence_values import AwayPeriod, RunningTimer

BERLIN: Final = ZoneInfo("Europe/Berlin")
CALENDAR: Final = Calendar(BERLIN)
WEEK: Final = parse_hours("mon-fri 9:00-12:30 13:30-18:00")


def at(day: int, hour: int, minute: int = 0) -> int:
    """In November 2026; the 20th is a Friday."""
    return int(datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).timestamp())


def remind(now: int, hours: Hours = WEEK, **how: int) -> int | None:
    return nothing_running.due_at(Idleness(**how), hours, Pauses(), now=now, zone=BERLIN)


def test_it_is_time_within_working_hours() -> None:
    assert remind(at(20, 10)) == at(20, 10)
    assert remind(at(20, 12, 30)) == at(20, 13, 30)
    assert remind(at(20, 18)) == at(23, 9)
    assert remind(at(20, 10), Hours()) is None


def test_it_is_not_time_right_after_a_stop_a_return_or_a_reminder() -> None:
    assert remind(at(20, 10), stopped_at=at(20, 9, 58)) == at(20, 10, 8)
    assert remind(at(20, 9, 12), came_back=at(20, 9, 12)) == at(20, 9, 22)
    assert remind(at(20, 10), reminded_at=at(20, 9, 50)) == at(20, 10, 20)
    assert remind(at(20, 12, 25), stopped_at=at(20, 12, 25)) == at(20, 13, 30)


@pytest.mark.parametrize(
    ("choice", "until", "then"),
    [
        (Snooze.QUARTER, at(20, 10, 15), at(20, 10, 15)),
        (Snooze.HOUR, at(20, 11), at(20, 11)),
        (Snooze.TOMORROW, at(21, 0), at(23, 9)),
    ],
)
def test_a_snooze_lasts_until_it_ends(choice: Snooze, until: int, then: int) -> None:
    now = at(20, 10)
    assert nothing_running.snoozed_until(choice, now=now, calendar=CALENDAR) == until
    assert remind(now, snoozed_until=until) == then
    assert remind(now, snoozed_until=until, reminded_at=now - 5) == then
    assert remind(until + 60, snoozed_until=until, reminded_at=until + 30) == remind(
        until + 60, reminded_at=until + 30
    )


def test_tomorrow_begins_where_the_users_day_does() -> None:
    late = Calendar(BERLIN, day_start_hour=4)
    found = nothing_running.snoozed_until(Snooze.TOMORROW, now=at(21, 1), calendar=late)
    assert found == at(21, 4)


def test_how_long_nothing_is_said_is_up_to_the_user() -> None:
    now, pauses = at(20, 10), Pauses(2, 5)

    def due(idleness: Idleness) -> int | None:
        return nothing_running.due_at(idleness, WEEK, pauses, now=now, zone=BERLIN)

    assert due(Idleness(stopped_at=now)) == at(20, 10, 2)
    assert due(Idleness(came_back=now)) == at(20, 10, 2)
    assert due(Idleness(stopped_at=at(20, 9), reminded_at=now)) == at(20, 10, 5)


def test_a_start_since_the_return_is_proposed_where_it_makes_sense() -> None:
    back = at(20, 9, 12)
    now = at(20, 10)
    assert nothing_running.start_since(Idleness(came_back=back), now=now) == back
    for idleness in (Idleness(), Idleness(came_back=now), Idleness(back + 1, back)):
        assert nothing_running.start_since(idleness, now=now) is None
    assert nothing_running.start_since(Idleness(came_back=back), now=at(21, 10)) is None


def test_a_break_is_due_each_time_the_work_was_long_enough() -> None:
    tomato, start = Pomodoro(), at(20, 9)
    assert pomodoro.break_at(start, tomato) == start + 25 * MINUTE
    assert pomodoro.break_at(start, tomato, reminded_at=start + 25 * MINUTE) == start + 50 * MINUTE
    late = start + 60 * MINUTE
    assert pomodoro.break_at(start, tomato, reminded_at=late) == start + 75 * MINUTE
    assert pomodoro.break_at(start, tomato, reminded_at=start - 1) == start + 25 * MINUTE


def test_a_break_is_over_once_and_only_if_it_was_one() -> None:
    tomato, last_reminded = Pomodoro(), at(20, 9, 25)
    over = last_reminded + 6 * MINUTE
    assert pomodoro.work_at(last_reminded + MINUTE, tomato, break_reminded_at=last_reminded) == over
    assert (
        pomodoro.work_at(
            last_reminded + MINUTE, tomato, break_reminded_at=last_reminded, reminded_at=over
        )
        is None
    )
    assert (
        pomodoro.work_at(last_reminded + 11 * MINUTE, tomato, break_reminded_at=last_reminded)
        is None
    )
    assert pomodoro.work_at(last_reminded - 1, tomato, break_reminded_at=last_reminded) is None
    assert pomodoro.work_at(last_reminded, tomato, break_reminded_at=None) is None
    assert pomodoro.work_at(None, tomato, break_reminded_at=last_reminded) is None
    assert (
        pomodoro.work_at(last_reminded, Pomodoro(break_minutes=0), break_reminded_at=last_reminded)
        is None
    )


NOON: Final = at(20, 12)
DAY: Final = Progress(8 * HOUR, 3 * HOUR, at(20, 0), at(21, 0))


def test_a_goal_is_told_of_once_when_it_is_reached() -> None:
    assert goals.reached_at(DAY, running=True, now=NOON) == NOON + 5 * HOUR
    assert goals.reached_at(DAY, running=False, now=NOON) is None
    reached = DAY._replace(done_seconds=9 * HOUR)
    assert goals.reached_at(reached, running=False, now=NOON) == NOON
    assert goals.reached_at(reached._replace(reminded_at=NOON), running=True, now=NOON) is None
    yesterday = reached._replace(reminded_at=at(19, 20))
    assert goals.reached_at(yesterday, running=True, now=NOON) == NOON
    for never in (DAY._replace(goal_seconds=0), DAY._replace(end=NOON), DAY._replace(end=NOON + 9)):
        assert goals.reached_at(never, running=True, now=NOON) is None


ALL: Final = Reminders(CALENDAR, frozenset(ReminderKind), WEEK)
RUNNING: Final = Facts(RunningTimer(7, at(20, 9)), day=DAY)
IDLE: Final = Facts(None)


def test_all_that_is_due_comes_in_order() -> None:
    away = RUNNING._replace(away=AwayPeriod(at(20, 8), at(20, 9)))
    assert next_due(away, ALL, now=at(20, 9, 10)) == [
        Due(ReminderKind.BREAK, at(20, 9, 25)),
        Due(ReminderKind.DAY_GOAL, at(20, 14, 10)),
        Due(ReminderKind.LONG_RUN, at(20, 17)),
    ]
    assert next_due(IDLE, ALL, now=at(20, 8)) == [Due(ReminderKind.NOTHING_RUNNING, at(20, 9))]


def test_what_was_missed_is_due_now_and_once() -> None:
    now = at(20, 9) + 100 * HOUR
    found = next_due(RUNNING._replace(away=AwayPeriod(at(20, 10), now)), ALL, now=now)
    assert found == [Due(ReminderKind.OVERNIGHT, now), Due(ReminderKind.BREAK, now + 25 * MINUTE)]
    last_reminded: Mapping[ReminderKind, int] = {
        ReminderKind.OVERNIGHT: now,
        ReminderKind.LONG_RUN: now,
    }
    again = next_due(
        RUNNING._replace(away=AwayPeriod(at(20, 10), now), last_reminded=last_reminded),
        ALL,
        now=now,
    )
    assert all(due.at > now for due in again)


def test_each_kind_can_be_switched_off() -> None:
    for kind in ReminderKind:
        others = ALL._replace(kinds=ALL.kinds - {kind})
        for facts in (RUNNING, IDLE):
            assert all(due.kind is not kind for due in next_due(facts, others, now=NOON))
    assert next_due(RUNNING, ALL._replace(kinds=frozenset()), now=NOON) == []


@pytest.mark.parametrize("facts", [RUNNING, IDLE])
def test_nothing_disturbs_an_empty_chair(facts: Facts) -> None:
    absent = facts._replace(away=AwayPeriod(at(20, 11, 30)))
    assert {due.kind for due in next_due(absent, ALL, now=NOON)} <= {ReminderKind.OVERNIGHT}


def test_an_open_question_says_what_there_is_to_say() -> None:
    now = at(21, 9)
    facts = RUNNING._replace(away=AwayPeriod(at(20, 17), now), question_open=True)
    assert {due.kind for due in next_due(facts, ALL, now=now)} == {ReminderKind.BREAK}


def test_quiet_hours_put_off() -> None:
    quiet = ALL._replace(quiet_hours=parse_hours("mon-sun 9:00-15:00 18:00-8:00"))
    assert next_due(RUNNING, quiet, now=at(20, 9))[0] == Due(ReminderKind.BREAK, at(20, 15))
    assert next_due(IDLE, quiet, now=at(20, 12)) == [Due(ReminderKind.NOTHING_RUNNING, at(20, 15))]
    none_left = ALL._replace(quiet_hours=parse_hours("mon-sun 8:00-19:00"))
    assert next_due(IDLE, none_left, now=NOON) == []
    always = ALL._replace(quiet_hours=parse_hours("mon-sun 0:00-24:00"))
    assert next_due(RUNNING, always, now=NOON) == []


def test_another_zone_moves_what_is_due() -> None:
    tokyo = ALL._replace(calendar=Calendar(ZoneInfo("Asia/Tokyo")))
    nine = int(datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Tokyo")).timestamp())
    assert next_due(IDLE, tokyo, now=nine - 5 * HOUR) == [Due(ReminderKind.NOTHING_RUNNING, nine)]


moments = st.integers(at(16, 0), at(25, 0))


@given(
    st.none() | moments,
    st.none() | st.tuples(moments, st.none() | moments),
    st.dictionaries(st.sampled_from(ReminderKind), moments),
    st.builds(Idleness, *[st.none() | moments] * 4),
    moments,
)
def test_nothing_is_due_in_the_past_or_twice(
    start: int | None,
    away: tuple[int, int | None] | None,
    last_reminded: Any,
    idleness: Idleness,
    now: int,
) -> None:
    running = None if start is None else RunningTimer(7, min(start, now))
    stretch = None if away is None else AwayPeriod(*away)
    facts = Facts(
        running, idleness=idleness, away=stretch, last_reminded=last_reminded, day=DAY, week=DAY
    )
    found = next_due(facts, ALL, now=now)
    assert all(due.at >= now for due in found)
    assert found == sorted(found, key=lambda due: due.at)
    assert len({due.kind for due in found}) == len(found)
    silent = [due for due in found if due.kind is ReminderKind.NOTHING_RUNNING]
    assert all(running is None and WEEK.contain(due.at, BERLIN) for due in silent)
