"""Whatever two computers of one user do to the same entries: nothing is lost, nothing is doubled.

Ten thousand more of these runs: ``python -m tests.sync.two_computers --runs 10000``; with
``--gaps`` on a server that is not as Toggl's, in ways drawn at random; with ``--more`` users also
split, merge, continue, tag many, do again, import, put a copy back and set a clock.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.two_computers import Result, prepare, simulate
from tests.sync.two_computers_more import MoreMachine
from tests.sync.two_computers_plan import (
    AHEAD,
    GAPS,
    GAPS_OF_SERVERS,
    KINDS,
    MORE_KINDS,
    Act,
    Plan,
    random_plan,
    with_gaps,
)

acts = st.builds(
    Act,
    computer=st.integers(0, 1),
    kind=st.sampled_from(KINDS),
    pick=st.integers(0, (1 << 16) - 1),
    gap=st.sampled_from(GAPS),
)
more_acts = st.builds(
    Act,
    computer=st.integers(0, 1),
    kind=st.sampled_from(MORE_KINDS),
    pick=st.integers(0, (1 << 16) - 1),
    gap=st.sampled_from(GAPS),
)
plans = st.builds(
    Plan,
    version=st.sampled_from([9, 9, 9, 8]),
    ahead=st.tuples(st.sampled_from(AHEAD), st.sampled_from(AHEAD)),
    late_by=st.integers(0, 3),
    acts=st.lists(acts, min_size=2, max_size=30).map(tuple),
    gaps=st.just(()),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases that are signed in already."""
    return prepare(tmp_path_factory.mktemp("template"))


@given(plan=plans)
@settings(
    max_examples=(settings.default or settings()).max_examples // 4,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_two_computers_agree_and_nothing_is_lost_or_doubled(template: Path, plan: Plan) -> None:
    result = simulate(plan, template)
    assert result == Result(result.losers_listed)


@given(plan=plans, gaps=st.lists(st.sampled_from(sorted(GAPS_OF_SERVERS)), min_size=1, unique=True))
@settings(
    max_examples=(settings.default or settings()).max_examples // 8,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_they_do_so_on_a_server_that_is_not_as_toggls(plan: Plan, gaps: list[str]) -> None:
    result = simulate(plan._replace(version=9, gaps=tuple(gaps)))
    assert result == Result(result.losers_listed)


@given(plan=plans, more=st.lists(more_acts, min_size=2, max_size=30))
@settings(
    max_examples=(settings.default or settings()).max_examples // 8,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_they_do_so_with_what_users_do_less_often(
    template: Path, plan: Plan, more: list[Act]
) -> None:
    result = simulate(plan._replace(acts=tuple(more)), template, MoreMachine)
    assert result == Result(result.losers_listed)


@pytest.mark.parametrize(
    "seed",
    [
        118,
        129,
        322,
        1251,
        1404,
        20245,
        40240,
        5000018,
        5000234,
        1000120,
        1000516,
        1001792,
        1003868,
        1004420,
        9000039,
        9200013,
        24001797,
        24004725,
    ],
)
def test_what_went_wrong_once(template: Path, seed: int) -> None:
    """Equal entries, one of them not sent yet; a deletion of what was edited here before; one of
    what runs, given up; a copy of what was answered, changed elsewhere before it was known as one;
    a value whose loss was told until another of the same field was, or its entry had been away.
    """
    result = simulate(random_plan(seed), template)
    assert result == Result(result.losers_listed)


@pytest.mark.parametrize(
    "seed",
    [
        *(2001018, 9100076, 9100237, 9400389, 9410154, 9420217),
        9400041,
    ],
)
def test_what_went_wrong_once_on_a_server_that_is_not_as_toggls(seed: int) -> None:
    """A copy that the line had made was changed elsewhere before it was known as one; what had gone
    was asked about though its copy was there or came later, and a deletion that was done already;
    what was looked for was out of shape, and sent again; what had come in time was thrown away.
    """
    result = simulate(with_gaps(random_plan(seed), seed))
    assert result == Result(result.losers_listed)


@pytest.mark.parametrize("seed", [9520066])
def test_what_went_wrong_once_with_three_computers(template: Path, seed: int) -> None:
    """A copy that the line had made was changed by one of them before its maker saw it."""
    result = simulate(random_plan(seed, 3), template)
    assert result == Result(result.losers_listed)
