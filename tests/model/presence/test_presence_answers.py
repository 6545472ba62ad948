from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.entities import TimeEntry, What
from tray.model.presence.answers import (
    SCRAP_SECONDS,
    AbsenceAnswer,
    AbsenceChoice,
    CreateEntry,
    Plan,
    Remark,
    SetStop,
    plan,
)
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause

T: Final = 1_760_000_000
MEETING: Final = What(1, "Meeting")
NOW: Final = 10_030


def entry(start: int, stop: int | None, *, entry_id: int = 1, text: str = "Report") -> TimeEntry:
    end = None if stop is None else T + stop
    return TimeEntry(entry_id, 1, text, None, None, (), False, T + start, end)


REPORT: Final = entry(0, None).what


def absence(*stretches: tuple[int, int | None]) -> Absence:
    spans = tuple(
        AwayPeriod(T + begin, None if back is None else T + back) for begin, back in stretches
    )
    return Absence(1, 1, Cause.IDLE, AbsenceState.OPEN, spans)


AWAY: Final = absence((5_000, 10_000))


def answered(
    choice: AbsenceChoice,
    whole: TimeEntry | None = entry(0, None),  # noqa: B008  # a value
    *others: TimeEntry,
    question: Absence = AWAY,
    cut: int | None = None,
    until: int | None = None,
    go_on: bool = True,
    now: int = NOW,
) -> Plan:
    what = MEETING if choice is AbsenceChoice.GIVE else None
    moments = (None if each is None else T + each for each in (cut, until))
    cut, until = moments
    answer = AbsenceAnswer(choice, cut, what, go_on, until)
    return plan(answer, question, whole, others=others, now=T + now)


def make(what: What, start: int, stop: int | None) -> CreateEntry:
    return CreateEntry(what, T + start, None if stop is None else T + stop)


def end(stop: int) -> SetStop:
    return SetStop(1, T + stop)


@pytest.mark.parametrize(
    ("choice", "edits", "discarded"),
    [
        (AbsenceChoice.KEEP, (), 0),
        (AbsenceChoice.DISCARD_AND_STOP, (end(6_000),), 4_000),
        (AbsenceChoice.DISCARD_AND_CONTINUE, (end(6_000), make(REPORT, 10_000, None)), 4_000),
        (
            AbsenceChoice.GIVE,
            (end(6_000), make(MEETING, 6_000, 10_000), make(REPORT, 10_000, None)),
            0,
        ),
        (
            AbsenceChoice.SEPARATE,
            (end(6_000), make(REPORT, 6_000, 10_000), make(REPORT, 10_000, None)),
            0,
        ),
        (AbsenceChoice.SPLIT, (end(6_000), make(REPORT, 6_000, None)), 0),
    ],
)
def test_each_answer_does_what_it_says(
    choice: AbsenceChoice, edits: tuple[SetStop | CreateEntry, ...], discarded: int
) -> None:
    assert answered(choice, cut=6_000) == Plan(edits, None, discarded)


def test_without_a_cut_it_is_all_of_the_absence() -> None:
    assert answered(AbsenceChoice.DISCARD_AND_STOP).edits == (end(5_000),)
    assert answered(AbsenceChoice.DISCARD_AND_STOP, cut=1).edits == (end(5_000),)
    assert answered(AbsenceChoice.DISCARD_AND_STOP, cut=99_999).edits == ()
    assert answered(AbsenceChoice.SPLIT, cut=1).edits == (end(5_000), make(REPORT, 5_000, None))


def test_given_away_the_entry_need_not_go_on() -> None:
    edits = answered(AbsenceChoice.GIVE, go_on=False).edits
    assert edits == (end(5_000), make(MEETING, 5_000, 10_000))


def test_work_since_the_return_is_kept_when_the_answer_comes_late() -> None:
    edits = answered(AbsenceChoice.DISCARD_AND_STOP, now=12_000).edits
    assert edits == (end(5_000), make(REPORT, 10_000, 12_000))


def test_work_between_two_absences_is_kept() -> None:
    question = absence((1_000, 2_000), (5_000, 10_000))
    assert answered(AbsenceChoice.DISCARD_AND_CONTINUE, question=question) == Plan(
        (end(1_000), make(REPORT, 2_000, 5_000), make(REPORT, 10_000, None)), None, 6_000
    )
    cut_later = answered(AbsenceChoice.DISCARD_AND_CONTINUE, question=question, cut=3_000)
    assert cut_later.edits == (end(5_000), make(REPORT, 10_000, None))
    assert answered(AbsenceChoice.GIVE, question=question, go_on=False).edits == (
        end(1_000),
        make(MEETING, 1_000, 2_000),
        make(REPORT, 2_000, 5_000),
        make(MEETING, 5_000, 10_000),
    )


@pytest.mark.parametrize("choice", AbsenceChoice)
def test_a_deleted_entry_is_left_alone(choice: AbsenceChoice) -> None:
    assert answered(choice, None) == Plan((), Remark.DELETED)


@pytest.mark.parametrize("choice", AbsenceChoice)
def test_so_is_one_that_was_stopped_before(choice: AbsenceChoice) -> None:
    assert answered(choice, entry(0, 5_000)) == Plan((), Remark.STOPPED_BEFORE)
    assert answered(choice, entry(0, 5_500), cut=6_000) == Plan((), Remark.STOPPED_BEFORE)


def test_one_that_was_stopped_since_keeps_its_end() -> None:
    done = entry(0, 10_020)
    assert answered(AbsenceChoice.DISCARD_AND_CONTINUE, done) == Plan(
        (end(5_000), make(REPORT, 10_000, 10_020)), Remark.STOPPED, 5_000
    )
    assert answered(AbsenceChoice.SPLIT, done).edits == (end(5_000), make(REPORT, 5_000, 10_020))


def test_one_that_sleep_has_stopped_goes_on_if_that_is_asked_for() -> None:
    done = entry(0, 7_000)
    assert answered(AbsenceChoice.DISCARD_AND_STOP, done).edits == (end(5_000),)
    assert answered(AbsenceChoice.DISCARD_AND_CONTINUE, done) == Plan(
        (end(5_000), make(REPORT, 10_000, None)), Remark.STOPPED, 2_000
    )
    assert answered(AbsenceChoice.GIVE, done).edits[1] == make(MEETING, 5_000, 10_000)
    after_tea = entry(10_005, 10_010, entry_id=2)
    plan_after = answered(AbsenceChoice.DISCARD_AND_CONTINUE, done, after_tea)
    assert plan_after.edits[-1] == make(REPORT, 10_010, None)


def test_it_does_not_go_on_beside_another() -> None:
    other = entry(8_000, None, entry_id=2)
    assert answered(AbsenceChoice.DISCARD_AND_CONTINUE, entry(0, 7_000), other) == Plan(
        (end(5_000),), Remark.OTHER_RUNS, 2_000
    )
    assert answered(AbsenceChoice.GIVE, entry(0, 7_000), other).edits == (
        end(5_000),
        make(MEETING, 5_000, 8_000),
    )


def test_an_entry_that_was_moved_loses_only_what_it_has() -> None:
    assert answered(AbsenceChoice.DISCARD_AND_CONTINUE, entry(8_000, None)) == Plan(
        (end(8_000), make(REPORT, 10_000, None)), Remark.STARTED_LATER, 2_000
    )
    assert answered(AbsenceChoice.DISCARD_AND_STOP, entry(10_010, None)).edits == ()


@pytest.mark.parametrize(
    ("choice", "made", "lost"),
    [
        (AbsenceChoice.DISCARD_AND_CONTINUE, [make(REPORT, 8_000, None)], 2_000),
        (AbsenceChoice.DISCARD_AND_STOP, [make(REPORT, 8_000, NOW)], 2_000),
        (
            AbsenceChoice.GIVE,
            [make(MEETING, 6_000, 8_000), make(REPORT, 8_000, None)],
            0,
        ),
        (
            AbsenceChoice.SEPARATE,
            [make(REPORT, 6_000, 8_000), make(REPORT, 8_000, None)],
            0,
        ),
    ],
)
def test_a_break_within_an_absence_leaves_a_piece_on_either_side(
    choice: AbsenceChoice, made: list[CreateEntry], lost: int
) -> None:
    found = answered(choice, cut=6_000, until=8_000)
    assert found.edits == (SetStop(1, T + 6_000), *made)
    assert found.discarded == lost


@pytest.mark.parametrize("until", [10_000, 20_000])
def test_a_break_ends_with_the_absence_at_the_latest(until: int) -> None:
    choice = AbsenceChoice.DISCARD_AND_CONTINUE
    assert answered(choice, until=until) == answered(choice)


def test_a_break_that_ends_before_it_begins_is_none() -> None:
    assert answered(AbsenceChoice.DISCARD_AND_STOP, cut=6_000, until=5_500).edits == ()


@st.composite
def situations(draw: st.DrawFn) -> tuple[Absence, TimeEntry, list[TimeEntry], AbsenceAnswer, int]:
    marks = sorted(draw(st.sets(st.integers(0, 3_000), min_size=2, max_size=8)))
    marks = marks[: len(marks) // 2 * 2]
    question = absence(*zip(marks[::2], marks[1::2], strict=True))
    if draw(st.booleans()) and len(marks) > 2:
        question = question._replace(
            stretches=(*question.stretches[:-1], AwayPeriod(question.stretches[-1].begin))
        )
    now = draw(st.integers(marks[-1], 4_000))
    start = draw(st.integers(0, min(now, 3_000)))
    stop = draw(st.none() | st.integers(start, now))
    others: list[TimeEntry] = []
    if stop is not None and draw(st.booleans()):
        begin = draw(st.integers(stop, now))
        others = [entry(begin, draw(st.none() | st.integers(begin, now)), entry_id=2)]
    choice = draw(st.sampled_from(AbsenceChoice))
    cut = draw(st.none() | st.integers(T, T + 4_000))
    what = MEETING if choice is AbsenceChoice.GIVE else None
    until = draw(st.none() | st.integers(T, T + 4_000))
    answer = AbsenceAnswer(choice, cut, what, draw(st.booleans()), until)
    return question, entry(start, stop), others, answer, T + now


@given(situations())
def test_answers_give_valid_entries_and_discard_no_more_than_the_absence(
    situation: tuple[Absence, TimeEntry, list[TimeEntry], AbsenceAnswer, int],
) -> None:
    question, whole, others, answer, now = situation
    found = plan(answer, question, whole, others=others, now=now)
    after = [whole]
    for edit in found.edits:
        if isinstance(edit, SetStop):
            assert edit.entry_id == whole.id
            after[0] = whole._replace(stop=edit.stop)
        else:
            after.append(TimeEntry(0, *edit.what, edit.start, edit.stop))
    assert all(each.stop is None or each.start <= each.stop <= now for each in after)
    assert all(each.start <= now for each in after)
    assert len([each for each in [*after, *others] if each.running]) <= 1
    every = sorted([*after, *others], key=lambda each: (each.start, each.stop or now))
    assert all((one.stop or now) <= following.start for one, following in pairwise(every))
    away = sum((each.back or now) - each.begin for each in question.stretches)
    lost = whole.seconds(now) - sum(each.seconds(now) for each in after)
    assert lost <= found.discarded + SCRAP_SECONDS
    assert found.discarded <= away
    assert (found.edits == ()) or after != [whole]
