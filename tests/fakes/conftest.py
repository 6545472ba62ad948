"""A fake Toggl for its own tests, its clock standing still on a Tuesday."""

from typing import Final

import pytest

from tests.fakes.toggl import Account, Service
from tests.fakes.toggl.caller import Caller

NOON: Final = 1_772_539_200
"""2026-03-03 12:00:00 UTC."""


@pytest.fixture
def account() -> Account:
    """On the free plan."""
    return Account(clock=lambda: NOON)


@pytest.fixture
def premium() -> Account:
    """On a paid plan."""
    return Account(clock=lambda: NOON, premium=True)


@pytest.fixture
def service(account: Account) -> Service:
    """The free account's server, without quotas."""
    service = Service(account)
    service.quota.enforced = False
    return service


@pytest.fixture
def v9(service: Service) -> Caller:
    """Signed in by API v9."""
    return Caller(service)


@pytest.fixture
def paid(premium: Account) -> Caller:
    """Signed in to the paid account by API v9."""
    return Caller(Service(premium))
