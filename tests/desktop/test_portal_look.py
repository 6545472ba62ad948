"""What the desktop wants programs to look like is read from its settings portal, and followed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.portal import FakeSettingsPortal
from tests.fakes.qt import eventually, settle
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.portal_look import PortalLook

SCHEME = ("org.freedesktop.appearance", "color-scheme")
TEXT = ("org.gnome.desktop.interface", "text-scaling-factor")


@pytest.fixture
def bus(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


@contextmanager
def looked(bus: BusDaemon, *, scales_text: bool = True) -> Iterator[PortalLook]:
    look = PortalLook(Bus(bus.address), scales_text=scales_text)
    yield look
    look.stop()


def test_it_is_read_and_then_followed_in_both_directions(bus: BusDaemon) -> None:
    portal = FakeSettingsPortal(bus.address, {SCHEME: ("u", 1)})
    changes: list[bool | None] = []
    with looked(bus) as look:
        assert look.dark is None
        look.changed.connect(lambda: changes.append(look.dark))
        eventually(lambda: look.dark)
        portal.set(*SCHEME, ("u", 2))
        eventually(lambda: look.dark is False)
        portal.set(*SCHEME, ("u", 1))
        eventually(lambda: look.dark)
        portal.set(*SCHEME, ("u", 0))
        eventually(lambda: look.dark is None)
        assert changes == [True, False, True, None]
    portal.stop()


def test_large_text_is_read_and_followed_where_qt_does_not_hear_of_it(bus: BusDaemon) -> None:
    portal = FakeSettingsPortal(bus.address, {TEXT: ("d", 1.25)})
    with looked(bus) as look, looked(bus, scales_text=False) as on_x:
        eventually(lambda: look.text_scale == 1.25)
        portal.set(*TEXT, ("d", 1.5))
        eventually(lambda: look.text_scale == 1.5)
        portal.set(*TEXT, ("d", 9_000.0))
        eventually(lambda: look.text_scale == 3)
        assert on_x.text_scale == 1
    portal.stop()


def test_what_is_no_such_setting_changes_nothing(bus: BusDaemon) -> None:
    portal = FakeSettingsPortal(bus.address, {SCHEME: ("s", "dark"), TEXT: ("s", "large")})
    with looked(bus) as look:
        portal.emit("SettingChanged", "s", "nonsense")
        portal.set("org.gnome.desktop.interface", "font-name", ("s", "Sans"))
        settle()
        assert (look.dark, look.text_scale) == (None, 1.0)
    portal.stop()


def test_a_portal_that_comes_late_is_asked(bus: BusDaemon) -> None:
    with looked(bus) as look:
        settle()
        portal = FakeSettingsPortal(bus.address, {SCHEME: ("u", 1)})
        eventually(lambda: look.dark)
        portal.stop()
