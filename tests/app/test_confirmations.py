"""What is confirmed by a notification: only what no window of ours shows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.app.desktop_services import DesktopServices
from tray.ipc import lock
from tray.model.days import Calendar
from tray.paths import Paths
from tray.session.tracking import Tracking
from tray.store.opening import open_database
from tray.tracker.resolve import Draft


class Icon(QObject):
    """Takes notifications where no desktop does."""

    message_clicked = Signal()
    panel_changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: list[str] = []

    def follow(self, watch: object) -> None:
        """There is no panel."""

    def match(self, look: object) -> None:
        """It has no colour."""

    def message(self, title: str, text: str, milliseconds: int) -> None:
        del milliseconds
        self.shown.append(f"{title}: {text}")


@pytest.fixture
def tracking(tmp_path: Path, qtbot: QtBot) -> Iterator[Tracking]:
    del qtbot
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        tracked = Tracking(db, Calendar())
        yield tracked
        tracked.release()


@pytest.fixture
def icon(tracking: Tracking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Icon]:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    folder = str(tmp_path)
    held = lock.acquire(str(tmp_path / "lock"))
    assert held is not None
    made = Icon(tracking)
    services = DesktopServices(
        Paths(folder, folder, folder, folder), held, tracking, cast("Any", made), tracking
    )
    yield made
    services.stop()
    held.release()


def test_what_is_done_in_a_window_is_seen_there(
    tracking: Tracking, icon: Icon, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tracking.start(Draft("Email"))
    turned: list[bool] = []
    QTimer.singleShot(0, lambda: turned.append(True))
    qtbot.waitUntil(lambda: bool(turned))
    window.close()
    tracking.stop()
    qtbot.waitUntil(lambda: bool(icon.shown))
    (told,) = icon.shown
    assert told.startswith("Email: Stopped after")


def test_a_window_that_closes_with_it_shows_nothing(
    tracking: Tracking, icon: Icon, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tracking.start(Draft("Email"))
    window.close()
    qtbot.waitUntil(lambda: icon.shown == ["Email: Started"])
