import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from tray.ipc import lock

ROOT: Final = Path(__file__).parents[2]
PATIENCE_SECONDS: Final = 30

AFTER_THE_ICON: Final = ("Xlib", "jeepney", "tray.desktop", "tray.ipc.server")
NOT_AT_ALL: Final = (
    *("PySide6.QtNetwork", "logging.handlers", "pickle", "subprocess"),
    *("asyncio", "http.client", "keyring", "msgspec", "pypinyin", "rapidfuzz", "requests"),
    *("ssl", "urllib.request"),
    *("tray.ui.appearance", "tray.ui.control_style", "tray.ui.theme"),
    *("tray.ui.entries", "tray.ui.main_window", "tray.ui.quick_start", "tray.ui.settings"),
    *("tray.ui.entry_line", "tray.ui.mini"),
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The modules that the tray has imported when everything is up, in the order it did."""
    home = tmp_path_factory.mktemp("home")
    environ = {
        **os.environ,
        "TOGGL_TRAY_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "DISPLAY": "none",
        "WAYLAND_DISPLAY": "",
        "XDG_SESSION_TYPE": "x11",
        "DBUS_SESSION_BUS_ADDRESS": "",
    }
    tray = [sys.executable, "-X", "importtime", "-m", "tray"]
    log = home / "imports"
    with (
        log.open("wb") as written,
        subprocess.Popen(tray, env=environ, cwd=ROOT, stderr=written) as program,
    ):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while program.poll() is None and not _listens(home) and time.monotonic() < deadline:
            time.sleep(0.05)
        subprocess.run([sys.executable, "-m", "tray", "quit"], env=environ, cwd=ROOT, check=True)
        assert program.wait(PATIENCE_SECONDS) == 0
    assert " INFO tray: Toggl Tray " in (home / "tray.log").read_text("utf-8")
    found = re.findall(r"^import time:.*\| +(\S+)$", log.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"tray.ipc.server", "tray.workers.presence_worker"} < set(found)
    return found


def _listens(home: Path) -> bool:
    holder = lock.holder(str(home / "tray.lock"))
    return bool(holder and holder.address)


def is_in(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in packages)


def test_what_the_icon_does_not_need_is_imported_after_it(imported: list[str]) -> None:
    for_the_icon = imported[: imported.index("tray.app.application")]
    assert [each for each in for_the_icon if is_in(each, AFTER_THE_ICON)] == []


def test_nothing_heavy_is_imported_before_it_is_used(imported: list[str]) -> None:
    assert [each for each in imported if is_in(each, NOT_AT_ALL)] == []


def test_importing_after_qt_keeps_no_source_in_memory() -> None:
    code = (
        "import linecache\n"
        "from tray.app.first_instance import load_qt\n"
        "application = load_qt()\n"
        "from tray.app.desktop_services import DesktopServices\n"
        "print([name for name in linecache.cache if 'desktop_services' in name])\n"
    )
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environ, cwd=ROOT, capture_output=True, check=True
    )
    assert found.stdout.strip() == b"[]"


def test_windows_are_prepared_when_all_is_up_and_loaded_when_opened(tmp_path: Path) -> None:
    code = (
        "import os, sys, time\n"
        "from tray.app.first_instance import first_instance, load_qt\n"
        "with first_instance() as instance:\n"
        "    qt = load_qt()\n"
        "    from PySide6 import QtCore, QtWidgets\n"
        "    from tray.app.application import Application\n"
        "    from tray.app.run import prepare_windows\n"
        "    from tray.store.opening import open_database\n"
        "    with open_database(instance.places.database) as db:\n"
        "        program = Application(instance.places, instance.lock, db, (), pages=None)\n"
        "        program.start()\n"
        "        deadline = time.monotonic() + 30\n"
        "        while program._care is None and time.monotonic() < deadline:\n"
        "            qt.processEvents()\n"
        "        print('tray.desktop.linux.notifications' in sys.modules)\n"
        "        print('Qt' in vars(QtCore))\n"
        "        prepare_windows()\n"
        "        print('Qt' in vars(QtCore), 'tray.ui.quick_start' in sys.modules)\n"
        "        program.quick.open_quick_start()\n"
        "        print('tray.model.suggest' in sys.modules)\n"
        "        qt.processEvents()\n"
        "        print('QWizard' in vars(QtWidgets), flush=True)\n"
        "        os._exit(0)\n"
    )
    environ = {
        **os.environ,
        "TOGGL_TRAY_HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    }
    tray = [sys.executable, "-m", "tray"]
    subprocess.run([*tray, "projects", "create", "Alpha"], env=environ, cwd=ROOT, check=True)
    subprocess.run(
        [*tray, "add", "Draft @Alpha yesterday 14-15"], env=environ, cwd=ROOT, check=True
    )
    found = subprocess.run(
        [sys.executable, "-c", code], env=environ, cwd=ROOT, capture_output=True, check=True
    )
    speaks, *loaded = found.stdout.split()
    assert speaks == str(sys.platform == "linux").encode()
    assert loaded == [b"False", b"True", b"False", b"False", b"False"]
