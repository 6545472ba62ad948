from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.entries.rig import at
from tray.errors import BadLine, NotConfirmed
from tray.model import durations, formats
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.typed_times import (
    check_start,
    on_day,
    read_clock,
    read_hours,
    read_length,
    read_shift,
    read_start,
    read_stop,
    usual_span,
)

NOW = at("2026-03-10 08:00")
ENTRY = at("2026-03-04 10:00")
DAYS = Calendar(UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", "2026-03-04 09:30"),
        ("23:59", "2026-03-04 23:59"),
        ("0:00", "2026-03-04 00:00"),
        ("930", "2026-03-04 09:30"),
        ("1745", "2026-03-04 17:45"),
        ("9", "2026-03-04 09:00"),
        ("9:30 pm", "2026-03-04 21:30"),
        ("9:30PM", "2026-03-04 21:30"),
        ("9pm", "2026-03-04 21:00"),
        (" 9：30 ", "2026-03-04 09:30"),
        ("9:30:15", "2026-03-04 09:30:15"),
        ("2026-02-20 9:30", "2026-02-20 09:30"),
        ("yesterday 14", "2026-03-09 14:00"),
        ("-10m", "2026-03-10 07:50"),
        ("now", "2026-03-10 08:00"),
    ],
)
def test_a_start_is_on_the_day_of_the_entry_unless_it_says_otherwise(
    typed: str, meant: str
) -> None:
    assert read_start(typed, ENTRY, calendar=DAYS, now=NOW) == at(meant)


def test_a_day_that_begins_at_four_goes_on_after_midnight() -> None:
    days = Calendar(UTC, 4)
    assert read_start("1:00", ENTRY, calendar=days, now=NOW) == at("2026-03-05 01:00")
    assert read_start("5:00", ENTRY, calendar=days, now=NOW) == at("2026-03-04 05:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:45", "2026-03-04 10:45"),
        ("10:00", "2026-03-04 10:00"),
        ("9:00", "2026-03-05 09:00"),
        ("0:30", "2026-03-05 00:30"),
        ("2026-03-06 12:00", "2026-03-06 12:00"),
    ],
)
def test_a_stop_is_the_next_such_time_after_the_start(typed: str, meant: str) -> None:
    assert read_stop(typed, ENTRY, calendar=DAYS, now=NOW) == at(meant)


def test_a_stop_in_the_minute_of_the_start_is_the_start() -> None:
    start = ENTRY + 27
    assert read_stop("10:00", start, calendar=DAYS, now=NOW) == start


def test_the_night_in_which_the_clocks_change() -> None:
    days = Calendar(ZoneInfo("Europe/Berlin"))
    start = at("2026-03-28 22:00")  # 23:00 there; the clocks go from 2 to 3 at 1:00 UTC
    assert read_stop("4:00", start, calendar=days, now=NOW) == at("2026-03-29 02:00")


@pytest.mark.parametrize(
    ("start", "was", "typed", "meant"),
    [
        ("01:30", "01:45", "2:50", "01:50"),
        ("01:30", None, "2:40", "01:40"),
        ("00:30", "01:30", "2:40", "01:40"),
        ("00:30", "00:50", "2:40", "00:40"),
        ("00:30", None, "2:40", "00:40"),
        ("00:30", "01:30", "3:10", "02:10"),
        ("01:30", "01:45", "2026-10-25 2:50", "01:50"),
        ("01:30", "01:45", "-10m", "01:50"),
        ("00:30", "01:45", "now", "02:00"),
    ],
)
def test_an_end_in_the_hour_that_comes_twice(
    start: str, was: str | None, typed: str, meant: str
) -> None:
    days = Calendar(ZoneInfo("Europe/Berlin"))  # the clocks go from 3 to 2 at 1:00 UTC
    begin, end, now, result = (
        None if each is None else at(f"2026-10-25 {each}") for each in (start, was, "02:00", meant)
    )
    assert begin is not None
    assert now is not None
    assert read_stop(typed, begin, calendar=days, now=now, was=end) == result


@pytest.mark.parametrize(
    ("start", "typed", "meant"),
    [
        ("01:30", "2:40", "01:40"),
        ("00:30", "2:40", "00:40"),
        ("01:30", "1:40", "-23:40"),
        ("01:30", "-25m", "01:35"),
        ("00:30", "-25m", "01:35"),
    ],
)
def test_a_start_in_the_hour_that_comes_twice(start: str, typed: str, meant: str) -> None:
    days = Calendar(ZoneInfo("Europe/Berlin"))
    begin, now = at(f"2026-10-25 {start}"), at("2026-10-25 02:00")
    wanted = at(f"2026-10-2{4 if meant.startswith('-') else 5} {meant.removeprefix('-')}")
    assert read_start(typed, begin, calendar=days, now=now) == wanted


@pytest.mark.parametrize(
    ("typed", "hours"), [("14:00", 18), ("Report 9:30 pm @A", 10), ("-13h", 13), ("23:00", 9)]
)
def test_a_start_with_its_day_or_of_a_few_hours_ago_is_meant(typed: str, hours: int) -> None:
    if hours > 12 and not typed.startswith("-"):
        typed = f"yesterday {typed}"
    check_start(typed, NOW - hours * 3_600, now=NOW, zone=UTC)


@pytest.mark.parametrize("typed", ["14:00", "2 pm", "Report @A 14:00 #x"])
def test_a_start_that_lies_ahead_and_was_long_ago_yesterday_has_to_be_confirmed(typed: str) -> None:
    with pytest.raises(NotConfirmed, match=r"would have run for 18:00 hours already\."):
        check_start(typed, at("2026-03-09 14:00"), now=NOW, zone=UTC)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("1:30", 5_400),
        ("0:45:10", 2_710),
        ("45", 2_700),
        ("45m", 2_700),
        ("45 min", 2_700),
        ("1h", 3_600),
        ("1h30m", 5_400),
        ("1 h 30 m", 5_400),
        ("1.5h", 5_400),
        ("1,5h", 5_400),
        ("90s", 90),
        ("100:00", 360_000),
    ],
)
def test_lengths_as_people_write_them(typed: str, seconds: int) -> None:
    assert read_length(typed) == seconds


@given(st.integers(0, 3_596_400))
def test_a_length_as_it_is_shown_reads_the_same(seconds: int) -> None:
    assert read_length(durations.h_mm_ss(seconds)) == seconds


@pytest.mark.parametrize("typed", ["", "soon", "1:75", "h", "-5m", "9-10", "1:2:3:4"])
def test_what_is_no_length_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(BadLine, match="is not a length: write it like"):
        read_length(typed)


@pytest.mark.parametrize("typed", ["", "soon", "25:00", "9:30-10", "9:75"])
def test_what_is_no_moment_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(BadLine, match="is not a moment"):
        read_start(typed, ENTRY, calendar=DAYS, now=NOW)
    with pytest.raises(BadLine, match="is not a moment"):
        read_stop(typed, ENTRY, calendar=DAYS, now=NOW)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("9", 540),
        ("9:30", 570),
        ("0930", 570),
        ("930", 570),
        ("9.30", 570),
        ("9 pm", 21 * 60),
        ("9:30PM", 21 * 60 + 30),
        ("12 am", 0),
        ("12 pm", 720),
        ("0:00", 0),
        ("24:00", 1440),
    ],
)
def test_a_time_of_day_is_read_as_it_is_typed(typed: str, minutes: int) -> None:
    assert read_clock(typed) == minutes


@pytest.mark.parametrize("typed", ["", "25", "24:01", "9:60", "13 pm", "0 am", "soon", "9:3"])
def test_what_no_clock_shows_is_refused(typed: str) -> None:
    with pytest.raises(BadLine):
        read_clock(typed)


@given(st.integers(0, 24 * 60 - 1), st.booleans())
def test_what_a_clock_shows_is_read_again(minutes: int, twelve: bool) -> None:
    assert read_clock(formats.TimeFormat(twelve_hours=twelve).clock_time(minutes)) == minutes


@pytest.mark.parametrize(
    ("last_stop", "now", "begin"),
    [
        ("2026-03-04 10:45:20", "2026-03-04 12:00:30", "2026-03-04 10:45:20"),
        (None, "2026-03-04 12:00:30", "2026-03-04 11:30:00"),
        ("2026-03-03 18:00:00", "2026-03-04 09:00:00", "2026-03-04 08:30:00"),
        ("2026-03-04 12:00:10", "2026-03-04 12:00:30", "2026-03-04 11:30:00"),
    ],
)
def test_what_is_added_was_since_the_last_entry_or_for_half_an_hour(
    last_stop: str | None, now: str, begin: str
) -> None:
    def moment(text: str) -> int:
        return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())

    stop = None if last_stop is None else moment(last_stop)
    start, end = usual_span(stop, calendar=Calendar(UTC), now=moment(now))
    assert start == moment(begin)
    assert end == moment(now) - moment(now) % 60


@given(st.integers(1_000_000_000, 1_900_000_000), st.integers(-400, 400), st.integers(0, 23))
def test_on_another_day_it_is_the_same_time_of_day(moment: int, days: int, hour: int) -> None:
    calendar = Calendar(UTC, hour)
    day = calendar.day_of(moment) + timedelta(days=days)
    moved = on_day(moment, day, calendar)
    assert calendar.day_of(moved) == day
    assert (moved - moment) == days * 86_400


def test_a_day_with_another_offset_keeps_the_time_of_day() -> None:
    calendar = Calendar(ZoneInfo("Europe/Berlin"))
    winter = int(datetime(2026, 3, 20, 9, tzinfo=calendar.zone).timestamp())
    summer = on_day(winter, date(2026, 4, 2), calendar)
    assert datetime.fromtimestamp(summer, calendar.zone).hour == 9


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("15", 900), ("-15", -900), ("+1:30", 5_400), ("-1h", -3_600), ("−5m", -300)],
)
def test_a_shift_is_a_length_with_a_sign(typed: str, seconds: int) -> None:
    assert read_shift(typed) == seconds


def test_what_is_no_length_is_no_shift() -> None:
    with pytest.raises(BadLine):
        read_shift("-later")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("1:30", 90), ("1.5", 90), ("1,5", 90), ("90m", 90), ("1h30m", 90), ("90", 90)),
        *(("8", 480), ("12", 720), ("13", 13), ("15", 15), (".5", 30), (":45", 45)),
        *(("", 0), (" 0 ", 0), ("0:00", 0), ("0.25", 15), ("2h", 120), ("7.75", 465)),
    ],
)
def test_a_cell_holds_hours(text: str, minutes: int) -> None:
    assert read_hours(text) == minutes * MINUTE


@pytest.mark.parametrize("text", ["x", "1:75", "1.2.3", ".", "-1", "1:30 pm", "１,５x"])
def test_what_is_no_length_is_said(text: str) -> None:
    with pytest.raises(BadLine, match="not a length"):
        read_hours(text)
