"""Who has the keyboard on real Wayland compositors, which give it to every new window."""

import time
from typing import Final

from tests.fakes.notifications import FakeNotificationService
from tests.rig.on_wayland import OnWayland
from tests.rig.waiting import wait_until

LEFT: Final = "active false"
"""What the other program says when the keyboard has gone elsewhere."""
SETTLING_SECONDS: Final = 2.0
"""In which a window that was refused the keyboard would have had it."""


def test_what_stands_in_for_the_icon_leaves_the_keyboard_to_others(wayland: OnWayland) -> None:
    service = FakeNotificationService(wayland.compositor.address)
    wayland.run()
    another = wayland.open_another()

    def offer() -> int | None:
        found = (number for number, each in service.shown.items() if "show" in each.actions)
        return next(found, None)

    number = wait_until(offer)
    wayland.compositor.press("3")
    another.wait_for("^key 3$")
    assert LEFT not in another.output
    service.choose(number, "show")
    another.wait_for(f"^{LEFT}$")
    service.stop()


def test_a_window_comes_to_the_front_by_the_token_of_who_asks_for_it(wayland: OnWayland) -> None:
    service = FakeNotificationService(wayland.compositor.address)
    wayland.run()
    wait_until(wayland.answers)
    wayland.start_again()
    another = wayland.open_another()
    wayland.start_again()
    time.sleep(SETTLING_SECONDS)  # nothing tells of a window that stays where it is
    assert LEFT not in another.output
    wayland.compositor.press("1")
    token = another.wait_for("^token (.+)$")[1]
    wayland.start_again(token)
    another.wait_for(f"^{LEFT}$")
    service.stop()
