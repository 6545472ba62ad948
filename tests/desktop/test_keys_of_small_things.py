"""The hotkeys that are off at first, on a real X server: show and hide, clipboard, small window."""

from pathlib import Path
from typing import Final

import pytest

from tests.rig.desktop import Desktop
from tests.rig.running import Running, started
from tests.rig.waiting import wait_until

SETTINGS: Final = """
hotkey_window = "ctrl+alt+w"
hotkey_clipboard = "ctrl+alt+c"
clipboard_starts = true
hotkey_mini = "ctrl+alt+m"
"""
MAIN: Final = "Timer – Toggl Tray"
MINI: Final = "Email – Toggl Tray"

pytestmark = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    running = Running(desktop, tmp_path / "home")
    running.folder.mkdir()
    (running.folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return running


def test_the_window_comes_to_the_front_and_goes(tray: Running) -> None:
    started(tray)
    tray.desktop.press("ctrl+alt+w")
    wait_until(lambda: (now := tray.desktop.screen.focused()) and MAIN in now.title)
    tray.desktop.press("ctrl+alt+w")
    wait_until(lambda: not tray.desktop.windows(MAIN))
    assert tray.command("window").returncode == 0
    wait_until(lambda: tray.desktop.windows(MAIN))


def test_what_was_copied_in_another_program_starts(tray: Running) -> None:
    started(tray)
    tray.desktop.copy("Ticket #12:\n  @home at 9:30")
    tray.desktop.press("ctrl+alt+c")
    tray.wait_for_running("Ticket #12: @home at 9:30")
    assert not tray.rows("SELECT * FROM tag")
    assert not tray.desktop.windows("Quick start")


def test_the_small_window_comes_back_where_it_was_left(tray: Running) -> None:
    tray.command("start", "Email")
    (tray.folder / "small-window").write_text("150,120\n", encoding="utf-8")
    program = started(tray)

    def is_where_it_was_left() -> bool:
        """Below its title bar; for a moment a frame is in the corner before it is put there."""
        place = wait_until(lambda: next(iter(tray.desktop.windows(MINI)), None)).place
        return 150 <= place.x < 160 and 120 <= place.y < 160

    tray.desktop.press("ctrl+alt+m")
    wait_until(is_where_it_was_left)
    tray.desktop.press("ctrl+alt+m")
    wait_until(lambda: not tray.desktop.windows(MINI))
    tray.command("mini")
    wait_until(is_where_it_was_left)
    assert program.terminate() == 0
    assert (tray.folder / "small-window").read_text(encoding="utf-8") == "150,120\n"
