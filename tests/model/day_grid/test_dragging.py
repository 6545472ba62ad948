from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.day_grid.dragging import Grip, Held, dragged
from tray.model.day_grid.snapping import Snap, free_of
from tray.model.day_grid.zoom import USUAL, ZOOMS, zoomed
from tray.model.durations import HOUR, MINUTE

QUARTER: Final = Snap(15 * MINUTE, UTC)
NOW: Final = 100 * HOUR
steps = st.sampled_from([zoom.step_minutes * MINUTE for zoom in ZOOMS])
moments = st.integers(0, 4_000_000)
zones = st.sampled_from((UTC, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")))


def at(hours: float) -> int:
    return 10 * HOUR + round(hours * HOUR)


def test_what_is_dragged_on_empty_space_begins_and_ends_on_the_grid() -> None:
    held = Held(Grip.NEW, at(0), None, at(0.1))
    assert dragged(held, at(1.2), QUARTER, now=NOW) == (at(0), at(1.25))
    assert dragged(held, at(-0.9), QUARTER, now=NOW) == (at(-1), at(0))


def test_a_first_movement_makes_one_step() -> None:
    held = Held(Grip.NEW, at(0), None, at(0))
    assert dragged(held, at(0.05), QUARTER, now=NOW) == (at(0), at(0.25))
    assert dragged(held, at(-0.05), QUARTER, now=NOW) == (at(-0.25), at(0))


def test_what_is_moved_keeps_its_length() -> None:
    held = Held(Grip.WHOLE, at(0), at(1.1), at(0.5))
    assert dragged(held, at(1.6), QUARTER, now=NOW) == (at(1), at(2.1))


def test_an_edge_of_a_neighbour_wins_over_the_grid() -> None:
    near = QUARTER._replace(edges=(at(2.12),), reach=5 * MINUTE)
    held = Held(Grip.WHOLE, at(0), at(1), at(0))
    assert dragged(held, at(2.1), near, now=NOW) == (at(2.12), at(3.12))
    assert dragged(held, at(1.1), near, now=NOW) == (at(1.12), at(2.12))  # by its end


def test_an_edge_that_is_dragged_leaves_the_other() -> None:
    held = Held(Grip.STOP, at(0), at(1), at(1))
    assert dragged(held, at(1.7), QUARTER, now=NOW) == (at(0), at(1.75))
    held = Held(Grip.START, at(0), at(1), at(0))
    assert dragged(held, at(0.3), QUARTER, now=NOW) == (at(0.25), at(1))


@pytest.mark.parametrize("grip", [Grip.START, Grip.STOP])
def test_an_edge_does_not_pass_the_other(grip: Grip) -> None:
    held = Held(grip, at(0), at(1), at(0 if grip is Grip.START else 1))
    to = at(5 if grip is Grip.START else -5)
    start, stop = dragged(held, to, QUARTER, now=NOW)
    assert stop is not None
    assert stop - start == MINUTE


def test_what_runs_begins_at_the_latest_now_and_has_no_end() -> None:
    for grip in (Grip.WHOLE, Grip.START):
        held = Held(grip, NOW - HOUR, None, NOW)
        assert dragged(held, NOW + 9 * HOUR, QUARTER, now=NOW) == (NOW, None)
    assert dragged(Held(Grip.STOP, at(0), None, at(0)), at(3), QUARTER, now=NOW) == (at(0), None)


def test_without_snap_it_is_the_minute() -> None:
    held = Held(Grip.WHOLE, at(0), at(1), at(0))
    start, _ = dragged(held, at(0) + 7 * MINUTE + 20, free_of(QUARTER), now=NOW)
    assert start == at(0) + 7 * MINUTE


@given(moments, steps, zones)
def test_the_grid_is_that_of_the_clocks(moment: int, step: int, zone: tzinfo) -> None:
    found = Snap(step, zone).to(moment)
    local = datetime.fromtimestamp(moment, zone)
    offset = local.utcoffset()
    assert offset is not None
    assert (found + int(offset.total_seconds())) % step == 0
    assert abs(found - moment) <= step / 2


@given(moments, steps, st.integers(1, 5))
def test_steps_lead_on_to_the_grid(moment: int, step: int, number: int) -> None:
    snap = Snap(step, UTC)
    later, earlier = snap.next_on_grid(moment, number), snap.next_on_grid(moment, -number)
    assert later % step == earlier % step == 0
    assert (number - 1) * step < later - moment <= number * step
    assert (number - 1) * step < moment - earlier <= number * step


@given(moments, st.integers(0, 40_000), moments, steps, st.sampled_from(list(Grip)))
def test_nothing_that_is_dragged_ends_before_it_begins(
    start: int, length: int, to: int, step: int, grip: Grip
) -> None:
    held = Held(grip, start, start + length, start)
    begin, end = dragged(held, to, Snap(step, UTC, (start + 70,), 60), now=NOW)
    assert end is not None
    assert begin <= end


def test_zoom_goes_from_an_hour_to_five_minutes() -> None:
    assert [ZOOMS[0].step_minutes, ZOOMS[USUAL].step_minutes, ZOOMS[-1].step_minutes] == [60, 15, 5]
    assert zoomed(USUAL, -9) == 0
    assert zoomed(USUAL, 9) == len(ZOOMS) - 1
    assert zoomed(USUAL, 1) == USUAL + 1
