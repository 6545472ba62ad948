"""Has requests sent by a process of its own, which is there only while there are any.

What it takes to send one, `requests` and TLS with all authorities, is 10 MB that would stay in this
process for ever. Where there can be no such process they are sent by this one.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Final

from tray import errors, program
from tray.api import frames
from tray.api.frames import Frame
from tray.api.line import Destination, Head, Line, OnHead, Outgoing, broken_off, lost
from tray.api.session_options import Setup, manual_proxies
from tray.child_process import ChildProcess
from tray.errors import Offline, RemoteError
from tray.sentences import read_stored, tr

_log: Final = logging.getLogger(__name__)

GREETING_SECONDS: Final = 20.0
"""How long it may take to start; on Windows every new process is looked through at first."""
_SPARE_SECONDS: Final = 10.0
"""It ends a request in time by itself; if it does not within so much more, it is ended."""
_NAMES: Final = ("BadAddress", "BadReply", "NoAnswer", "Offline", "TooLong", "Untrusted")
_ERRORS: Final = {name: getattr(errors, name) for name in _NAMES}
"""What a line may raise."""


class ChildLine:
    """A connection to one server; see `Line`."""

    def __init__(
        self, place: Destination, setup: Setup, *, instead: Callable[[Destination, Setup], Line]
    ) -> None:
        """Prepare it; the process is started when there is something to send.

        Args:
            place: Where it leads to.
            setup: What it goes through.
            instead: Makes what sends in this process, where there can be none of its own.

        Raises:
            BadAddress: the proxy's address cannot be used.
        """
        manual_proxies(setup.proxy)
        self._place = place
        self._setup = setup
        self._instead = instead
        self._using = Lock()
        """Held while a request is under way."""
        self._guard = Lock()
        """Of what follows, which `close` changes from another thread."""
        self._process: ChildProcess | None = None
        self._is_closed = False
        self._direct: Line | None = None
        self._idle: Timer | None = None

    @property
    def is_closed(self) -> bool:
        """See `Line`."""
        return self._is_closed

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        process = self._process
        return process.pid if process else None

    def close(self) -> None:
        """See `Line`."""
        with self._guard:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()
            if self._direct is not None:
                self._direct.close()
        if self._using.acquire(blocking=False):  # or else who uses it tidies up
            try:
                self._end()
            finally:
                self._using.release()

    def carry(self, outgoing: Outgoing, on_head: OnHead) -> bytes:
        """See `Line`."""
        with self._using:
            if self._idle is not None:
                self._idle.cancel()
            try:
                return self._carry(outgoing, on_head)
            finally:
                self._rest()

    def _carry(self, outgoing: Outgoing, on_head: OnHead) -> bytes:
        for _ in range(2):  # it may have been ended, by whomever, since the last request
            process = self._running()
            if process is None:
                break
            if self._hand_over(process, outgoing):
                return self._answer(process, on_head)
            self._end()
        return self._without_process().carry(outgoing, on_head)

    def _running(self) -> ChildProcess | None:
        """The process, started if need be; None if there can be none."""
        if self._process is None and self._direct is None:
            try:
                self._start()
            except OSError as error:
                _log.warning("no process for requests: %s", error)
        return self._process

    def _start(self) -> None:
        process = program.request_sender()
        with self._guard:
            self._process = process
            if self._is_closed:
                process.kill()
        with self._ended_after(process, GREETING_SECONDS):
            greeting = _received(process)
        if greeting is None or greeting.head.get("protocol") != frames.PROTOCOL:
            self._end()
            raise OSError("it does not start, or is of another version")
        setup = self._setup
        ways = {"proxy": setup.proxy, "ca_file": setup.ca_file, "connection": setup.connection}
        limits, place = setup.limits._asdict(), self._place._asdict()
        _say(process, Frame({"setup": ways, "limits": limits, "place": place}))

    def _hand_over(self, process: ChildProcess, outgoing: Outgoing) -> bool:
        """Give a request to the process; if that ended before it took it, nothing was sent."""
        head = {
            "method": outgoing.call.method,
            "path": outgoing.call.path,
            "url": outgoing.url,
            "query": dict(outgoing.query),
            "headers": dict(outgoing.headers),
            "has_body": outgoing.body is not None,
        }
        with self._ended_after(process, GREETING_SECONDS):
            _say(process, Frame(head, outgoing.body or b""))
            answer = _received(process)
        if answer is None:
            return False
        if answer.kind == frames.TAKEN:
            return True
        self._end()
        raise lost(self._place.host)  # whatever that was, the request may be under way

    def _answer(self, process: ChildProcess, on_head: OnHead) -> bytes:
        """What comes of a request that was taken; if the process ends, nobody knows."""
        has_begun = is_over = False
        try:
            with self._ended_after(process, self._setup.limits.whole_seconds + _SPARE_SECONDS):
                while (answer := _received(process)) is not None:
                    is_over = answer.kind in (frames.BODY, frames.FAILED, frames.BUG)
                    match answer.kind:
                        case frames.HEAD:
                            has_begun = True
                            on_head(Head(answer.head["status"], answer.head["headers"]))
                        case frames.BODY:
                            return answer.body
                        case frames.FAILED:
                            raise _error(answer)
                        case frames.BUG:
                            raise RuntimeError(answer.head["text"])
        finally:
            if not is_over:
                self._end()  # what it may still say belongs to no later request
        if has_begun:
            raise broken_off(self._place.host, timed_out=False)
        raise lost(self._place.host)

    def _without_process(self) -> Line:
        """What sends in this process."""
        with self._guard:
            if self._is_closed:
                raise Offline(tr("The connection was closed."))
            if self._direct is None:
                _log.warning("requests are sent without a process of their own from now on")
                self._direct = self._instead(self._place, self._setup)
            return self._direct

    def _rest(self) -> None:
        """Have the process end if nothing follows for a while: its connection is too old then."""
        if self._is_closed:
            self._end()
        if self._process is not None:
            self._idle = Timer(self._setup.limits.idle_seconds, self._end_if_idle, [self._process])
            self._idle.name = "end of idle requests"
            self._idle.daemon = True
            self._idle.start()

    def _end_if_idle(self, process: ChildProcess) -> None:
        if self._using.acquire(blocking=False):
            try:
                if process is self._process:
                    self._end()
            finally:
                self._using.release()

    def _end(self) -> None:
        """End the process, if there is one."""
        if self._idle is not None:
            self._idle.cancel()
        with self._guard:
            process, self._process = self._process, None
        if process is not None:
            program.end(process)

    @contextmanager
    def _ended_after(self, process: ChildProcess, seconds: float) -> Iterator[None]:
        """End the process if what it says in this block takes longer."""
        if seconds == float("inf"):
            yield
            return
        watch = Timer(seconds, process.kill)
        watch.name = "deadline of a request"
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def _say(process: ChildProcess, frame: Frame) -> None:
    """Say something; whether it was heard is seen by the answer."""
    try:
        if process.stdin is not None:
            frames.write(process.stdin, frame)
    except (OSError, ValueError):
        process.kill()  # or it would wait for the rest of it


def _received(process: ChildProcess) -> Frame | None:
    return None if process.stdout is None else frames.read(process.stdout)


def _error(frame: Frame) -> RemoteError:
    made: RemoteError = _ERRORS.get(frame.head["error"], errors.NoAnswer)(
        read_stored(frame.head["text"]), status=frame.head["status"]
    )
    return made
