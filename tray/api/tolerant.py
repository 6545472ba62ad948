"""Reads lists of which one thing may be out of shape: that is set aside, and the others count."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from tray.api.codec import msgspec
from tray.api.remote_values import Skipped
from tray.sentences import tr

_V = TypeVar("_V", covariant=True)


class Wire(Protocol[_V]):
    """A shape in which something is sent."""

    def value(self) -> _V:
        """The same as we have it."""


class Sifted(NamedTuple):
    """What could be read of a list, in its order, and what could not."""

    shapes: list[Any]
    skipped: tuple[Skipped, ...] = ()


class _Name(msgspec.Struct):
    id: object = None
    name: object = None
    description: object = None


_LARGEST: Final = 2**63


def sift(raws: Sequence[msgspec.Raw], kind: type[Wire[Any]], name: str) -> Sifted:
    """Read each thing by itself.

    Args:
        raws: The things of a list, as they were sent.
        kind: What they should be.
        name: What one is called in a sentence, such as ``project``.

    Raises:
        ValueError: of several not one can be read.
    """
    decoder = msgspec.json.Decoder(kind)
    shapes, skipped = [], []
    for raw in raws:
        try:
            shape = decoder.decode(raw)
            shape.value()
            shapes.append(shape)
        except (ValueError, OverflowError, RecursionError) as error:
            skipped.append(_skipped(raw, name, str(error)))
    if len(skipped) > 1 and not shapes:
        raise ValueError(
            tr("no {name} of {count} can be read: {why}").format(
                name=name, count=len(skipped), why=skipped[0].why
            )
        )
    return Sifted(shapes, tuple(skipped))


def _skipped(raw: msgspec.Raw, kind: str, why: str) -> Skipped:
    try:
        found = msgspec.json.decode(raw, type=_Name)
    except (ValueError, RecursionError):
        found = _Name()
    number = found.id if isinstance(found.id, int) and 0 < found.id < _LARGEST else None
    names = (each for each in (found.name, found.description) if isinstance(each, str))
    return Skipped(kind, number, next(names, ""), why)
