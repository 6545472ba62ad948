"""What the tray and the process that sends its requests say to each other over their pipes.

A frame is a head, which is JSON, and a body of any bytes; both lengths come before it. The one that
starts the other says first what the line goes through, and then one request after the other. It
hears `READY` at once, and for each request `TAKEN`, before any of it is sent, `HEAD`, once the
answer has begun, and then `BODY`, or why there is none: `FAILED`, or `BUG`.
"""

import json
import struct
from typing import IO, Any, Final, NamedTuple

PROTOCOL: Final = 1
"""Goes up with every change here: after an update the other one may be of another version."""

READY, TAKEN, HEAD, BODY, FAILED, BUG = "ready", "taken", "head", "body", "failed", "bug"
_LENGTHS: Final = struct.Struct("!II")
_MOST_BYTES: Final = 64 * 1024 * 1024


class Frame(NamedTuple):
    """One thing that is said."""

    head: dict[str, Any]
    body: bytes = b""

    @property
    def kind(self) -> object:
        """One of the words above, of an answer."""
        return self.head.get("kind")


def write(pipe: IO[bytes], frame: Frame) -> None:
    """Say it.

    Raises:
        OSError: nobody hears it any more.
    """
    head = json.dumps(frame.head).encode()
    pipe.write(_LENGTHS.pack(len(head), len(frame.body)) + head + frame.body)
    pipe.flush()


def read(pipe: IO[bytes]) -> Frame | None:
    """The next thing that is said, of no kind if it makes no sense; None: nothing more will be."""
    try:
        lengths = pipe.read(_LENGTHS.size)
        if len(lengths) < _LENGTHS.size:
            return None
        head_bytes, body_bytes = _LENGTHS.unpack(lengths)
        if max(head_bytes, body_bytes) > _MOST_BYTES:
            return Frame({})
        words, body = pipe.read(head_bytes), pipe.read(body_bytes)
    except (OSError, ValueError):  # this end was closed
        return None
    if (len(words), len(body)) != (head_bytes, body_bytes):
        return None
    try:
        head = json.loads(words)
    except ValueError:
        return Frame({})
    return Frame(head, body) if isinstance(head, dict) else Frame({})
