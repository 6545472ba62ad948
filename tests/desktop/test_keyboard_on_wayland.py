"""Who has the keyboard on real Wayland compositors, which give it to every new window."""

from typing import Final

from tests.fakes.notifications import FakeNotificationService
from tests.rig.on_wayland import OnWayland
from tests.rig.waiting import wait_until

LEFT: Final = "active false"
"""What the other program says when the keyboard has gone elsewhere."""


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
