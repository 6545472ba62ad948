"""Links on macOS, as its events bring them; tried elsewhere with the same events."""

import os
import subprocess
import sys

CODE = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from tray.app.mac_program import MacProgram
program = MacProgram(["x"])
program.leave_dock()  # of which there is none here
def opens(link):
    program.sendEvent(program, QFileOpenEvent(QUrl(link)))
opens("toggl-tray:start?line=C%2B%2B%20%40Acme")
told = []
program.opened.connect(told.append)
print(program.take(), told)
opens("toggl-tray:stop")
print(program.take(), told)
"""


def test_links_wait_until_they_can_be_followed_and_are_then_told_of() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "['toggl-tray:start?line=C%2B%2B%20%40Acme'] []",
        "[] ['toggl-tray:stop']",
    ]
