"""What the time line shows of an answer is what the answer does."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.model.entities import TimeEntry, What
from tray.model.presence.answers import (
    AbsenceAnswer,
    AbsenceChoice,
    CreateEntry,
    Plan,
    SetStop,
    plan,
)
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.ui.away.segments import Segment, pieces, span
from tray.ui.away.timeline_bar import _BAR_TOP, ColouredSegment, TimelineBar, TimelineScene, stepped
from tray.ui.legible import contrast
from tray.ui.theme import DARK, LIGHT, Theme, palette_of

T = 1_760_000_000
REPORT = What(1, "Report")
CALL = What(1, "Call")


def entry(start: int, stop: int | None) -> TimeEntry:
    end = None if stop is None else T + stop
    return TimeEntry(1, 1, "Report", None, None, (), False, T + start, end)


def absence(*stretches: tuple[int, int | None]) -> Absence:
    spans = tuple(AwayPeriod(T + one, None if two is None else T + two) for one, two in stretches)
    return Absence(1, 1, Cause.IDLE, AbsenceState.OPEN, spans)


def test_what_is_discarded_is_a_piece_of_nobody() -> None:
    edits = (SetStop(1, T + 100), CreateEntry(REPORT, T + 500, None))
    assert pieces(entry(0, None), Plan(edits), now=T + 900) == [
        Segment(T, T + 100, REPORT),
        Segment(T + 100, T + 500, None),
        Segment(T + 500, T + 900, REPORT, runs=True),
    ]


def test_what_is_given_away_fills_the_gap() -> None:
    edits = (
        SetStop(1, T + 100),
        CreateEntry(CALL, T + 100, T + 500),
        CreateEntry(REPORT, T + 500, None),
    )
    shown = pieces(entry(0, None), Plan(edits), now=T + 900)
    assert [each.what for each in shown] == [REPORT, CALL, REPORT]


def test_what_was_cut_off_at_the_end_is_seen() -> None:
    shown = pieces(entry(0, None), Plan((SetStop(1, T + 100),)), now=T + 900)
    assert shown[-1] == Segment(T + 100, T + 900, None)


def test_a_short_absence_is_seen_with_half_an_hour_around_it() -> None:
    whole = entry(0, None)
    assert span(absence((10_000, 10_600)), whole, now=T + 90_000) == (T + 8_200, T + 12_400)
    assert span(absence((100, 700)), whole, now=T + 800) == (T, T + 800)


spans = st.lists(st.integers(1, 3_000), min_size=2, max_size=6, unique=True).map(sorted)


@given(
    times=spans,
    running=st.booleans(),
    choice=st.sampled_from(AbsenceChoice),
    cut=st.integers(0, 10_000),
    late=st.integers(0, 2_000),
)
def test_every_answer_is_shown_whole(
    times: list[int], running: bool, choice: AbsenceChoice, cut: int, late: int
) -> None:
    times = times[: len(times) // 2 * 2]
    question = absence(*zip(times[::2], times[1::2], strict=True))
    whole, now = entry(0, None if running else 2_500), T + max(times[-1], 2_500) + late
    answer = AbsenceAnswer(choice, T + cut, CALL if choice is AbsenceChoice.GIVE else None)
    planned = plan(answer, question, whole, now=now)
    shown = pieces(whole, planned, now=now)
    assert all(each.begin < each.end or each.runs for each in shown)
    assert all(one.end == other.begin for one, other in pairwise(shown)), "without holes"
    assert shown[0].begin == whole.start
    made = [edit for edit in planned.edits if isinstance(edit, CreateEntry)]
    kept = [each for each in shown if each.what is not None]
    assert all(
        any((each.begin, each.what) == (make.start, make.what) for each in kept) for make in made
    )
    begin, end = span(question, whole, now=now)
    assert begin <= question.begin < end


@given(cut=st.integers(0, 7_200), minutes=st.integers(-20, 20).filter(bool))
def test_a_step_ends_on_a_full_minute_and_never_goes_the_other_way(cut: int, minutes: int) -> None:
    moved = stepped(cut, minutes, least=0, most=7_200)
    assert 0 <= moved <= 7_200
    assert moved % 60 == 0
    assert (moved - cut) * minutes >= 0
    assert abs(moved - cut) <= abs(minutes) * 60


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", ["#525266", "#0b83d9", "#f2d000", "#ffffff", "#101010"])
def test_the_time_with_nobody_there_is_hatched_so_that_it_is_seen(
    qtbot: QtBot, look: Theme, colour: str
) -> None:
    """Whatever colour the project has."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setPalette(palette_of(look))
    bar = TimelineBar(parent)
    bar.resize(400, bar.sizeHint().height())
    piece = ColouredSegment(Segment(0, 600, What(1)), colour)
    bar.show_scene(TimelineScene(0, 600, 0, 0, 0, (piece,), ((300, 500),)))
    image = bar.grab().toImage()
    left, right = round(bar.x_of(320)), round(bar.x_of(480))
    seen = {image.pixelColor(x, _BAR_TOP + 8).name() for x in range(left, right)}
    assert max(contrast(QColor(each), QColor(colour)) for each in seen) >= 1.8
