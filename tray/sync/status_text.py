"""Says how the exchange with the account stands, in the words that menu and terminal share."""

from collections.abc import Callable, Sequence

from tray.language import described
from tray.lean_typing import Final
from tray.model.durations import DAY, HOUR, MINUTE
from tray.sentences import ntr, together, tr
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
            return _joined(tr("Signed out"), waiting(status))
        case "trouble":
            return status.error_text
        case "attention":
            return _joined(for_user(status), waiting(status))
        case "offline" if status.error_kind in _NO_NETWORK:
            return _joined(tr("Offline"), waiting(status))
        case "offline":
            return _with_reason(status)
        case "quota":
            at = time_of_day(status.next_at or now)
            return _joined(tr("Next sync at {at}").format(at=at), waiting(status))
        case "waiting":
            return _with_reason(status) or tr("Earlier entries are still to come")
        case "in step":
            return " · ".join(filter(None, (_up_to_date(status, now), requests_left(status))))


def _with_reason(status: Status) -> str:
    """How many changes wait, after the sentence that says why, if there is one."""
    count = waiting(status)
    return together(status.error_text, sentence(count)) if status.error_text else count


def waiting(status: Status) -> str:
    """How many changes the server has yet to get; empty if none."""
    if not status.pending:
        return ""
    text = ntr("{count:,} change waiting", "{count:,} changes waiting", status.pending)
    return text.format(count=status.pending)


def for_user(status: Status) -> str:
    """What waits for the user: refused changes and conflicts; empty if nothing does."""
    refused, conflicts = status.refused, status.conflicts
    if refused and conflicts:
        count = refused + conflicts
        text = ntr("{count:,} thing waits for you", "{count:,} things wait for you", count)
    elif refused:
        count = refused
        text = ntr(
            "{count:,} change was not uploaded", "{count:,} changes were not uploaded", count
        )
    else:
        count = conflicts
        text = ntr("{count:,} conflict", "{count:,} conflicts", count)
    return text.format(count=count) if count else ""


def requests_left(status: Status) -> str:
    """How many requests are left where they run low; empty while there are plenty."""
    low = [each for each in status.buckets if each.remaining * 2 < each.total]
    if not low:
        return ""
    least = min(low, key=lambda each: each.remaining / each.total)
    return tr("{left} of {total} requests left").format(left=least.remaining, total=least.total)


def wrong_clock(status: Status) -> str:
    """What to tell the user of this computer's clock; empty if it is right."""
    return clock_skew.warning_text(ClockSkew(status.clock_skew, 0)) if status.clock_skew else ""


def purpose(bucket: Bucket, among: Sequence[Bucket]) -> str:
    """What the requests of a bucket are for, told apart from the others of an account."""
    if bucket.name == "user":
        return tr("looking for changes")
    if sum(each.name != "user" for each in among) > 1:
        return tr("uploading changes ({bucket})").format(bucket=bucket.name)
    return tr("uploading changes")


def ago(seconds: int) -> str:
    """A time that has passed, in its largest unit; a clock that was set back counts as none."""
    if seconds < MINUTE:
        return tr("just now")
    if seconds < HOUR:
        return tr("{minutes} min ago").format(minutes=seconds // MINUTE)
    if seconds < DAY:
        return tr("{hours} h ago").format(hours=seconds // HOUR)
    days = seconds // DAY
    return ntr("{days:,} day ago", "{days:,} days ago", days).format(days=days)


def _up_to_date(status: Status, now: int) -> str:
    if status.last_sync is None:
        return tr("Synced")
    return tr("Synced {ago}").format(ago=ago(now - status.last_sync))


def sentence(text: str) -> str:
    """`text` with the full stop of the language; nothing stays nothing."""
    return text and tr("{sentence}.").format(sentence=text)


def _joined(*parts: str) -> str:
    return described(parts)
