"""The profiles in the settings: each with what is in it, and what can be done with it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tray import paths, profiles
from tray.common_settings import CommonSettings, common_settings
from tray.session.profile_switch import ProfileSwitch
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.ui.profiles.profile_list_section import CommonSection, ProfileListSection

NOW = 1_770_984_000


class Page:
    """Both sections, shown."""

    def __init__(self, environ: dict[str, str], qtbot: QtBot) -> None:
        self.environ, self.window = environ, QWidget()
        qtbot.addWidget(self.window)
        self.switch = ProfileSwitch(paths.find(environ), QObject(self.window))
        self.section = ProfileListSection(self.switch, self.window)
        self.common = CommonSection(self.switch, self.window)
        self.window.show()

    def texts(self) -> list[tuple[str, str]]:
        rows = self.section.rows.values()
        return [(each.name.text(), each.hint.text().partition(" · ")[0]) for each in rows]

    def button(self, name: str) -> QPushButton:
        found = self.section.rows[name].control
        return found if isinstance(found, QPushButton) else found.findChildren(QPushButton)[0]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Page:
    environ = {
        "TOGGL_TRAY_HOME": str(tmp_path / "home"),
        "TOGGL_TRAY_PROFILE": "default",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    made = profiles.create(environ, "Work")
    with open_database(made.database) as db:
        timer.start(db, Draft("<b>Theirs</b>"), now=NOW)
    return Page(environ, qtbot)


def test_each_is_shown_with_what_runs_in_it(page: Page) -> None:
    assert page.texts() == [
        ("Default (this one)", "No account"),
        ("Work", "No account, <b>Theirs</b> runs"),
    ]
    assert page.section.rows["Work"].hint.textFormat() is Qt.TextFormat.PlainText
    assert page.section.rows["default"].control.findChildren(QPushButton) == []


def test_a_new_one_is_made_by_its_name(page: Page) -> None:
    page.section.name.setText("工作")
    QTest.keyClick(page.section.name, Qt.Key.Key_Return)
    assert [name for name, _ in page.texts()] == ["Default (this one)", "Work", "工作"]
    assert page.section.name.text() == ""


def test_why_one_cannot_be_made_stands_below(page: Page) -> None:
    page.section.name.setText("wORK")
    QTest.keyClick(page.section.name, Qt.Key.Key_Return)
    texts = [str(each.property("text") or "") for each in page.window.findChildren(QWidget)]
    (message,) = [each for each in texts if "already" in each]
    assert message == "There is a profile “wORK” already."
    assert page.section.name.text() == "wORK"


def test_one_is_renamed(page: Page) -> None:
    page.section.ask_name("Work")
    assert page.section.dialog is not None
    page.section.dialog.setTextValue("Job")
    page.section.dialog.accept()
    assert [name for name, _ in page.texts()] == ["Default (this one)", "Job"]


def test_one_is_removed_after_a_question_and_brought_back(page: Page, qtbot: QtBot) -> None:
    page.section.ask(page.switch.states()[1])
    assert page.section.box is not None
    assert page.section.box.text().startswith("An entry runs in it. Remove the profile “Work”?")
    with qtbot.waitSignal(page.switch.removed):
        next(each for each in page.section.box.buttons() if each.text() == "Remove").click()
    assert page.texts()[1] == ("Work", "Removed; all its files are kept")
    back = next(key for key in page.section.rows if key != "default")
    page.button(back).click()
    assert page.texts()[1] == ("Work", "No account, <b>Theirs</b> runs")


def test_the_one_that_is_used_can_be_neither_renamed_nor_removed(page: Page) -> None:
    more = page.section.rows["Work"].control.findChildren(QToolButton)
    assert [each.isEnabled() for each in more] == [True]
    assert page.section.rows["default"].control.findChildren(QToolButton) == []


def test_what_holds_for_all_is_kept(page: Page) -> None:
    folder = paths.find(page.environ).profiles_folder
    page.common.one_timer.widget.click()  # type: ignore[attr-defined]
    assert common_settings(folder) == CommonSettings(one_timer=True)
    page.common.side_by_side.widget.click()  # type: ignore[attr-defined]
    page.common.one_timer.widget.click()  # type: ignore[attr-defined]
    assert common_settings(folder) == CommonSettings(side_by_side=True)
