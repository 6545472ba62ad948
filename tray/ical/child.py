"""The process that reads one calendar: from its input to its output, with bounds of its own.

Its input is a line of JSON and then the calendar, its output JSON; how both look is said in
`tray.workers.feed_process` and `tray.tracker.transfer.sources.calendars`, which start it.
"""

import json
import signal
import sys
from contextlib import suppress
from typing import Final

from tray.sentences import stored, tr

_MOST_MEMORY: Final = 768 * 1024 * 1024
"""Bytes of address space, of which Python and its libraries take some fifty million."""


def main() -> None:
    """Read a calendar, and write what is in it."""
    _bound_memory()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
    head = json.loads(sys.stdin.buffer.readline())
    try:
        answer = _read(sys.stdin.buffer.read(), head)
    except MemoryError:
        answer = {"error": stored(tr("It takes too much memory to be read."))}
    json.dump(answer, sys.stdout)


def _read(data: bytes, head: dict[str, object]) -> dict[str, object]:
    from tray.ical.feed_reader import NoCalendarError, read_calendar
    from tray.ical.series import EventReach
    from tray.ical.time_log import read_log

    span = EventReach(int(str(head["begin"])), int(str(head["end"])))
    try:
        if head.get("as_log"):
            log = read_log(data, str(head["zone"]), span)
            return {"entries": log.entries, "all_day": log.all_day, "bad": log.bad}
        content = read_calendar(data, str(head["zone"]), span)
    except NoCalendarError as error:
        return {"error": stored(str(error))}
    return {"events": content.events, "problem": stored(content.problem)}


def _bound_memory() -> None:
    """Have what takes too much memory fail here, where the system can say so."""
    if sys.platform != "linux":
        return
    import resource

    with suppress(ValueError, OSError):  # a lower limit is there already
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
