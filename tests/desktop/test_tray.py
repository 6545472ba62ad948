"""The tray on a real X server, with real panels and a real notification daemon."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QImage

from tests.rig.desktop import Desktop
from tests.rig.picture import Picture
from tests.rig.pointer import MIDDLE
from tests.rig.running import DIALOG, Running, started
from tests.rig.waiting import BUSY, wait_until
from tray.ui.icon import IconState, draw

EVERY_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed", "sni", "xfce"], indirect=True)
ONE_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)
SNI: Final = pytest.mark.parametrize("desktop", ["sni"], indirect=True)
WITHOUT_PANEL: Final = pytest.mark.parametrize("desktop", ["none"], indirect=True)
BLUE: Final = (0x0B, 0x83, 0xD9)
LONGER_THAN_A_DOUBLE_CLICK: Final = 0.6


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    return Running(desktop, tmp_path / "home")


@EVERY_PANEL
def test_the_icon_shows_what_runs_and_a_click_stops_and_continues(tray: Running) -> None:
    tray.command("projects", "create", "Acme", "--colour", "#0b83d9")
    tray.command("start", "Email @Acme")
    program = started(tray)
    wait_until(lambda: program.wait_for_icon().picture.share(BLUE) > 0.3)
    program.wait_for_icon().click()
    tray.wait_for_running(None)
    wait_until(lambda: program.wait_for_icon().picture.share(BLUE) < 0.05)
    time.sleep(LONGER_THAN_A_DOUBLE_CLICK)
    program.wait_for_icon().click()
    tray.wait_for_running("Email")


@pytest.mark.parametrize("desktop", ["xembed", "xfce"], indirect=True)
def test_the_panel_shows_the_picture_as_it_was_drawn(tray: Running, qapp: object) -> None:
    tray.command("projects", "create", "Acme", "--colour", "#0b83d9")
    tray.command("start", "Email @Acme -42m")
    program = started(tray)

    def drawn(minutes: int) -> Picture:
        data = draw(IconState("#0b83d9", minutes), 22).toImage()
        data.convertTo(QImage.Format.Format_RGB32)
        return Picture.from_bgrx(22, 22, bytes(data.constBits()))

    def is_shown() -> bool:
        shown = program.wait_for_icon().picture
        left, top = (shown.width - 21) // 2, (shown.height - 22) // 2
        inside = range(3, 19)
        return any(
            all(
                shown.colour(left + x, top + y) == wanted.colour(x, y)
                for x in inside
                for y in inside
            )
            for wanted in map(drawn, (42, 43, 44))
        )

    wait_until(is_shown, 30)


@EVERY_PANEL
def test_a_double_click_counts_once(tray: Running) -> None:
    tray.command("start", "Email")
    icon = started(tray).wait_for_icon()
    icon.click()
    icon.click()
    tray.wait_for_running(None)
    time.sleep(1)
    assert tray.rows("SELECT count(*) FROM entry") == [(1,)]


@EVERY_PANEL
def test_a_first_click_asks_what_to_do(tray: Running) -> None:
    started(tray).wait_for_icon().click()
    tray.wait_for_dialog()


@ONE_PANEL
def test_the_middle_button_opens_quick_start(tray: Running) -> None:
    started(tray).wait_for_icon().click(MIDDLE)
    tray.wait_for_dialog()


@SNI
def test_the_menu_is_used_from_the_panel(tray: Running) -> None:
    tray.command("add", "Email @Acme -30m", "--new")
    item = started(tray).wait_for_icon().item
    assert item is not None
    labels = [row.label for row in item.menu()]
    assert labels[0] == "Continue Email · Acme"
    assert "1  Acme" in labels
    item.choose("1  Acme")
    wait_until(lambda: tray.running() == "")
    item.choose("Stop")
    tray.wait_for_running(None)
    item.choose("Undo stop")
    tray.wait_for_running("")
    assert "Running for 0:00" in item.tooltip


@SNI
def test_a_change_from_the_command_line_shows_within_a_second(tray: Running) -> None:
    item = started(tray).wait_for_icon().item
    assert item is not None
    assert tray.command("start", "From a terminal").returncode == 0
    acknowledged = time.monotonic()
    wait_until(lambda: "From a terminal" in item.tooltip)
    assert time.monotonic() - acknowledged < 1 * BUSY


@ONE_PANEL
def test_the_hotkey_opens_the_dialog_and_typing_starts_an_entry(tray: Running) -> None:
    started(tray)
    tray.open_dialog()
    tray.desktop.type("Write report #writing")
    tray.desktop.press("enter")
    tray.wait_for_running("Write report")
    wait_until(lambda: not tray.desktop.windows(DIALOG))


@ONE_PANEL
def test_chinese_is_pasted_and_found_again_by_its_initials(tray: Running) -> None:
    started(tray)
    tray.open_dialog()
    tray.desktop.copy("写算法")
    tray.desktop.press("ctrl+v")
    tray.desktop.press("enter")
    tray.wait_for_running("写算法")
    tray.command("start", "Something else")
    tray.wait_for_running("Something else")
    wait_until(lambda: not tray.desktop.windows(DIALOG))
    tray.open_dialog()
    tray.desktop.type("xsf")
    time.sleep(0.5)
    tray.desktop.press("down")
    tray.desktop.press("enter")
    tray.wait_for_running("写算法")


@ONE_PANEL
def test_the_toggle_hotkey_works_under_any_layout_and_lock(tray: Running) -> None:
    tray.command("start", "Email")
    started(tray)
    keyboard = tray.desktop.keyboard

    def press_and_expect(description: str | None) -> None:
        tray.desktop.press("ctrl+alt+shift+space")
        tray.wait_for_running(description)

    keyboard.lock("capslock", on=True)
    press_and_expect(None)
    keyboard.lock("numlock", on=True)
    press_and_expect("Email")
    keyboard.layout("ru")
    press_and_expect(None)


@ONE_PANEL
def test_an_extra_modifier_fires_nothing(tray: Running) -> None:
    tray.command("start", "Email")
    started(tray)
    tray.desktop.press("ctrl+alt+shift+super+space")
    tray.desktop.press("ctrl+alt+super+space")
    time.sleep(1)
    assert tray.running() == "Email"
    assert not tray.desktop.windows(DIALOG)


@SNI
def test_a_hotkey_that_is_being_recorded_does_nothing_else(tray: Running) -> None:
    tray.command("start", "Email")
    item = started(tray).wait_for_icon().item
    assert item is not None
    item.choose("Settings…")
    (window, *_) = wait_until(lambda: tray.desktop.windows("Settings"))
    tray.desktop.screen.activate(window)
    wait_until(lambda: (now := tray.desktop.screen.focused()) and "Settings" in now.title)
    tray.desktop.press("ctrl+f")
    tray.desktop.type("hotkey")
    file = tray.folder / "settings.toml"

    def records(keys: str, seconds: float) -> bool:
        tray.desktop.press(keys)
        with suppress(TimeoutError):
            return wait_until(
                lambda: file.exists() and keys in file.read_text(encoding="utf-8"), seconds
            )
        return False

    def next_records() -> bool:
        tray.desktop.press("tab")
        return records("ctrl+alt+y", 0.2)

    def still_records() -> bool:
        """Tab may have gone on from the field before it was seen that it took the keys."""
        if records("ctrl+alt+u", 5):
            return True
        tray.desktop.press("shift+tab")
        return False

    assert any(next_records() for _ in range(60)), "no field took the keys"
    assert any(still_records() for _ in range(10)), "the field was not found again"
    tray.desktop.press("ctrl+alt+shift+space")
    time.sleep(1)
    assert tray.running() == "Email"
    for _ in ("the field", "the search", "the window"):
        tray.desktop.press("esc")
    wait_until(lambda: not tray.desktop.windows("Settings"))  # so the first has been heard too
    for description in (None, "Email", None):
        tray.desktop.press("ctrl+alt+shift+space")
        tray.wait_for_running(description)
        time.sleep(0.3)


@ONE_PANEL
def test_a_taken_hotkey_is_named_with_what_to_do(tray: Running) -> None:
    with tray.desktop.keyboard.taken("ctrl+alt+space"):
        started(tray)
        told = tray.desktop.notifications.wait_for("Ctrl+Alt+Space")
    assert "toggl-tray quick" in told.body


@ONE_PANEL
def test_each_taken_hotkey_is_told_of(tray: Running) -> None:
    keyboard = tray.desktop.keyboard
    with keyboard.taken("ctrl+alt+space"), keyboard.taken("ctrl+alt+shift+space"):
        started(tray)
        tray.desktop.notifications.wait_for("toggl-tray quick")
        tray.desktop.notifications.wait_for("toggl-tray toggle")
    assert len(tray.desktop.notifications.shown()) == 2


@ONE_PANEL
def test_doctor_shows_what_the_running_tray_was_refused(tray: Running) -> None:
    def hotkeys() -> tuple[bool, str]:
        findings = json.loads(tray.command("doctor", "--json").stdout)["findings"]
        (found,) = (each for each in findings if each["topic"] == "hotkeys")
        return found["works"], found["detail"]

    with tray.desktop.keyboard.taken("ctrl+alt+space"):
        started(tray)
        tray.desktop.notifications.wait_for("Ctrl+Alt+Space")
        works, detail = hotkeys()
    assert not works
    assert "Ctrl+Alt+Space is taken" in detail


@ONE_PANEL
def test_start_and_stop_are_confirmed_and_can_be_undone(tray: Running) -> None:
    tray.command("start", "Email")
    program = started(tray)
    program.wait_for_icon().click()
    tray.wait_for_running(None)
    notice = tray.desktop.notifications.wait_for("Email")
    assert "Stopped after" in notice.body
    tray.desktop.notifications.choose(notice, "undo")
    tray.wait_for_running("Email")


@ONE_PANEL
def test_a_second_start_opens_quick_start_in_the_first(tray: Running) -> None:
    first = started(tray)
    second = tray.start()
    assert second.wait() == 0
    tray.wait_for_dialog()
    assert first.running


@ONE_PANEL
def test_the_command_line_opens_quick_start_and_quits(tray: Running) -> None:
    assert tray.command("quick").returncode == 1
    program = started(tray)
    assert tray.command("quick").returncode == 0
    tray.wait_for_dialog()
    assert tray.command("quit").returncode == 0
    assert program.wait() == 0


@pytest.mark.parametrize("desktop", ["xembed", "sni"], indirect=True)
def test_the_icon_comes_back_when_the_panel_does(
    tray: Running, request: pytest.FixtureRequest
) -> None:
    program = started(tray)
    kind = request.node.callspec.params["desktop"]
    tray.desktop.panel.kill()
    wait_until(lambda: not tray.desktop.icons())
    tray.desktop.panel.use(kind)
    program.wait_for_icon()
    assert program.running


@EVERY_PANEL
def test_when_the_panel_dies_the_small_window_comes_and_takes_no_keyboard(tray: Running) -> None:
    started(tray)
    tray.command("start", "Email")
    before = tray.desktop.screen.focused()
    tray.desktop.panel.kill()
    wait_until(lambda: tray.desktop.windows("Toggl Tray"), 25)
    settled = time.monotonic() + 1
    while time.monotonic() < settled:
        assert tray.desktop.screen.focused() == before


@WITHOUT_PANEL
def test_without_a_panel_a_small_window_stands_in_until_there_is_one(tray: Running) -> None:
    tray.command("start", "Email")
    program = tray.start()
    (window, *_) = wait_until(lambda: tray.desktop.windows("Toggl Tray"), 40)
    assert tray.desktop.notifications.wait_for("no place for tray icons")
    tray.desktop.screen.close(window)
    wait_until(lambda: not tray.desktop.windows("Toggl Tray"))
    assert tray.command("quick").returncode == 0, "there is a way back"
    tray.wait_for_dialog()
    tray.desktop.panel.use("xembed")
    program.wait_for_icon()


@ONE_PANEL
def test_sigterm_ends_it_in_order(tray: Running) -> None:
    program = started(tray)
    assert program.terminate() == 0
    ours = [line for line in program.output.splitlines() if not line.startswith("qt.qpa.")]
    assert ours == []


@ONE_PANEL
def test_killed_and_started_again_the_entry_still_runs(tray: Running) -> None:
    tray.command("projects", "create", "Acme", "--colour", "#0b83d9")
    program = started(tray)
    tray.open_dialog()
    tray.desktop.type("Email @Acme")
    tray.desktop.press("enter")
    tray.wait_for_running("Email")
    program.kill()
    again = started(tray)
    wait_until(lambda: again.wait_for_icon().picture.share(BLUE) > 0.3)
    assert tray.running() == "Email"
