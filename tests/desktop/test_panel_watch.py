"""What tells of panels for Qt's icon, before a real X server."""

from typing import Final

import pytest
from pytestqt.qtbot import QtBot
from Xlib.display import Display

from tests.rig.desktop import Desktop
from tray.desktop.choose import LOOK_MS, choose_panel_watch
from tray.desktop.linux import tray_owner
from tray.desktop.panel_watch import PanelWatch

WITHOUT_PANEL: Final = pytest.mark.parametrize("desktop", ["none"], indirect=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray_owner, "SETTLE_MS", 20)


@WITHOUT_PANEL
def test_the_owner_of_the_x_screen_s_tray_is_told_of(desktop: Desktop, qtbot: QtBot) -> None:
    watch = choose_panel_watch(desktop.variables, on_x=True, platform="linux")
    assert (watch.look_ms, watch.search_ms) == (0, 0)
    panel = Display(desktop.variables["DISPLAY"])
    window = panel.screen().root.create_window(0, 0, 1, 1, 0, panel.screen().root_depth)
    with qtbot.waitSignal(watch.changed):
        window.set_selection_owner(panel.intern_atom("_NET_SYSTEM_TRAY_S0"), 0)
        panel.sync()
    with qtbot.waitSignal(watch.changed):
        window.destroy()
        panel.sync()
    with qtbot.assertNotEmitted(watch.changed, wait=200):
        panel.screen().root.create_window(0, 0, 1, 1, 0, panel.screen().root_depth)
        panel.sync()
    panel.close()
    watch.stop()


@pytest.mark.parametrize(("platform", "look_ms"), [("win32", 0), ("darwin", 0), ("linux", LOOK_MS)])
def test_where_nobody_tells_it_is_looked_for(platform: str, look_ms: int) -> None:
    watch: PanelWatch = choose_panel_watch({}, on_x=True, platform=platform)
    assert (watch.look_ms, watch.search_ms) == (look_ms, LOOK_MS)
