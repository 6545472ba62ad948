"""How reports round, put a price on time, and keep what they show."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.filters import Criterion, FilterKind
from tray.model.reports.money import Amount, Rate
from tray.model.reports.report_definition import (
    STEPS,
    Direction,
    Grouping,
    LengthRounding,
    ReportDefinition,
    RoundedThing,
    from_json,
    to_json,
)
from tray.model.reports.report_groups import Arrangement, Cell, Spent


@pytest.mark.parametrize(
    ("direction", "seconds", "expected"),
    [
        (Direction.UP, 0, 0),
        (Direction.UP, 1, 900),
        (Direction.UP, 900, 900),
        (Direction.UP, 901, 1_800),
        (Direction.NEAREST, 449, 0),
        (Direction.NEAREST, 450, 900),
        (Direction.DOWN, 899, 0),
        (Direction.DOWN, 900, 900),
    ],
)
def test_rounding(direction: Direction, seconds: int, expected: int) -> None:
    assert LengthRounding(15, direction).of(seconds) == expected


@given(st.integers(0, 10**6), st.sampled_from(STEPS))
def test_down_nearest_and_up_lie_in_order_a_step_apart(seconds: int, minutes: int) -> None:
    down, nearest, up = (
        LengthRounding(minutes, each).of(seconds)
        for each in (Direction.DOWN, Direction.NEAREST, Direction.UP)
    )
    assert down <= seconds <= up
    assert up - down in (0, 60 * minutes)
    assert abs(nearest - seconds) <= 30 * minutes


@given(
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 10**5), st.integers(0, 4)), max_size=20)
)
def test_money_is_summed_exactly_and_rounded_once(parts: list[tuple[int, int, int]]) -> None:
    rates = {1: Rate(333, "EUR"), 2: Rate(5_000, "USD")}
    cells = {
        Cell((f"{number}",), project): Spent(seconds, seconds)
        for number, (project, seconds, _) in enumerate(parts)
    }
    by = (Grouping.DESCRIPTION,)
    found = Arrangement(by, rates=rates).grouped(cells)
    exact: dict[str, Fraction] = {
        rate.currency: sum(
            (Fraction(s * rate.cents, 3600) for p, s, _ in parts if p == project), Fraction()
        )
        for project, rate in rates.items()
    }
    assert {each.currency for each in found.amounts} <= {"EUR", "USD"}
    for each in found.amounts:
        assert abs(2 * (each.cents - exact[each.currency])) <= 1


def test_six_rows_of_a_third_come_to_what_they_are_worth() -> None:
    cells = {Cell((f"{at}",), 1): Spent(600, 600) for at in range(6)}
    found = Arrangement((Grouping.DESCRIPTION,), rates={1: Rate(1_000, "EUR")}).grouped(cells)
    assert {group.amounts for group in found.groups} == {(Amount("EUR", 167),)}
    assert found.amounts == (Amount("EUR", 1_000),)


def test_there_is_no_amount_without_a_rate() -> None:
    found = Arrangement((Grouping.PROJECT,)).grouped({Cell((1,), 1): Spent(600, 600)})
    assert found.amounts == found.groups[0].amounts == ()


definitions = st.builds(
    ReportDefinition,
    st.text(max_size=9),
    st.text(max_size=9),
    st.lists(st.builds(Criterion, st.sampled_from(FilterKind), st.integers(0, 9))).map(tuple),
    st.lists(st.sampled_from(Grouping), min_size=1, max_size=2, unique=True).map(tuple),
    st.none()
    | st.builds(
        LengthRounding,
        st.sampled_from(STEPS),
        st.sampled_from(Direction),
        st.sampled_from(RoundedThing),
    ),
)


@given(definitions)
def test_what_is_stored_is_read_back(definition: ReportDefinition) -> None:
    import json

    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        {"by": ["colour"], "rounding": [7, "up", "entry"], "criteria": [["x", 1], 5]},
        {"by": "project", "rounding": ["15"], "criteria": {}},
    ],
)
def test_what_a_later_version_wrote_is_left_out(stored: object) -> None:
    assert from_json(stored) == ReportDefinition()
