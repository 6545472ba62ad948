"""Reads the bodies of replies into structs, or says where they are not what the API says."""

from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

from tray.api.codec import msgspec
from tray.api.remote_values import Me
from tray.api.response import Response
from tray.api.tolerant import Sifted, Wire, sift
from tray.api.transport import Transport
from tray.api.wire_models import WireAccount
from tray.errors import BadReply
from tray.sentences import tr

_T = TypeVar("_T")


class _Wrapped(msgspec.Struct):
    """What v8 puts around single things."""

    data: msgspec.Raw = msgspec.Raw(b"null")


class Decoder:
    """Decodes the replies of one connection."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def one(self, reply: Response, kind: type[_T]) -> _T:
        """The thing in a reply.

        Raises:
            BadReply: it is something else.
        """
        thing: _T = self._decode(reply, kind)
        return thing

    def maybe(self, reply: Response, kind: type[_T]) -> _T | None:
        """The thing in a reply that may be ``null``."""
        thing: _T | None = self._decode(reply, kind | None)
        return thing

    def many(self, reply: Response, kind: type[_T]) -> list[_T]:
        """The list in a reply; ``null`` is an empty one."""
        things: list[_T] | None = self._decode(reply, list[kind] | None)  # type: ignore[valid-type]
        return things or []

    def sifted(self, reply: Response, kind: type[Wire[Any]], name: str) -> Sifted:
        """The list in a reply, without what is out of shape in it; see `sift`."""
        with suppress(BadReply):
            return Sifted(self.many(reply, kind))
        raws: list[msgspec.Raw] = self.many(reply, msgspec.Raw)
        try:
            return sift(raws, kind, name)
        except ValueError as error:
            raise self.misread(reply, str(error)) from error

    def account(self, reply: Response, parts: WireAccount | None = None) -> Me:
        """The account in a reply, or in `parts` that were read one by one."""
        try:
            account = parts or self.one(reply, WireAccount)
            return account.value(has_entries=parts is None)
        except ValueError as error:
            raise self.misread(reply, str(error)) from error

    def sole(self, reply: Response, kind: type[_T]) -> _T:
        """The thing in a reply that may be a list with one."""
        thing: _T | list[_T] = self._decode(reply, kind | list[kind])  # type: ignore[valid-type]
        if not isinstance(thing, list):
            return thing
        if len(thing) != 1:
            raise self.misread(reply, tr("{count} things instead of one").format(count=len(thing)))
        return thing[0]

    def unwrapped(self, reply: Response) -> Response:
        """A reply of v8 without the ``{"data": …}`` around its body."""
        wrapped: _Wrapped = self._decode(reply, _Wrapped)
        return reply._replace(body=bytes(wrapped.data))

    def misread(self, reply: Response, what: str) -> Exception:
        """The error for a reply that is `what` instead of what the API says."""
        return self._transport.misread(reply, what)

    def _decode(self, reply: Response, kind: Any) -> Any:
        try:
            return _decoder(kind).decode(reply.body)
        except (ValueError, RecursionError) as error:
            raise self.misread(
                reply, tr("something else than expected ({error})").format(error=error)
            ) from error


class Calls:
    """A group of calls over one connection."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._read = Decoder(transport)

    @property
    def is_toggl(self) -> bool:
        """See `Toggl`."""
        return self._transport.address.is_toggl


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
