"""Draws every window in a language, without a desktop, to be looked at by who translates.

    python packaging/window_pictures.py zh_CN FOLDER

Those of ``.github/screenshots/zh-CN`` are made by it. QT_SCALE_FACTOR=2 draws them at 200 %.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
SETTLE_MS: Final = 1_000
"""For what is read by another thread, as reports are."""
SIZE: Final = (1300, 900)
SETTINGS: Final = 'language = "{code}"\nday_goal_minutes = 360\nweek_goal_minutes = 1800\n'


def main(code: str, target: str) -> int:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as home:
        Path(home, "settings.toml").write_text(SETTINGS.format(code=code), encoding="utf-8")
        _be_offscreen(Path(home, "screen.json"))
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        from tests.ui.every_window import every_window, program
        from tray.chosen_language import set_language

        application = QApplication(sys.argv[:1])
        application.setQuitOnLastWindowClosed(False)
        set_language(code)
        folder = Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        with program(Path(home)) as made:
            for name, window in every_window(made, lambda: QTest.qWait(SETTLE_MS)):
                window.grab().save(str(folder / f"{name}.png"))
    return 0


def _be_offscreen(file: Path) -> None:
    """Have a screen that is large enough, and no bus."""
    factor = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    width, height = (round(each * factor) for each in SIZE)
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file.write_text(json.dumps({"screens": [screen | dots]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
