"""The first start and the first after an update: what is shown, once, and what it sets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from tests.pseudo_language import PseudoLanguage
from tests.ui.settings.conftest import Desktop
from tray import __version__, language, settings
from tray.desktop.notifier import ActionInvoked, Notification
from tray.language import tr
from tray.model.panels import GNOME, MACOS, PanelKind
from tray.paths import Paths
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.ui.hotkey_bindings import HotkeyState, HotkeyStates, Standing
from tray.ui.introduction_controller import IntroductionController
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.hours_edit import HoursEdit
from tray.ui.welcome_window import WelcomeWindow


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def welcome(file: Path, qtbot: QtBot) -> Iterator[WelcomeWindow]:
    opened = WelcomeWindow(str(file), Desktop())
    qtbot.addWidget(opened)
    opened.show()
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    opened.close()


def press(button: QPushButton) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_of_three_steps_can_be_skipped(welcome: WelcomeWindow, file: Path) -> None:
    for step in range(3):
        assert welcome.where.text() == f"{step + 1} of 3"
        assert welcome.forward.text() == ("Done" if step == 2 else "Next")
        press(welcome.forward)
    assert not welcome.isVisible()
    assert not file.exists(), "nothing was chosen"


def test_one_can_go_back_and_leave_by_escape(welcome: WelcomeWindow) -> None:
    assert not welcome.back.isVisible()
    press(welcome.forward)
    press(welcome.back)
    assert welcome.steps.currentIndex() == 0
    QTest.keyClick(welcome, Qt.Key.Key_Escape)
    assert not welcome.isVisible()


def test_the_keys_can_be_tried_and_say_that_they_work(welcome: WelcomeWindow) -> None:
    row = welcome.rows["hotkey_quick_start"]
    assert isinstance(row.control, HotkeyEdit)
    assert not row.control.field.hasFocus(), "or they would be recorded"
    welcome.note_hotkey()
    assert row.message.text() == "They work."
    taken = "Another program has these keys."
    refused = {"quick": HotkeyState(Standing.REFUSED, why=taken)}
    welcome.show_hotkeys(refused)
    assert row.message.text() == taken
    row.control.chosen.emit("f8")
    assert row.message.text() == taken, "nothing else was heard"


def test_what_is_chosen_is_saved_at_once_and_told(welcome: WelcomeWindow, file: Path) -> None:
    told: list[object] = []
    welcome.changed.connect(told.append)
    welcome.steps.setCurrentIndex(2)
    hours, goal = (welcome.rows[key].control for key in ("working_hours", "day_goal_minutes"))
    assert isinstance(hours, HoursEdit)
    assert isinstance(goal, QSpinBox)
    press(hours.more)
    goal.setValue(480)
    expected = Settings(working_hours="mon-fri 9:00-17:00", day_goal_minutes=480)
    assert settings.load(str(file)).settings == expected
    assert told[-1] == expected


def test_an_account_is_a_button_away(welcome: WelcomeWindow, qtbot: QtBot) -> None:
    press(welcome.forward)
    with qtbot.waitSignal(welcome.account_wanted):
        press(welcome.connect_account)
    assert welcome.isVisible(), "it can be gone on with afterwards"


def test_an_account_that_was_connected_is_said(welcome: WelcomeWindow) -> None:
    welcome.show_account(connected=True)
    assert welcome.connect_account.text() == "Show…"
    welcome.show_account(connected=False)
    assert welcome.connect_account.text() == "Connect…"


def test_every_button_has_a_name_to_be_heard(welcome: WelcomeWindow) -> None:
    for step in range(3):
        welcome.steps.setCurrentIndex(step)
        for button in welcome.findChildren(QAbstractButton):
            if button.isVisible() and not button.objectName().startswith("qt_"):
                assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)


class Around(QObject):
    """The desktop."""

    pressed = Signal(object)
    hotkeys_changed = Signal(object)
    panel_changed = Signal(object)
    panel = GNOME
    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.hotkeys: HotkeyStates = {"quick": HotkeyState()}
        self.notices: list[Notification] = []

    def notify(self, notification: Notification) -> None:
        self.notices.append(notification)

    def suspend_hotkeys(self, suspended: bool) -> None:
        del suspended


class FirstStart:
    """A program that starts, and what it shows."""

    def __init__(self, folder: Path, tracking: Tracking, qtbot: QtBot) -> None:
        place = str(folder)
        self.around, self.tracking = Around(), tracking
        self.shown = IntroductionController(
            Paths(place, place, place, place), self.around, tracking
        )
        self.news: list[bool] = []
        self.shown.news_wanted.connect(lambda: self.news.append(True))
        self.shown.begin(tracking.snapshot)
        if self.shown.window is not None:
            qtbot.addWidget(self.shown.window)

    @property
    def welcomes(self) -> bool:
        return self.shown.window is not None and self.shown.window.isVisible()


def test_the_first_start_welcomes_once(blank: Tracking, tmp_path: Path, qtbot: QtBot) -> None:
    first = FirstStart(tmp_path, blank, qtbot)
    assert first.welcomes
    assert not FirstStart(tmp_path, blank, qtbot).welcomes
    assert first.around.notices == []


def test_it_is_in_another_language_where_it_was(
    blank: Tracking, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = FirstStart(tmp_path, blank, qtbot)
    assert first.shown.window is not None
    first.shown.window.go_to(1)
    monkeypatch.setattr(language, "_translations", PseudoLanguage())
    first.shown.renew()
    qtbot.addWidget(first.shown.window)
    assert first.welcomes
    assert first.shown.window.steps.currentIndex() == 1
    assert first.shown.window.forward.text() == tr("Next") != "Next"
    first.shown.window.close()
    first.shown.renew()
    assert not first.welcomes


def test_who_has_tracked_already_is_not_welcomed(
    tracking: Tracking, tmp_path: Path, qtbot: QtBot
) -> None:
    start = FirstStart(tmp_path, tracking, qtbot)
    assert not start.welcomes
    assert start.around.notices == []


def test_what_is_new_is_said_once_after_an_update(
    tracking: Tracking, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "seen-version").write_text("0.0.9")
    start = FirstStart(tmp_path, tracking, qtbot)
    assert not start.welcomes
    (notice,) = start.around.notices
    assert __version__ in notice.title
    start.around.answered.emit(ActionInvoked("news", "default"))
    assert start.news == [True]
    assert FirstStart(tmp_path, tracking, qtbot).around.notices == []


def test_a_folder_that_cannot_be_written_is_no_trouble(
    blank: Tracking, tmp_path: Path, qtbot: QtBot
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert FirstStart(blocked, blank, qtbot).welcomes


def test_the_keys_that_are_tried_are_noted(blank: Tracking, tmp_path: Path, qtbot: QtBot) -> None:
    start = FirstStart(tmp_path, blank, qtbot)
    window = start.shown.window
    assert window is not None
    start.around.pressed.emit("quick")
    assert window.rows["hotkey_quick_start"].message.text() == "They work."


def test_the_clicks_of_this_panel_are_described(welcome: WelcomeWindow) -> None:
    shown = []
    for panel in (PanelKind(), GNOME, MACOS):
        welcome.show_panel(panel)
        shown.append(welcome._icon.hint.text())
    assert shown == [
        "A click starts and stops, the right button opens the menu.",
        "A click opens the menu, whose first row starts and stops. A double click does so at once.",
        "A click opens the menu, whose first row starts and stops.",
    ]
