"""The icon in the panel of Plasma: its tooltip, its wheel and its menu."""

from pathlib import Path

from tests.rig.plasma import Plasma
from tests.rig.running import RunningOn
from tests.rig.waiting import wait_until


def test_the_tooltip_has_lines_and_the_wheel_starts_and_stops(
    plasma: Plasma, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.toml").write_text("scroll_toggles = true\n", encoding="utf-8")
    tray = RunningOn(plasma, folder)
    tray.start()
    item = plasma.wait_for_icon()
    wait_until(tray.answers)
    tray.command("start", "Writing @Acme", "--new")
    wait_until(lambda: item.tooltip.splitlines()[:3] == ["Writing", "Acme", "Running for 0:00"])
    item.scroll(-120)  # as Plasma tells of it: down is negative
    tray.wait_for_running(None)
    item.scroll(120)
    tray.wait_for_running("Writing")
    labels = [row.label for row in item.menu()]
    assert labels[0] == "Stop"
    assert "1  Acme" in labels
