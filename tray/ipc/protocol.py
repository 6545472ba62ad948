r"""What one instance says to another, as lines of JSON.

A message is ``{"v":1,"cmd":"quick"}\n``, a reply ``{"v":1,"ok":true}\n`` or
``{"v":1,"ok":false,"error":"One sentence."}\n``. A connection carries one of each. Fields that are
not known here are for later versions and are passed over.
"""

import json
from enum import StrEnum

from tray.lean_typing import Any, Final, NamedTuple

VERSION: Final = 1
LINE_BYTES: Final = 64 * 1024
"""No line is longer, its end included."""
MOST_LINK: Final = 4_000
"""How many characters of a link are passed on; what is longer is none of ours."""
MOST_ACTIVATION: Final = 1_000
"""How many characters of an activation token are taken; those of the desktops have below 100."""


class Command(StrEnum):
    """What the first instance can be asked to do."""

    QUICK = "quick"
    """Open the quick-start dialog."""
    LINK = "link"
    """Do what a link asks for."""
    SHOW = "show"
    """Open the entries window."""
    TOGGLE = "toggle"
    """Stop what runs, or continue the latest entry."""
    SYNC = "sync"
    """Exchange everything with the account now."""
    ACCOUNT = "account"
    """Somebody has signed in or out: look which account there is."""
    SUPPORT = "support"
    """Say what works on this desktop, as it turned out."""
    REST = "rest"
    """The tray of another profile has the hotkeys from now on."""
    ACTIVE = "active"
    """The tray of another profile leaves the hotkeys to this one."""
    QUIT = "quit"
    """Leave."""
    WINDOW = "window"
    """Show the entries window, or hide it if it is in front."""
    CLIPBOARD = "clipboard"
    """Start what is in the clipboard."""
    MINI = "mini"
    """Show or hide the small window."""


class Message(NamedTuple):
    """From any instance to the first one."""

    command: Command
    activation: str = ""
    """The sender's ``XDG_ACTIVATION_TOKEN`` or ``DESKTOP_STARTUP_ID``: with it, a desktop that
    keeps windows from stealing the focus lets the one that is asked for have it."""
    link: str = ""
    """With ``link``: what was opened, such as ``toggl-tray:stop``."""


class SupportFinding(NamedTuple):
    """How one thing turned out in the first instance."""

    topic: str
    works: bool
    detail: str
    """What was found, for the user."""


class Reply(NamedTuple):
    """From the first instance, to who has sent a message."""

    ok: bool
    error: str = ""
    """If not ok: a sentence for the user."""
    support: tuple[SupportFinding, ...] = ()
    """What ``support`` asked for."""


def encode_message(message: Message) -> bytes:
    """A message as a line."""
    line = {"v": VERSION, "cmd": message.command.value}
    activation = message.activation if _fits_environment(message.activation) else ""
    more = {"activation": activation, "link": message.link[: MOST_LINK + 1]}
    return _line({**line, **{name: text for name, text in more.items() if text}})


def decode_message(line: bytes) -> Message:
    """A message from its line.

    Raises:
        ValueError: it is none that is known here; with a sentence.
    """
    fields = _fields(line)
    name = _text(fields, "cmd")
    try:
        command = Command(name)
    except ValueError as error:
        known = ", ".join(Command)
        raise ValueError(f"There is no command “{name[:40]}” here; there are {known}.") from error
    activation = _text(fields, "activation", "")
    if len(activation) > MOST_ACTIVATION:
        raise ValueError(f"“activation” has more than {MOST_ACTIVATION:,} characters.")
    if not _fits_environment(activation):
        raise ValueError("“activation” is no text that an environment variable can hold.")
    return Message(command, activation, _text(fields, "link", "")[: MOST_LINK + 1])


def _fits_environment(text: str) -> bool:
    """Whether it has neither NUL nor half a character."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def encode_reply(reply: Reply) -> bytes:
    """A reply as a line."""
    line: dict[str, Any] = {"v": VERSION, "ok": reply.ok}
    if reply.support:
        line["support"] = [finding._asdict() for finding in reply.support]
    return _line(line if reply.ok else {**line, "error": reply.error})


def decode_reply(line: bytes) -> Reply:
    """A reply from its line.

    Raises:
        ValueError: it is none; with a sentence.
    """
    fields = _fields(line)
    ok = fields.get("ok")
    if not isinstance(ok, bool):
        raise ValueError("“ok” is missing, or neither true nor false.")
    return Reply(ok, support=_support(fields)) if ok else Reply(ok, _text(fields, "error"))


def _support(fields: dict[str, Any]) -> tuple[SupportFinding, ...]:
    match fields.get("support", []):
        case list(findings):
            return tuple(map(_finding, findings))
    raise ValueError("“support” is no list.")


def _finding(fields: Any) -> SupportFinding:
    match fields:
        case {"topic": str(topic), "works": bool(works), "detail": str(detail)}:
            return SupportFinding(topic, works, detail)
    raise ValueError("“support” has something in it that is no finding.")


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode() + b"\n"


def _fields(line: bytes) -> dict[str, Any]:
    if not line.endswith(b"\n") or len(line) > LINE_BYTES:
        raise ValueError(f"The line is cut off, or longer than {LINE_BYTES:,} bytes.")
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("The line is not JSON.") from error
    if not isinstance(fields, dict):
        raise ValueError("The line is not a JSON object.")
    version = fields.get("v")
    if type(version) is not int or version != VERSION:  # for Python, true and 1.0 are 1 too
        raise ValueError(f"The line is not of version {VERSION}: “v” is missing, or different.")
    return fields


def _text(fields: dict[str, Any], name: str, default: str | None = None) -> str:
    value = fields.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"“{name}” is missing, or no text.")
    return value
