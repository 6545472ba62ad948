"""Computers with an account, for tests of the exchange."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.pair import Pair
from tests.sync.rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Nobody is signed in yet; the plan is free, and requests are not counted."""
    rig = Rig(tmp_path)
    yield rig
    rig.db.close()


@pytest.fixture
def signed_in(rig: Rig) -> Rig:
    """The same, in step with an empty account."""
    rig.sign_in()
    rig.run(60)
    return rig


@pytest.fixture
def paid(tmp_path: Path) -> Iterator[Rig]:
    """In step with an empty account on a paid plan."""
    rig = Rig(tmp_path, premium=True)
    rig.sign_in()
    rig.run(60)
    yield rig
    rig.db.close()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two computers in step with an empty account."""
    pair = Pair(tmp_path)
    yield pair
    for rig in pair.both:
        rig.db.close()
