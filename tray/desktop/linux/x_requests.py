"""The ten requests to the X server that are made here, for python-xlib to send.

It has them too, among a hundred others that take 0.5 MB. From the X Window System Protocol, X
Version 11, appendix B.
"""

from typing import Any, Final

from tray.desktop.linux.lean_xlib import X, rq

_MODES: Final = (X.GrabModeSync, X.GrabModeAsync)


def _request(code: int, *fields: Any, first: Any = None) -> Any:
    return rq.Struct(rq.Opcode(code), first or rq.Pad(1), rq.RequestLength(), *fields)


def _reply(*fields: Any, first: Any = None) -> Any:
    head = (rq.ReplyCode(), first or rq.Pad(1), rq.Card16("sequence_number"), rq.ReplyLength())
    return rq.Struct(*head, *fields)


class InternAtom(rq.ReplyRequest):  # type: ignore[misc]
    """The number of a name."""

    _request = _request(
        16, rq.LengthOf("name", 2), rq.Pad(2), rq.String8("name"), first=rq.Bool("only_if_exists")
    )
    _reply = _reply(rq.Card32("atom"), rq.Pad(20))


class GetProperty(rq.ReplyRequest):  # type: ignore[misc]
    """What is noted at a window under a name."""

    _request = _request(
        20,
        rq.Window("window"),
        rq.Card32("property"),
        rq.Card32("type"),
        rq.Card32("long_offset"),
        rq.Card32("long_length"),
        first=rq.Bool("delete"),
    )
    _reply = _reply(
        rq.Card32("property_type"),
        rq.Card32("bytes_after"),
        rq.LengthOf("value", 4),
        rq.Pad(12),
        rq.PropertyData("value"),
        first=rq.Format("value", 1),
    )


class GetSelectionOwner(rq.ReplyRequest):  # type: ignore[misc]
    """Which window has a selection."""

    _request = _request(23, rq.Card32("selection"))
    _reply = _reply(rq.Window("owner", (X.NONE,)), rq.Pad(20))


class SendEvent(rq.Request):  # type: ignore[misc]
    """Send an event to a window."""

    _request = _request(
        25,
        rq.Window("destination"),
        rq.Card32("event_mask"),
        rq.EventField("event"),
        first=rq.Bool("propagate"),
    )


class GrabKey(rq.Request):  # type: ignore[misc]
    """Have a key to ourselves."""

    _request = _request(
        33,
        rq.Window("grab_window"),
        rq.Card16("modifiers"),
        rq.Card8("key"),
        rq.Set("pointer_mode", 1, _MODES),
        rq.Set("keyboard_mode", 1, _MODES),
        rq.Pad(3),
        first=rq.Bool("owner_events"),
    )


class UngrabKey(rq.Request):  # type: ignore[misc]
    """Give it back."""

    _request = _request(
        34, rq.Window("grab_window"), rq.Card16("modifiers"), rq.Pad(2), first=rq.Card8("key")
    )


class GetInputFocus(rq.ReplyRequest):  # type: ignore[misc]
    """Which window is written in; as good as any to wait for an answer."""

    _request = _request(43)
    _reply = _reply(
        rq.Window("focus", (X.NONE, X.PointerRoot)), rq.Pad(20), first=rq.Card8("revert_to")
    )


class QueryExtension(rq.ReplyRequest):  # type: ignore[misc]
    """Whether there is an extension, and its numbers."""

    _request = _request(98, rq.LengthOf("name", 2), rq.Pad(2), rq.String8("name"))
    _reply = _reply(
        rq.Card8("present"),
        rq.Card8("major_opcode"),
        rq.Card8("first_event"),
        rq.Card8("first_error"),
        rq.Pad(20),
    )


class GetKeyboardMapping(rq.ReplyRequest):  # type: ignore[misc]
    """What the keys mean."""

    _request = _request(101, rq.Card8("first_keycode"), rq.Card8("count"), rq.Pad(2))
    _reply = _reply(rq.Pad(24), rq.KeyboardMapping("keysyms"), first=rq.Format("keysyms", 1))


class GetModifierMapping(rq.ReplyRequest):  # type: ignore[misc]
    """Which keys are modifiers."""

    _request = _request(119)
    _reply = _reply(rq.Pad(24), rq.ModifierMapping("keycodes"), first=rq.Format("keycodes", 1))
