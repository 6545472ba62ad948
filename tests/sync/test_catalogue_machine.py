"""Whatever two computers do to the same projects, clients, tags and tasks: they agree in the end.

More of these runs: ``python -m tests.sync.catalogue_machine --runs 1000``.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.catalogue_machine import (
    GAPS,
    KINDS,
    THINGS,
    Act,
    Plan,
    Result,
    random_plan,
    simulate,
)

acts = st.builds(
    Act,
    computer=st.integers(0, 1),
    kind=st.sampled_from(KINDS),
    thing=st.sampled_from(THINGS),
    pick=st.integers(0, (1 << 16) - 1),
    gap=st.sampled_from(GAPS),
)
plans = st.builds(
    Plan,
    version=st.sampled_from([9, 9, 8]),
    premium=st.booleans(),
    acts=st.lists(acts, min_size=2, max_size=20).map(tuple),
)


@given(plan=plans)
@settings(
    max_examples=(settings.default or settings()).max_examples // 10,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_two_computers_agree_on_the_catalogue(plan: Plan) -> None:
    assert simulate(plan) == Result()


@pytest.mark.parametrize("seed", [30, 3497, 11029])
def test_what_went_wrong_once(seed: int) -> None:
    """A client, an archived project deleted elsewhere, on a server that does not say so."""
    assert simulate(random_plan(seed)) == Result()
