"""What carries a request to the server and its answer back, wherever the libraries for it are."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

from tray.api.response import Request
from tray.errors import NoAnswer
from tray.sentences import again, together, tr


class Destination(NamedTuple):
    """Where a line leads to."""

    url: str
    """The API."""
    host: str
    """The server's name, for sentences."""
    is_local: bool
    """Whether it is on this computer, where nothing goes through a proxy."""


class Outgoing(NamedTuple):
    """A request, ready to be sent."""

    call: Request
    url: str
    query: Mapping[str, str | int]
    headers: Mapping[str, str]
    """Those of this request, the credential among them."""
    body: bytes | None


class Headers(Mapping[str, str]):
    """The headers of an answer, found by name in any case."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._by_name = {name.lower(): value for name, value in given.items()}

    def __getitem__(self, name: str) -> str:
        return self._by_name[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)


class Head(NamedTuple):
    """How an answer begins."""

    status: int
    headers: Mapping[str, str]


OnHead = Callable[[Head], None]


class Line(Protocol):
    """For one thread, except `close`."""

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called: nothing goes over this line any more."""

    def carry(self, outgoing: Outgoing, on_head: OnHead) -> bytes:
        """Send a request, and wait for its answer; it is never sent a second time.

        Args:
            outgoing: The request.
            on_head: Called once the answer has begun, before its body is read.

        Returns:
            The body; of an error, what there is of it.

        Raises:
            RemoteError: there was no answer, or not the whole of it.
        """

    def close(self) -> None:
        """Break off what is under way, for ever; from any thread, without waiting."""


def broken_off(host: str, *, timed_out: bool) -> NoAnswer:
    """The error for an answer that began, but did not end."""
    text = tr("{host} broke its answer off.")
    if timed_out:
        text = tr("{host} took too long to answer.")
    return NoAnswer(together(text.format(host=host), again()))


def lost(host: str) -> NoAnswer:
    """The error for a request that was sent, and what became of it nobody knows."""
    return NoAnswer(together(tr("The connection to {host} broke.").format(host=host), again()))
