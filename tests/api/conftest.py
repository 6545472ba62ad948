"""Keeps the surroundings of whoever runs the tests out of them."""

import pytest


@pytest.fixture(autouse=True)
def _no_proxy_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
