"""The three requests of X's keyboard extension that hotkeys need and python-xlib does not have.

From the X Keyboard Extension protocol, version 1.0, chapter 16.
"""

from typing import Final

from tray.desktop.linux.lean_xlib import rq

NAME: Final = "XKEYBOARD"
CORE_KEYBOARD: Final = 0x100
DETECTABLE_REPEAT: Final = 1 << 0
"""A held key goes down again and again, without coming up in between."""
MAP_EVENTS: Final = 1 << 0 | 1 << 1
"""The keyboard or its map has become another (NewKeyboardNotify, MapNotify)."""
MAP_PARTS: Final = 0xFF
"""All of the map."""


class UseExtension(rq.ReplyRequest):  # type: ignore[misc]
    """Has to come first."""

    _request = rq.Struct(
        rq.Card8("extension"),
        rq.Opcode(0),
        rq.RequestLength(),
        rq.Card16("major"),
        rq.Card16("minor"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Bool("supported"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Pad(24),
    )


class SelectEvents(rq.Request):  # type: ignore[misc]
    """Say which events to send; a client of this extension gets no MappingNotify unasked."""

    _request = rq.Struct(
        rq.Card8("extension"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card16("which"),
        rq.Card16("clear"),
        rq.Card16("all"),
        rq.Card16("affected_parts"),
        rq.Card16("parts"),
    )


class PerClientFlags(rq.ReplyRequest):  # type: ignore[misc]
    """Say how the keyboard shall behave towards this client."""

    _request = rq.Struct(
        rq.Card8("extension"),
        rq.Opcode(21),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Pad(2),
        rq.Card32("change"),
        rq.Card32("value"),
        rq.Pad(12),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("device"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Pad(24),
    )
