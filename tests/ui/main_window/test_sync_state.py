"""How the exchange stands, in words that a hurried person understands."""

import pytest

from tray.sync.status import Status
from tray.ui.legible import contrast
from tray.ui.main_window.sync_state import colour, sync_state
from tray.ui.theme import DARK, LIGHT, Theme

OFFLINE = "The server cannot be reached."


@pytest.mark.parametrize(
    ("status", "text", "tone"),
    [
        (None, "No account", "off"),
        (Status(), "No account", "off"),
        (Status("in step"), "Synced", "good"),
        (Status("signed out", pending=2), "Signed out", "off"),
        (Status("waiting", pending=1), "1 change waiting", "busy"),
        (Status("waiting", history_complete=False), "Syncing", "busy"),
        (Status("quota", pending=1200), "1,200 changes waiting", "busy"),
        (Status("offline"), "Offline", "off"),
        (Status("offline", pending=3), "3 changes waiting", "off"),
        (Status("trouble", error_text="Wrong token."), "Not syncing", "bad"),
        (Status("attention", refused=1), "1 not uploaded", "bad"),
        (Status("attention", refused=2, conflicts=1), "2 not uploaded", "bad"),
        (Status("attention", conflicts=1), "1 conflict", "bad"),
        (Status("attention", conflicts=4), "4 conflicts", "bad"),
    ],
)
def test_it_says_how_things_stand(status: Status | None, text: str, tone: str) -> None:
    assert sync_state(status)[:2] == (text, tone)


def test_what_the_user_paused_is_said_to_be() -> None:
    assert sync_state(Status("waiting", pending=1), paused=True).text == "Paused"
    assert sync_state(Status("in step"), paused=True).text == "Synced"


def test_what_is_wrong_is_said_in_full_besides() -> None:
    assert sync_state(Status("offline", error_text=OFFLINE)).details == OFFLINE


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_dot_can_be_seen(look: Theme) -> None:
    for tone in ("good", "busy", "off", "bad"):
        assert contrast(colour(tone, look), look.side) >= 3
