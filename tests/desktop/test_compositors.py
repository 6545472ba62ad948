"""What the real compositors of Wayland can do for us, and what ``doctor`` says they cannot."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import pytest

from tests.rig.compositors import NAME, open_kwin, open_mutter, open_sway

ROOT: Final = Path(__file__).parents[2]


class Expected(NamedTuple):
    """What is found on one of them, with no other program of its desktop there."""

    open: Callable[[Path], AbstractContextManager[Any]]
    idle: tuple[bool, str]


COMPOSITORS: Final = {
    "sway": Expected(open_sway, (False, "cannot be measured here; lock, sleep and clock gaps")),
    "kwin": Expected(open_kwin, (True, "Wayland (ext-idle-notify-v1)")),
    "mutter": Expected(open_mutter, (True, "GNOME (Mutter)")),
}


@pytest.mark.parametrize("name", COMPOSITORS)
def test_what_a_compositor_cannot_do_is_said(name: str, qapp: object) -> None:
    expected = COMPOSITORS[name]
    with TemporaryDirectory(prefix=f"{name}-") as folder, expected.open(Path(folder)) as compositor:
        found = doctor(folder, compositor.address)
    works, text = found["idle time"]
    assert (works, text[: len(expected.idle[1])]) == expected.idle
    for topic, why in (
        ("tray icon", "no panel here has a place for icons; a small window stands in"),
        ("hotkeys", "Bind the commands “toggl-tray quick” and “toggl-tray toggle” to keys"),
        ("notifications", "no notification service"),
    ):
        assert found[topic][0] is False
        assert why in found[topic][1]


def doctor(folder: str, address: str) -> dict[str, tuple[bool, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tray", "doctor", "--json"],
        cwd=ROOT,
        env={
            "DBUS_SESSION_BUS_ADDRESS": address,
            "HOME": folder,
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "QT_QPA_PLATFORM": "wayland",
            "TOGGL_TRAY_HOME": f"{folder}/home",
            "WAYLAND_DISPLAY": NAME,
            "XDG_RUNTIME_DIR": folder,
            "XDG_SESSION_TYPE": "wayland",
        },
        capture_output=True,
        check=True,
        timeout=60,
    )
    findings = json.loads(done.stdout)["findings"]
    return {each["topic"]: (each["works"], each["detail"]) for each in findings}
