"""Says how the exchange with the account stands, in the words that menu and terminal share."""

from collections.abc import Callable, Sequence
from typing import Final

from tray.model.durations import DAY, HOUR, MINUTE
from tray.store.account import SyncErrorKind
from tray.sync.rate import clock_skew
from tray.sync.rate.clock_skew import ClockSkew
from tray.sync.rate.quota import Bucket
from tray.sync.status import Status

_NO_NETWORK: Final = (SyncErrorKind.OFFLINE, SyncErrorKind.NO_ANSWER)
"""Errors that everybody knows, and that need no sentence."""


def line(status: Status, *, now: int, time_of_day: Callable[[int], str]) -> str:
    """One line without a full stop, or the sentence that says what is wrong.

    Args:
        status: How things stand.
        now: Epoch seconds.
        time_of_day: Writes a moment as the user wants it.

    Returns:
        An empty text without an account.
    """
    match status.state:
        case "no account":
            return ""
        case "signed out":
            return _joined("Signed out", waiting(status))
        case "trouble":
            return status.error_text
        case "attention":
            return _joined(for_user(status), waiting(status))
        case "offline" if status.error_kind in _NO_NETWORK:
            return _joined("Offline", waiting(status))
        case "offline":
            return _with_reason(status)
        case "quota":
            at = time_of_day(status.next_at or now)
            return _joined(f"Next sync at {at}", waiting(status))
        case "waiting":
            return _with_reason(status) or "Earlier entries are still to come"
        case "in step":
            return " · ".join(filter(None, (_up_to_date(status, now), requests_left(status))))


def _with_reason(status: Status) -> str:
    """How many changes wait, after the sentence that says why, if there is one."""
    count = waiting(status)
    return f"{status.error_text} {_sentence(count)}".strip() if status.error_text else count


def waiting(status: Status) -> str:
    """How many changes the server has yet to get; empty if none."""
    return _counted(status.pending, "change", " waiting")


def for_user(status: Status) -> str:
    """What waits for the user: refused changes and conflicts; empty if nothing does."""
    if status.refused and status.conflicts:
        return f"{status.refused + status.conflicts:,} things wait for you"
    were = "was" if status.refused == 1 else "were"
    refused = _counted(status.refused, "change", f" {were} not uploaded")
    return refused or _counted(status.conflicts, "conflict")


def requests_left(status: Status) -> str:
    """How many requests are left where they run low; empty while there are plenty."""
    low = [each for each in status.buckets if each.remaining * 2 < each.total]
    if not low:
        return ""
    least = min(low, key=lambda each: each.remaining / each.total)
    return f"{least.remaining} of {least.total} requests left"


def wrong_clock(status: Status) -> str:
    """What to tell the user of this computer's clock; empty if it is right."""
    return clock_skew.warning_text(ClockSkew(status.clock_skew, 0)) if status.clock_skew else ""


def purpose(bucket: Bucket, among: Sequence[Bucket]) -> str:
    """What the requests of a bucket are for, told apart from the others of an account."""
    if bucket.name == "user":
        return "looking for changes"
    others = sum(each.name != "user" for each in among) > 1
    return f"uploading changes ({bucket.name})" if others else "uploading changes"


def ago(seconds: int) -> str:
    """A time that has passed, in its largest unit; a clock that was set back counts as none."""
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min ago"
    if seconds < DAY:
        return f"{seconds // HOUR} h ago"
    return f"{_counted(seconds // DAY, 'day')} ago"


def _up_to_date(status: Status, now: int) -> str:
    return "Synced" if status.last_sync is None else f"Synced {ago(now - status.last_sync)}"


def _counted(count: int, noun: str, rest: str = "") -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}{rest}" if count else ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _sentence(text: str) -> str:
    return text and f"{text}."
