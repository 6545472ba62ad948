"""The process that sends requests for the tray, and holds what that takes while there are any.

It ends when its input does, in the middle of a request too: with the tray, however that ended, and
when the tray breaks a request off or has had none for a while.
"""

import os
import signal
import sys
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from tray.api import frames
from tray.api.direct_line import DirectLine
from tray.api.frames import Frame
from tray.api.line import Destination, Head, Outgoing
from tray.api.response import Request
from tray.api.session_options import Limits, Setup
from tray.errors import RemoteError
from tray.sentences import stored


def main() -> None:
    """Send what comes, one after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the tray is told of that key, too, and ends us
    inbox: SimpleQueue[Frame] = SimpleQueue()
    outlet = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may be written there
    Thread(target=_hear, args=(sys.stdin.buffer, inbox), name="requests", daemon=True).start()
    frames.write(outlet, Frame({"kind": frames.READY, "protocol": frames.PROTOCOL}))
    sender = _Sender(inbox.get().head, outlet)
    while True:
        sender.send(inbox.get())


def _hear(inlet: IO[bytes], inbox: "SimpleQueue[Frame]") -> None:
    while (frame := frames.read(inlet)) is not None:
        inbox.put(frame)
    os._exit(0)  # whatever is under way


class _Sender:
    """Sends over one line, which is made for the first request.

    Args:
        options: The first frame: what the line goes through.
        outlet: Where the answers go.
    """

    def __init__(self, options: dict[str, Any], outlet: IO[bytes]) -> None:
        self._options = options
        self._outlet = outlet
        self._line: DirectLine | None = None

    def send(self, frame: Frame) -> None:
        """Send one request, and say what came of it."""
        self._say({"kind": frames.TAKEN})
        try:
            self._say({"kind": frames.BODY}, self._carry(frame))
        except RemoteError as error:
            sentence = stored(str(error))
            name, status = type(error).__name__, error.status
            self._say({"kind": frames.FAILED, "error": name, "text": sentence, "status": status})
        except Exception as error:  # a bug: said there, without words that may hold the credential
            self._say({"kind": frames.BUG, "text": _where(error)})

    def _carry(self, frame: Frame) -> bytes:
        if self._line is None:
            made, limits = self._options["setup"], Limits(**self._options["limits"])
            self._line = DirectLine(
                Destination(**self._options["place"]), Setup(**made, limits=limits)
            )
        head = frame.head
        call = Request(head["method"], head["path"])
        body = frame.body if head["has_body"] else None
        outgoing = Outgoing(call, head["url"], head["query"], head["headers"], body)
        return self._line.carry(outgoing, self._begin)

    def _begin(self, head: Head) -> None:
        self._say({"kind": frames.HEAD, "status": head.status, "headers": dict(head.headers)})

    def _say(self, head: dict[str, Any], body: bytes = b"") -> None:
        try:
            frames.write(self._outlet, Frame(head, body))
        except OSError:
            os._exit(0)  # nobody wants to know


def _where(error: Exception) -> str:
    """Where a bug came up, line by line, and what kind it is."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} in {', '.join(places)}"
