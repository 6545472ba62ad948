"""Keeps the surroundings of whoever runs the tests out of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api import wire
from tray.api.child_line import ChildLine


@pytest.fixture(autouse=True)
def _no_proxy_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ChildLine]]:
    """The lines with a process of their own that a test makes; they are closed after it."""
    made: list[ChildLine] = []
    prepare = ChildLine.__init__

    def noted(line: ChildLine, *arguments: Any, **options: Any) -> None:
        prepare(line, *arguments, **options)
        made.append(line)

    monkeypatch.setattr(ChildLine, "__init__", noted)
    yield made
    for line in made:
        line.close()


@pytest.fixture(params=["here", "aside"])
def each_line(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, children: list[ChildLine]
) -> None:
    """Send in this process, and then from one of its own: both keep the same promises."""
    monkeypatch.setattr(wire, "aside", request.param == "aside")
