"""A question comes up on a real Wayland compositor while somebody types into another program."""

import time

from tests.fakes.notifications import FakeNotificationService
from tests.rig.on_wayland import OnWayland
from tests.rig.waiting import wait_until
from tray.ui.input_guard import QUIET_MS


def test_the_window_takes_no_key_before_it_is_seen(wayland: OnWayland) -> None:
    """Without notifications there is nothing but the window, which gets the keyboard here.

    It is typed until the small window is due, which would take the keyboard from the question.
    """
    tray = wayland.ask()
    while wayland.type_through(16) > QUIET_MS / 2_000:  # a busy computer: that was no typing
        wayland.begin_anew()
        tray = wayland.ask()
    assert wayland.state == "open"
    wayland.answer_every(2 * QUIET_MS / 1_000)
    assert tray.terminate() == 0


def test_where_there_are_notifications_the_window_comes_when_it_is_asked_for(
    wayland: OnWayland,
) -> None:
    service = FakeNotificationService(wayland.compositor.address)
    tray = wayland.ask()
    wait_until(lambda: service.shown)
    for _ in range(3):
        time.sleep(2 * QUIET_MS / 1_000)
        wayland.compositor.press("3")
    assert wayland.state == "open"
    service.choose(max(service.shown), "default")
    wayland.answer_every(QUIET_MS / 3_000)
    assert tray.terminate() == 0
    service.stop()
