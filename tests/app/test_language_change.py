"""Another language is chosen while everything is open."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tray import chosen_language, language
from tray.app.application import Application
from tray.app.window_pages import pages
from tray.chosen_language import set_language
from tray.ipc import lock
from tray.model.locales import chosen
from tray.paths import Paths
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.opening import open_database
from tray.ui.settings.settings_window import SettingsWindow
from tray.ui.week_strip.week_strip import WeekStrip


class Marking(language.English):
    """A language in which every sentence begins with a sign."""

    def gettext(self, message: str, /) -> str:
        return f"»{message}"


@pytest.fixture
def application(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    del qtbot
    monkeypatch.setattr(chosen_language, "load", lambda _: Marking())
    folder = str(tmp_path)
    held = lock.acquire(str(tmp_path / "lock"))
    assert held is not None
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        yield (made := Application(Paths(folder, folder, folder, folder), held, db, (), pages))
        made.stop()
    held.release()
    set_language("en")


def shown(kind: str) -> list[Any]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if type(each).__name__ == kind and each.isVisible()
    ]


def test_windows_are_made_anew(application: Application, qtbot: QtBot) -> None:
    application.open_main_window().resize(900, 600)
    application.open_settings()
    settings = cast("SettingsWindow", shown("SettingsWindow")[0])
    settings.show_page("language")
    box = settings.row("language").findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(box.findData("zh_CN"))
    qtbot.waitUntil(
        lambda: [each.windowTitle() for each in shown("SettingsWindow")] == ["»Settings"]
    )
    assert shown("SettingsWindow")[0].rail.current == "language"
    main = shown("MainWindow")[0]
    assert (main.width(), main.height()) == (900, 600)
    assert main.windowTitle() == "»»Timer – Toggl Tray"


def test_the_formats_of_the_account_come_and_go_with_it(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    application.open_main_window()
    with open_database(str(tmp_path / "toggl-tray.db")) as db, db.writing():
        account.write(db, LinkedAccount("https://example.org", "basic", "", 1, "Ann"))
        account.update(db, beginning_of_week=0, duration_format="decimal", time_format="h:mm A")
    qtbot.waitUntil(lambda: chosen.style() == chosen.Style(lengths="decimal", first_weekday=6))

    def totals() -> list[str]:
        return [each.findChild(WeekStrip).total.text() for each in shown("MainWindow")]

    qtbot.waitUntil(lambda: "0.00 h" in totals())
    assert application._tracking.calendar.first_weekday == 6
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        account.update(db, signed_in=False)
    qtbot.waitUntil(lambda: chosen.style() == chosen.Style())
