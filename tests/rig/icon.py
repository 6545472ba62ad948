"""A program's icon in the tray, wherever and however the panel of the day shows it."""

from typing import Final, NamedTuple

from tests.rig.bus import Bus
from tests.rig.picture import Picture
from tests.rig.pointer import LEFT, MIDDLE, Pointer
from tests.rig.screen import Place, Screen
from tests.rig.status_item import StatusItem, status_items

XFCE_TRAY: Final = "Wrapper-2.0"
"""xfce4-panel's tray draws the icons of StatusNotifierItems itself, into one embedded window."""


class Icon(NamedTuple):
    """An icon as it was when it was looked for."""

    pid: int | None
    """The program it belongs to."""
    place: Place | None
    """On the screen; None where a StatusNotifierItem is known but not drawn."""
    item: StatusItem | None
    """None for a window in an XEmbed tray."""
    screen: Screen
    pointer: Pointer

    @property
    def picture(self) -> Picture:
        """As the panel shows it, else as the program sends it."""
        if self.place:
            return self.screen.picture(self.place)
        assert self.item
        return self.item.picture

    def click(self, button: int = LEFT) -> None:
        """With the pointer, or what a panel does at that; the right button needs a place."""
        if self.place:
            self.pointer.click(*self.place.centre, button)
        elif self.item and button in (LEFT, MIDDLE):
            self.item.click() if button == LEFT else self.item.middle_click()
        else:
            raise RuntimeError("Nothing draws this icon: use what item.menu() and choose() offer.")


def icons(screen: Screen, pointer: Pointer, bus: Bus, *, drawn: bool) -> list[Icon]:
    """All that are in the tray.

    Args:
        screen: Where to look for those in an XEmbed tray.
        pointer: What clicks on them.
        bus: Where to look for StatusNotifierItems.
        drawn: Whether Xfce's panel draws these; those that it has not drawn yet do not count.
    """
    whole = screen.size
    embedded = [each for each in screen.embedded() if each.place.within(whole) == each.place]
    docked = [each for each in embedded if XFCE_TRAY not in each.wm_class]
    items = status_items(bus)
    place = None
    if drawn:
        tray = next((each.place for each in embedded if each not in docked), Place(0, 0, 0, 1))
        if tray.width < tray.height:  # empty, as icons are square
            items = []
        elif len(items) == 1:  # which of several is where, nobody tells
            place = tray
    return [
        *(Icon(each.pid, each.place, None, screen, pointer) for each in docked),
        *(Icon(each.pid, place, each, screen, pointer) for each in items),
    ]
