"""Has a calendar read by a process of its own, which ends when it takes too long or is told to."""

import json
import subprocess
from contextlib import ExitStack
from threading import Lock
from typing import Final, NamedTuple

from tray import program
from tray.errors import BadFile
from tray.language import mark
from tray.model.calendar_event import FeedEvent
from tray.sentences import read_stored, tr, tr_marked

MOST_BYTES: Final = 32 * 1024 * 1024
"""The largest calendar that is read."""
MOST_SECONDS: Final = 20.0
_MOST_OUTPUT: Final = 64 * 1024 * 1024


class ReadEvents(NamedTuple):
    """What was read."""

    events: list[FeedEvent]
    problem: str
    """What of it is not shown, in sentences; empty: nothing."""


class FeedProcess:
    """One process at a time; `stop` may be called from any thread."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """End what runs, and start nothing any more."""
        with self._lock:
            self._is_stopped = True
            if self._running is not None:
                self._running.kill()

    def read(self, data: bytes, zone: str, begin: int, end: int) -> ReadEvents:
        """The events of a calendar from `begin` up to `end`, epoch seconds.

        Args:
            data: The calendar.
            zone: The name of the user's time zone; empty: the computer's.
            begin: Epoch seconds.
            end: Epoch seconds.

        Raises:
            BadFile: it is none, or cannot be read in time; or `stop` was called.
        """
        if len(data) > MOST_BYTES:
            raise BadFile(
                tr("It has more than {size} MB, which is not read.").format(
                    size=MOST_BYTES // 1024 // 1024
                )
            )
        head = json.dumps({"zone": zone, "begin": begin, "end": end}).encode() + b"\n"
        answer = self._answer(head + data)
        if error := answer.get("error"):
            raise BadFile(read_stored(str(error)))
        events = answer.get("events")
        if not isinstance(events, list):
            raise BadFile(tr_marked(_UNREADABLE))
        found = [
            FeedEvent(str(title), start, stop, all_day) for title, start, stop, all_day in events
        ]
        return ReadEvents(found, read_stored(str(answer.get("problem", ""))))

    def _answer(self, given: bytes) -> dict[str, object]:
        with ExitStack() as ending:
            with self._lock:
                if self._is_stopped:
                    raise BadFile(tr_marked(_UNREADABLE))
                process = self._running = ending.enter_context(program.calendar_reader())
            try:
                output, _ = process.communicate(given, timeout=self._seconds)
                answer = json.loads(output[:_MOST_OUTPUT])
            except subprocess.TimeoutExpired as error:
                raise BadFile(tr("It takes too long to be read.")) from error
            except (OSError, ValueError) as error:
                raise BadFile(tr_marked(_UNREADABLE)) from error
            finally:
                with self._lock:
                    self._running = None
        return answer if isinstance(answer, dict) else {}


_UNREADABLE: Final = mark("It cannot be read.")
