"""Decides what the banner of the main window says: what needs the user, else what takes long."""

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from tray.language import ntr, tr
from tray.model import formats
from tray.model.formats import TimeFormat

if TYPE_CHECKING:
    from tray.sync.status import Status


class BannerAct(Enum):
    """What its button does."""

    MEND = "mend"
    """Open what waits for the user, where it can be put right."""
    PAUSE = "pause"
    """Read no more of the history for now."""
    GO_ON = "go on"
    CANCEL = "cancel"
    """Read no more of it at all."""


class BannerContent(NamedTuple):
    """What stands in it."""

    text: str
    button: str
    act: BannerAct
    is_problem: bool = False
    share: float | None = None
    """How much of the work is done, from 0 to 1; None if it is no work."""


def banner_content(
    status: "Status | None", times: TimeFormat, *, paused: bool, now: int
) -> BannerContent | None:
    """What to say of the exchange as it stands; None if nothing."""
    if status is None or status.state in ("no account", "signed out"):
        return None
    if status.state == "trouble":
        return BannerContent(
            status.error_text, tr("Open the account"), BannerAct.MEND, is_problem=True
        )
    if status.state == "attention":
        return BannerContent(_needs_user(status), tr("Show"), BannerAct.MEND, is_problem=True)
    return _work(status, times, paused=paused, now=now)


def _needs_user(status: "Status") -> str:
    if not status.refused:
        count = status.conflicts
        words = ntr("1 field has two values", "{count} fields have two values", count)
    elif status.refused_entries == (count := status.refused):
        words = ntr("1 entry was not uploaded", "{count} entries were not uploaded", count)
    else:
        words = ntr("1 change was not uploaded", "{count} changes were not uploaded", count)
    return words.format(count=formats.number(count))


def _work(status: "Status", times: TimeFormat, *, paused: bool, now: int) -> BannerContent | None:
    progress = status.history
    if progress is None:
        return None
    day, _, _ = times.date_and_time(progress.reached).partition(" ")
    share = progress.share(now)
    if progress.is_older:
        text = tr("Fetching older history; back to {day} so far").format(day=day)
        return BannerContent(text, tr("Cancel"), BannerAct.CANCEL, share=share)
    if paused:
        text = tr("Your entries are fetched another time; back to {day} so far").format(day=day)
        return BannerContent(text, tr("Go on"), BannerAct.GO_ON, share=share)
    text = tr("Fetching your entries; back to {day} so far").format(day=day)
    return BannerContent(text, tr("Pause"), BannerAct.PAUSE, share=share)
