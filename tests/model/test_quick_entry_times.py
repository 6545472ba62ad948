"""Times by themselves, and times on the days when clocks change."""

import time
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rig.waiting import BUSY
from tray.errors import BadLine
from tray.model.quick_entry.moments import read_moment, read_span
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.write import write_line

BERLIN: Final = ZoneInfo("Europe/Berlin")


def at(iso: str) -> int:
    return int(datetime.fromisoformat(iso).timestamp())


NOW: Final = at("2026-11-18T16:20+01:00")

MOMENTS: Final = {
    "now": "2026-11-18T16:20+01:00",
    " Now ": "2026-11-18T16:20+01:00",
    "-10m": "2026-11-18T16:10+01:00",
    "15:30": "2026-11-18T15:30+01:00",
    "17:30": "2026-11-17T17:30+01:00",
    "17": "2026-11-17T17:00+01:00",
    "5pm": "2026-11-17T17:00+01:00",
    "yesterday 18:00": "2026-11-17T18:00+01:00",
    "2026-07-01 9:30": "2026-07-01T09:30+02:00",
    "2026-07-01T09:30:15Z": "2026-07-01T09:30:15+00:00",
    "１７：３０": "2026-11-17T17:30+01:00",
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_read(text: str) -> None:
    assert read_moment(text, now=NOW, zone=BERLIN) == at(MOMENTS[text])


@pytest.mark.parametrize("text", ["", "soon", "25:00", "9-10", "9:30 call", "@p", r"9\:30", "\0"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(BadLine, match="is not a moment: write it like 17:30"):
        read_moment(text, now=NOW, zone=BERLIN)


SPANS: Final = {
    "9-10": ("2026-11-18T09:00+01:00", "2026-11-18T10:00+01:00"),
    "9:30-10": ("2026-11-18T09:30+01:00", "2026-11-18T10:00+01:00"),
    "23-1": ("2026-11-17T23:00+01:00", "2026-11-18T01:00+01:00"),
    "tue 14-15": ("2026-11-17T14:00+01:00", "2026-11-17T15:00+01:00"),
    "2026-11-12 9:30 - 2026-11-14 10:15": ("2026-11-12T09:30+01:00", "2026-11-14T10:15+01:00"),
}


@pytest.mark.parametrize("text", SPANS)
def test_a_span_is_read(text: str) -> None:
    start, stop = SPANS[text]
    assert read_span(text, now=NOW, zone=BERLIN) == (at(start), at(stop))


@pytest.mark.parametrize("text", ["", "9", "9:30-", "9-10 call", "-15m", "now", "9-25"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(BadLine, match="is not a span of time: write it like 9:30-10:15"):
        read_span(text, now=NOW, zone=BERLIN)


def when(line: str, now: str, zone: str = "Europe/Berlin") -> tuple[int | None, int | None]:
    entry = read_line(line, now=at(now), zone=ZoneInfo(zone)).entry
    return entry.start, entry.stop


def test_an_hour_that_comes_twice_means_the_first() -> None:
    first = at("2026-10-25T02:30+02:00")
    assert when("2:30", "2026-10-25T09:00+01:00") == (first, None)
    assert when("2026-10-25 2:30", "2026-10-25T09:00+01:00") == (first, None)


def test_the_second_passage_is_written_in_utc() -> None:
    second = QuickEntry(start=at("2026-10-25T02:30+01:00"))
    assert write_line(second, now=at("2026-10-25T09:00+01:00"), zone=BERLIN) == "2026-10-25T01:30Z"


def test_a_span_over_a_change_has_its_real_length() -> None:
    start, stop = when("1:00-4:00", "2026-10-25T09:00+01:00")
    assert (start, stop) == (at("2026-10-25T01:00+02:00"), at("2026-10-25T04:00+01:00"))


def test_a_skipped_hour_is_counted_from_before_the_gap() -> None:
    assert when("2:30", "2026-03-29T09:00+02:00") == (at("2026-03-29T03:30+02:00"), None)


def test_a_span_that_a_gap_turns_around_is_text() -> None:
    line = "2026-03-29 2:30-3:15"
    entry = read_line(line, now=at("2026-03-29T09:00+02:00"), zone=BERLIN).entry
    assert entry == QuickEntry(line)


def test_a_skipped_day_does_not_hide_the_day_before() -> None:
    just_after = "2011-12-31T00:10+14:00"  # Samoa went from the 29th straight to the 31st
    assert when("9:30", just_after, "Pacific/Apia") == (at("2011-12-29T09:30-10:00"), None)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)))  # noqa: DTZ001 - local times
def test_no_zone_is_the_zone_of_the_system(local: datetime) -> None:
    local = local.replace(microsecond=0, fold=0)
    moment = read_moment(f"{local:%Y-%m-%d %H:%M:%S}", now=NOW, zone=None)
    assert moment == int(local.timestamp())


@given(st.integers(0, 86_399), st.integers(NOW, NOW + 1000 * 86_400))
def test_a_clock_is_the_latest_that_has_been(seconds: int, now: int) -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")
    line = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    start = read_moment(line, now=now, zone=kathmandu)
    assert now - 86_400 < start <= now
    assert f"{datetime.fromtimestamp(start, kathmandu):%H:%M:%S}" == line.rjust(8, "0")


def test_a_line_is_read_well_within_a_keystroke() -> None:
    line = 'write the quarterly report for them @"Big Corp"/plan #one #two $ yesterday 9:30-10:15'
    durations = []
    for _ in range(50):
        begin = time.perf_counter()
        read_line(line, now=NOW, zone=BERLIN)
        durations.append(time.perf_counter() - begin)
    assert min(durations) < 0.001


@pytest.mark.parametrize(
    "word", ["@", '@"', "#", '"', "\\", "monday ", "9:30 ", "9:30 - ", " ", "-"]
)
def test_a_very_long_line_is_read_in_linear_time(word: str) -> None:
    begin = time.perf_counter()
    read_line(word * 5000, now=NOW, zone=BERLIN)
    assert time.perf_counter() - begin < 2 * BUSY
