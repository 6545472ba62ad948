"""More of anything the user does never makes a suggestion worth less."""

from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from tray.model.suggest import MatchKind
from tray.model.suggest.rank import SPREAD, WEIGHTS, RankContext, habits, score, share_of_uses

NOW: Final = 1_750_000_000
DAY: Final = 86_400
SLOT: Final = NOW // 10_800 % 8

SLOTS = st.lists(st.integers(0, 500), min_size=8, max_size=8).filter(any)
KINDS = st.sampled_from(MatchKind)
AGES = st.integers(0, 4_000 * DAY)
PLACES = st.sampled_from([None, 1, 2])


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Any]:
    """Something done, as `habits` is told of it."""
    slots = draw(SLOTS)
    return {
        "uses": sum(slots),
        "last_used": NOW - draw(AGES),
        "slots": slots,
        "project_id": draw(PLACES),
        "workspace_id": draw(st.sampled_from([1, 2])),
    }


MOMENTS = st.builds(RankContext, st.just(NOW), PLACES, PLACES)


def worth(moment: RankContext, kind: MatchKind, **done: Any) -> float:
    """The score of a match."""
    return score(kind, habits(moment, **done))


@given(histories(), MOMENTS, KINDS, st.integers(0, 7))
def test_one_more_use_at_any_hour_never_lowers_the_score(
    done: dict[str, Any], moment: RankContext, kind: MatchKind, slot: int
) -> None:
    more = done | {"uses": done["uses"] + 1, "slots": [*done["slots"]]}
    more["slots"][slot] += 1
    assert worth(moment, kind, **more) >= worth(moment, kind, **done)


@given(histories(), MOMENTS, KINDS, AGES)
def test_a_later_use_never_lowers_the_score(
    done: dict[str, Any], moment: RankContext, kind: MatchKind, age: int
) -> None:
    later = done | {"last_used": max(done["last_used"], NOW - age)}
    assert worth(moment, kind, **later) >= worth(moment, kind, **done)


@given(histories(), MOMENTS, KINDS, st.integers(0, 7))
def test_the_same_time_of_day_never_lowers_the_score(
    done: dict[str, Any], moment: RankContext, kind: MatchKind, slot: int
) -> None:
    moved = [*done["slots"]]
    moved[SLOT], moved[slot] = moved[SLOT] + moved[slot], 0 if slot != SLOT else 2 * moved[SLOT]
    same = done | {"slots": moved}
    assert worth(moment, kind, **same) >= worth(moment, kind, **done)


@given(histories(), KINDS, PLACES)
def test_the_same_project_and_workspace_never_lower_the_score(
    done: dict[str, Any], kind: MatchKind, elsewhere: int | None
) -> None:
    here = RankContext(NOW, done["project_id"], done["workspace_id"])
    assert worth(here, kind, **done) >= worth(RankContext(NOW, elsewhere, 2), kind, **done)
    assert worth(here, kind, **done) >= worth(RankContext(NOW), kind, **done)


@given(histories(), histories(), KINDS, KINDS)
def test_habits_never_make_up_for_a_kind_that_is_much_better(
    done: dict[str, Any], other: dict[str, Any], kind: MatchKind, better: MatchKind
) -> None:
    if WEIGHTS[better] >= WEIGHTS[kind] + SPREAD:
        moment = RankContext(NOW, 1, 1)
        assert worth(moment, better, **done) > worth(moment, kind, **other)


@given(histories(), histories(), KINDS, st.integers(0, 400))
def test_days_that_pass_do_not_change_the_order(
    done: dict[str, Any], other: dict[str, Any], kind: MatchKind, days: int
) -> None:
    later = RankContext(NOW + days * DAY, 1)
    before = habits(RankContext(NOW, 1), **done) - habits(RankContext(NOW, 1), **other)
    after = habits(later, **done) - habits(later, **other)
    assert abs(before - after) < 1e-6


@given(histories(), MOMENTS)
def test_bits_stay_below_what_a_search_reckons_with(
    done: dict[str, Any], moment: RankContext
) -> None:
    without = habits(RankContext(NOW), **done | {"slots": [0] * 8})
    assert without <= habits(moment, **done) <= without + moment.most_bits + 1e-9


def test_every_kind_has_a_weight_and_they_are_in_order() -> None:
    assert WEIGHTS.keys() == {*MatchKind}
    weights = [WEIGHTS[kind] for kind in sorted(MatchKind)]
    assert weights == sorted(weights)


def test_guesses_come_after_projects_and_these_after_descriptions() -> None:
    for last, first in (
        (MatchKind.SUBSEQUENCE, MatchKind.PROJECT),
        (MatchKind.PROJECT, MatchKind.SUBSTRING),
        (MatchKind.PREFIX, MatchKind.WHOLE),
    ):
        assert WEIGHTS[last] + SPREAD <= WEIGHTS[first]


def test_a_daily_word_beats_a_beginning_that_is_long_past() -> None:
    daily: dict[str, Any] = {"uses": 100, "last_used": NOW - DAY, "slots": [0] * 8}
    past: dict[str, Any] = {"uses": 1, "last_used": NOW - 365 * DAY, "slots": [0] * 8}
    place = {"project_id": None, "workspace_id": 1}
    now = RankContext(NOW)
    assert worth(now, MatchKind.WORDS, **daily, **place) > worth(
        now, MatchKind.PREFIX, **past, **place
    )
    assert worth(now, MatchKind.PREFIX, **daily, **place) > worth(
        now, MatchKind.WORDS, **daily, **place
    )


def test_an_entry_planned_for_later_counts_as_used_now() -> None:
    done: dict[str, Any] = {
        "uses": 1,
        "slots": [0] * 8,
        "project_id": None,
        "workspace_id": 1,
    }
    now = RankContext(NOW)
    assert habits(now, last_used=NOW + DAY, **done) == habits(now, last_used=NOW, **done)


def test_the_slots_next_to_this_one_count_half_also_around_midnight() -> None:
    assert share_of_uses((4, 0, 0, 0, 0, 0, 0, 0), now=0) == 1
    assert share_of_uses((0, 4, 0, 0, 0, 0, 0, 0), now=0) == 0.5
    assert share_of_uses((0, 0, 0, 0, 0, 0, 0, 4), now=0) == 0.5
    assert share_of_uses((0, 0, 0, 0, 4, 0, 0, 0), now=0) == 0
    assert share_of_uses((4, 0, 0, 0, 0, 0, 0, 0), now=DAY - 1) == 0.5
    assert share_of_uses((0, 0, 0, 0, 0, 0, 0, 0), now=0) == 0
