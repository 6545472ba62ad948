"""The desktop that other tests stand on does what a real one does."""

import shutil
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from Xlib import XK, Xatom
from Xlib.display import Display

from tests.rig import tray_program
from tests.rig.desktop import Desktop, Program, open_desktop
from tests.rig.pointer import MIDDLE, RIGHT
from tests.rig.tray_program import COLOUR, HOTKEY
from tests.rig.waiting import wait_until

PROGRAM: Final = (sys.executable, tray_program.__file__)
EVERY_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed", "sni", "xfce"], indirect=True)
WITHOUT_PANEL: Final = pytest.mark.parametrize("desktop", ["none"], indirect=True)

TAKE: Final = f"""
from Xlib.display import Display
from tests.rig.keyboard import Keyboard
with Keyboard(Display()).taken({HOTKEY!r}):
    pass
"""
CRASH: Final = """
import os
from tests.rig.desktop import open_desktop
with open_desktop("xfce") as desktop:
    print(desktop.folder, flush=True)
    os.abort()
"""


@pytest.fixture
def program(desktop: Desktop) -> Program:
    return desktop.run(PROGRAM)


def open_window(desktop: Desktop, program: Program) -> None:
    """Through the menu, in whichever way it is shown."""
    icon = program.wait_for_icon()
    if icon.place:
        before = len(desktop.windows())
        icon.click(RIGHT)
        wait_until(lambda: len(desktop.windows()) > before)
        desktop.press("down")
        desktop.press("enter")
    else:
        assert icon.item
        icon.item.choose("Open")
    desktop.screen.wait_for_window("A line")
    wait_until(lambda: (active := desktop.screen.focused()) and active.title == "A line")


@EVERY_PANEL
def test_an_icon_is_seen_and_clicked(program: Program) -> None:
    icon = program.wait_for_icon()
    wait_until(lambda: icon.picture.share(COLOUR) > 0.5)
    icon.click()
    program.wait_for("clicked Trigger")
    icon.click(MIDDLE)
    program.wait_for("clicked MiddleClick")


@EVERY_PANEL
def test_a_menu_is_opened_and_used(desktop: Desktop, program: Program) -> None:
    open_window(desktop, program)
    desktop.screen.close(desktop.windows("A line")[0])
    wait_until(lambda: not desktop.windows("A line"))
    assert program.running


@pytest.mark.parametrize("desktop", ["sni"], indirect=True)
def test_the_rows_of_a_menu_are_listed_and_chosen(program: Program) -> None:
    item = program.wait_for_icon().item
    assert item
    assert item.tooltip == "A tip"
    first, second = item.menu()
    assert (first.label, first.shortcut) == ("Open", "Control+Alt+T")
    assert (second.label, [row.label for row in second.rows]) == ("More", ["Below"])
    item.choose("More", "Below")
    program.wait_for("below")
    with pytest.raises(LookupError, match="No row 'Close' among"):
        item.choose("Close")


def test_a_notification_is_shown_and_answered(desktop: Desktop, program: Program) -> None:
    program.wait_for_icon().click()
    sent = desktop.notifications.wait_for("A title")
    assert (sent.body, sent.actions) == ("A body", {"default": "Show", "keep": "Keep time"})
    assert desktop.screen.wait_for_window("Dunst")
    desktop.notifications.choose(sent, "keep")
    program.wait_for("action keep")
    assert desktop.notifications.shown() == [sent]


def test_a_notification_is_clicked(desktop: Desktop, program: Program) -> None:
    program.wait_for_icon().click()
    desktop.click(*desktop.screen.wait_for_window("Dunst").place.centre)
    program.wait_for("action default")


@WITHOUT_PANEL
def test_without_a_daemon_a_notification_goes_nowhere(desktop: Desktop) -> None:
    desktop.notifications.stop()
    send = ("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.Notifications")
    call = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications.GetCapabilities")
    asked = desktop.run([*send, *call])
    assert asked.wait() == 1
    assert "ServiceUnknown" in asked.output


@pytest.mark.parametrize("desktop", ["sni"], indirect=True)
def test_keys_reach_the_focused_window(desktop: Desktop, program: Program) -> None:
    open_window(desktop, program)
    desktop.type("Aa1 @#")
    program.wait_for("^text Aa1 @#$")
    desktop.keyboard.lock("capslock", on=True)
    desktop.keyboard.lock("numlock", on=True)
    desktop.press(HOTKEY)
    program.wait_for("^hotkey$")
    desktop.type("b")
    program.wait_for("^text Aa1 @#B$")


@pytest.mark.parametrize("desktop", ["sni"], indirect=True)
def test_no_window_is_focused_by_a_note_that_was_left_on_the_screen(
    desktop: Desktop, program: Program
) -> None:
    program.wait_for_icon().click()
    shown = desktop.screen.wait_for_window("Dunst")
    display = Display(desktop.variables["DISPLAY"])
    note = display.intern_atom("_NET_ACTIVE_WINDOW")
    display.screen().root.change_property(note, Xatom.WINDOW, 32, [shown.id])
    display.sync()
    display.close()
    assert desktop.screen.focused() is None


@pytest.mark.parametrize("desktop", ["sni"], indirect=True)
def test_a_layout_changes_what_keys_write(desktop: Desktop, program: Program) -> None:
    open_window(desktop, program)
    desktop.keyboard.layout("us,ru")
    desktop.type("a")
    desktop.press("scrolllock")
    desktop.type("f")
    program.wait_for("^text aа$")


@WITHOUT_PANEL
def test_scroll_lock_is_a_lock_again_after_two_layouts(desktop: Desktop) -> None:
    desktop.keyboard.layout("us,ru")
    desktop.keyboard.reset()
    display = Display(desktop.variables["DISPLAY"])
    assert display.keysym_to_keycode(XK.XK_Scroll_Lock)
    display.close()


@pytest.mark.parametrize("desktop", ["sni"], indirect=True)
def test_the_clipboard_brings_what_no_key_writes(desktop: Desktop, program: Program) -> None:
    open_window(desktop, program)
    desktop.copy("写报告")
    assert desktop.copied() == "写报告"
    desktop.press("ctrl+v")
    program.wait_for("^text 写报告$")


@WITHOUT_PANEL
def test_a_hotkey_belongs_to_one_program(desktop: Desktop) -> None:
    with desktop.keyboard.taken(HOTKEY):
        other = desktop.run([sys.executable, "-c", TAKE])
        assert other.wait() == 1
    assert "belongs to another program already" in other.output


@EVERY_PANEL
def test_a_panel_that_was_killed_is_missed_until_it_is_back(
    desktop: Desktop, program: Program
) -> None:
    kind = desktop.panel.kind
    program.wait_for_icon()
    desktop.panel.kill()
    wait_until(lambda: program.icon() is None)
    desktop.panel.use(kind)
    program.wait_for_icon()


def test_programs_follow_the_look(desktop: Desktop, program: Program) -> None:
    program.wait_for("look Light 1$")
    desktop.look("dark", 2)
    program.wait_for("look Dark 2$")
    second = desktop.run(PROGRAM)
    second.wait_for("look Dark 2$")


@WITHOUT_PANEL
def test_half_a_screen_can_be_a_monitor(desktop: Desktop) -> None:
    left, right = desktop.screen.split()
    assert (left.width, right.x) == (640, 640)
    desktop.run(PROGRAM).wait_for("screens 2$")


@WITHOUT_PANEL
def test_a_screenshot_is_a_png_of_the_screen(desktop: Desktop, tmp_path: Path) -> None:
    file = tmp_path / "screen.png"
    desktop.screenshot(file)
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == desktop.screen.size[2:]
    assert desktop.screen.picture().colour(0, 0) == (0xD8, 0xDE, 0xE6)


def test_a_reset_leaves_nothing_of_a_test(desktop: Desktop, program: Program) -> None:
    program.wait_for_icon().click()
    desktop.notifications.wait_for("A title")
    desktop.keyboard.lock("capslock", on=True)
    desktop.look("dark", 2)
    (desktop.home / ".config/left").touch()
    desktop.reset("none")
    assert not program.running
    assert not desktop.icons()
    assert not desktop.notifications.sent()
    assert not desktop.keyboard.locked("capslock")
    assert not desktop.home.exists()
    wait_until(lambda: not desktop.windows("Dunst"))
    desktop.run(PROGRAM).wait_for("look Light 1$")


def test_two_desktops_know_nothing_of_each_other(desktop: Desktop, program: Program) -> None:
    program.wait_for_icon()
    with open_desktop("xfce", size=(640, 480)) as other:
        assert not other.icons()
        assert other.screen.size[2:] == (640, 480)
        assert other.run(PROGRAM).wait_for_icon().pid != program.pid
        assert len(desktop.icons()) == 1


def test_a_desktop_ends_with_its_block_whatever_happens_in_it() -> None:
    with suppress(ZeroDivisionError), open_desktop("xfce") as desktop:
        folder = desktop.folder
        desktop.run(PROGRAM).wait_for_icon()
        assert len(processes_of(folder)) > 6
        raise ZeroDivisionError
    assert not processes_of(folder)
    assert not folder.exists()


def test_a_desktop_ends_when_its_worker_crashes() -> None:
    done = subprocess.run([sys.executable, "-c", CRASH], capture_output=True, text=True)
    folder = Path(done.stdout.strip())
    assert folder.is_dir()
    wait_until(lambda: not processes_of(folder))
    shutil.rmtree(folder)


def processes_of(folder: Path) -> list[int]:
    """All that were started with `folder` in their environment, by whomever."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it has gone just now
            if bytes(folder) in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found
