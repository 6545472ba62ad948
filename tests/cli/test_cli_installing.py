"""`install` and `uninstall`, as somebody calls them who has the program from Python."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the places are those of XDG")


@pytest.fixture
def places(program: Program, tmp_path: Path) -> dict[str, str]:
    del program
    return {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


def test_installed_and_removed_with_the_data_left(
    program: Program, places: dict[str, str], tmp_path: Path
) -> None:
    program("start", "Write")
    said = program("install", "--autostart", environ=places).stdout
    assert [line.split("  ")[0] for line in said.splitlines()] == ["Installed"] * 5
    assert (tmp_path / "config/autostart/toggl-tray.desktop").exists()
    said = program("uninstall", environ=places).stdout
    assert said.endswith(f"What you tracked stays, in {program.environ['TOGGL_TRAY_HOME']}.\n")
    assert not (tmp_path / "config/autostart/toggl-tray.desktop").exists()
    assert program("status").stdout.startswith("Write\n")


def test_for_scripts(program: Program, places: dict[str, str]) -> None:
    pieces = json.loads(program("install", "--json", environ=places).stdout)["pieces"]
    assert [piece["name"] for piece in pieces] == ["menu entry", "icon", "icon", "links"]
    assert json.loads(program("uninstall", "--json", environ=places).stdout)["pieces"] == pieces
    assert program("uninstall", environ=places).stdout.startswith("Nothing was installed.\n")
