"""Finds the function that answers a method and a path."""

from collections.abc import Callable
from typing import Final, NamedTuple

from tests.fakes.toggl.exchange import Refusal, Reply, Request
from tests.fakes.toggl.quota import Quota
from tests.fakes.toggl.state import State

ID_WORDS: Final = {
    "workspace_id": "Missing or invalid workspace_id",
    "organization_id": "Missing or invalid organization_id",
    "time_entry_id": "Invalid or missing time_entry_id",
}
"""What is said of a path with something else in the place of a number."""


class Call(NamedTuple):
    """A request that has found its function."""

    state: State
    quota: Quota
    request: Request
    path: dict[str, str]
    """What stands in the places of the pattern."""

    def number(self, name: str) -> int:
        """An id of the path; 400 if it is no number."""
        text = self.path[name]
        if not (text.isascii() and text.isdigit()):
            words = f"We're expecting an integer as part of the url for {name}"
            raise Refusal(400, ID_WORDS.get(name, words))
        return int(text)

    def asks(self, name: str) -> bool:
        """Whether a yes-or-no question of the query is answered with yes."""
        return self.request.query.get(name) == "true"

    def integer(self, name: str, words: str) -> int | None:
        """A number of the query, if it is there; 400 with `words` if it is none."""
        text = self.request.query.get(name)
        if text is None:
            return None
        try:
            return int(text)
        except ValueError:
            raise Refusal(400, words) from None


Answer = Callable[[Call], Reply]


class Router:
    """Functions by method and pattern, such as ``/workspaces/{workspace_id}/tags``."""

    def __init__(self) -> None:
        self._routes: dict[tuple[str, int], list[tuple[list[str], Answer]]] = {}

    def on(self, method: str, pattern: str) -> Callable[[Answer], Answer]:
        """Decorates the function that answers; the first that fits is asked."""

        def keep(function: Answer) -> Answer:
            parts = pattern.split("/")
            self._routes.setdefault((method, len(parts)), []).append((parts, function))
            return function

        return keep

    def find(self, method: str, path: str) -> tuple[Answer, dict[str, str]] | None:
        """The function, and what stands in the places of its pattern."""
        given = path.split("/")
        for parts, function in self._routes.get((method, len(given)), []):
            places = _fit(parts, given)
            if places is not None:
                return function, places
        return None


def _fit(parts: list[str], given: list[str]) -> dict[str, str] | None:
    places = {}
    for part, text in zip(parts, given, strict=True):
        if part.startswith("{"):
            places[part[1:-1]] = text
        elif part != text:
            return None
    return places
