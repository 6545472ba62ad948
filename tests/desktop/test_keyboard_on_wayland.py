"""Who has the keyboard on real Wayland compositors, which give it to every new window."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from tests.fakes.notifications import FakeNotificationService
from tests.rig.on_wayland import OnWayland
from tests.rig.process import Process
from tests.rig.running import is_up
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


def test_an_open_window_comes_to_the_front_by_the_token_of_a_click_and_by_nothing_else(
    wayland: OnWayland,
) -> None:
    tray = Watched(wayland)
    for launched in ((), ("toggl-tray:",)):
        launch = partial(wayland.launch, *launched)
        tray.gets_the_keyboard(launch)  # which every new window does
        another = wayland.open_another()
        tray.stays_behind(another, launch)
        tray.gets_the_keyboard(partial(launch, token=token_of_a_click(wayland, another)))
        another.wait_for(f"^{LEFT}$")


class Watched:
    """The tray, with what it and the compositor tell each other."""

    def __init__(self, wayland: OnWayland) -> None:
        self._compositor = wayland.compositor
        self._process = wayland.run(WAYLAND_DEBUG="1")
        wait_until(partial(is_up, wayland.home))  # or a second launch may come to be the first
        self._compositor.press("2")  # without a key there is no keyboard on Mutter

    def gets_the_keyboard(self, act: Callable[[], None]) -> None:
        """One of its windows, there before or not, has it by what somebody does."""
        self._wait_for(r" wl_keyboard[@#]\d+\.enter", act)

    def stays_behind(self, another: Process, act: Callable[[], None]) -> None:
        """It asks to come to the front, and the keyboard is still where it was."""
        self._wait_for(r" -> xdg_activation_v1[@#]\d+\.activate", act)
        self._compositor.press("3")
        another.wait_for("^key 3$")
        assert LEFT not in another.output

    def _wait_for(self, said: str, act: Callable[[], None]) -> None:
        before = self._times(said)
        act()
        wait_until(lambda: self._times(said) > before)

    def _times(self, said: str) -> int:
        return len(re.findall(said, self._process.output))


def token_of_a_click(wayland: OnWayland, another: Process) -> str:
    """What another program that has the keyboard gives to a program that it starts."""
    wayland.compositor.press("1")
    return another.wait_for("^token (.+)$")[1]
