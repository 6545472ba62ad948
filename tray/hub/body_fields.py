"""Reads single fields of a body, under any of the names that programs have for them."""

from collections.abc import Mapping
from typing import Any, Final

from tray.hub.api_reply import ApiError
from tray.hub.wire_moments import parse_moment

_TYPES: Final = {bool: "bool", int: "number", float: "number", str: "string", list: "array"}
_FLAGS: Final = {"true": True, "false": False}


def whole_number(body: Mapping[str, Any], *names: str) -> int | None:
    """The first of these that is there; None if none is, or null."""
    name, value = _first(body, names)
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise _unexpected(name, value)
    if value is not None and abs(value) >= 2**63:
        raise _unexpected(name, value)
    return value


def flag(body: Mapping[str, Any], name: str) -> bool | None:
    """Yes, no, or not given."""
    value = body.get(name)
    if isinstance(value, str):
        value = _FLAGS.get(value.lower(), value)
    if value is not None and not isinstance(value, bool):
        raise _unexpected(name, value)
    return value


def string(body: Mapping[str, Any], *names: str) -> str | None:
    """A text, or not given."""
    name, value = _first(body, names)
    if value is not None and not isinstance(value, str):
        raise _unexpected(name, value)
    return value


def strings(body: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """Several texts, none of them empty; or not given."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _unexpected(name, value)
    return tuple(filter(None, value))


def numbers(body: Mapping[str, Any], name: str) -> tuple[int, ...] | None:
    """Several whole numbers; or not given."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise _unexpected(name, value)
    found = [whole_number({name: each}, name) for each in value]
    return tuple(each for each in found if each is not None)


def moment(body: Mapping[str, Any], name: str) -> int | None:
    """A moment in epoch microseconds; or not given."""
    text = string(body, name)
    if not text:
        return None
    found = parse_moment(text)
    if found is None:
        raise ApiError(400, f"Invalid {name} time")
    return found


def amount(body: Mapping[str, Any], name: str) -> int | None:
    """An amount of money, in hundredths; or not given."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _unexpected(name, value)
    return round(value * 100)


def _first(body: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    for name in names:
        if body.get(name) is not None:
            return name, body[name]
    return names[0], None


def _unexpected(name: str, value: object) -> ApiError:
    kind = _TYPES.get(type(value), "object")
    return ApiError(400, f'Unexpected "{name}" type {kind}')
