"""Which function answers which method and path."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BaseConverter, Map, Rule

from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError, ApiReply

Answer: TypeAlias = Callable[[ApiCall], ApiReply]


class _Id(BaseConverter):
    regex = r"\d{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)


class _Ids(BaseConverter):
    regex = r"\d{1,18}(?:,\d{1,18})*"
    weight = 200

    def to_python(self, value: str) -> list[int]:
        return [int(each) for each in value.split(",")]


_CONVERTERS: Final = {"id": _Id, "ids": _Ids}


class ApiRoutes:
    """Collects the calls of one version of the API, then finds them."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def on(self, method: str, *paths: str) -> Callable[[Answer], Answer]:
        """Decorates the function that answers there; ``<id:workspace>`` in a path is a number."""

        def add(function: Answer) -> Answer:
            self._rules += [Rule(path, methods=[method], endpoint=function) for path in paths]
            return function

        return add

    def rules(self) -> list[Rule]:
        """What was collected, to be added to another."""
        return self._rules


class ApiRouter:
    """Finds the function for a request."""

    def __init__(self, *routes: ApiRoutes) -> None:
        rules = [rule.empty() for each in routes for rule in each.rules()]
        found = Map(rules, converters=_CONVERTERS, strict_slashes=False, merge_slashes=False)
        self._adapter = found.bind("localhost")
        found.update()

    def find(self, method: str, path: str) -> tuple[Answer, Mapping[str, Any]] | None:
        """The function and the numbers of the path; None if there is no such call here.

        Raises:
            ApiError: the path is there, but not for this method.
        """
        try:
            return self._adapter.match(path, method)
        except NotFound:
            return None
        except MethodNotAllowed:
            raise ApiError(405, "Method not allowed") from None
