"""How the exchange with the account stands, in one dot and a few words."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtGui import QColor

from tray.language import ntr, tr
from tray.model import formats
from tray.ui.theme import Theme

if TYPE_CHECKING:
    from tray.sync.status import Status

Tone = Literal["good", "busy", "off", "bad"]


class SyncState(NamedTuple):
    """What the rail says of the exchange."""

    text: str
    tone: Tone
    details: str = ""
    """What is wrong, as a sentence."""


def sync_state(status: "Status | None", *, paused: bool = False) -> SyncState:
    """Say how things stand, as shortly as can be understood; `paused` by the user, perhaps."""
    if status is None or status.state == "no account":
        return SyncState(tr("No account"), "off")
    match status.state:
        case "signed out":
            return SyncState(tr("Signed out"), "off")
        case "trouble":
            return SyncState(tr("Not syncing"), "bad", status.error_text)
        case "attention":
            return _attention(status)
        case "waiting" if paused:
            return SyncState(tr("Paused"), "off")
        case "offline":
            return SyncState(_waiting(status) or tr("Offline"), "off", status.error_text)
        case "in step":
            return SyncState(tr("Synced"), "good")
        case _:
            return SyncState(_waiting(status) or tr("Syncing"), "busy", status.error_text)


def colour(tone: Tone, look: Theme) -> QColor:
    """The colour of the dot."""
    return {
        "good": look.success,
        "busy": look.accent,
        "off": look.border,
        "bad": look.warning,
    }[tone]


def _attention(status: "Status") -> SyncState:
    if status.refused:
        words = ntr("1 not uploaded", "{count} not uploaded", status.refused)
        return SyncState(words.format(count=formats.number(status.refused)), "bad")
    words = ntr("1 conflict", "{count} conflicts", status.conflicts)
    return SyncState(words.format(count=formats.number(status.conflicts)), "bad")


def _waiting(status: "Status") -> str:
    if not status.pending:
        return ""
    words = ntr("1 change waiting", "{count} changes waiting", status.pending)
    return words.format(count=formats.number(status.pending))
