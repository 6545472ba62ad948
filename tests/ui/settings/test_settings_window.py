from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.settings.conftest import Page
from tray.language import LANGUAGES
from tray.model.account_formats import DATE_FORMATS, DURATION_FORMATS
from tray.model.panels import GNOME, WINDOWS
from tray.settings import DECLARED, Settings
from tray.ui.hotkey_bindings import HotkeyState, Standing
from tray.ui.legible import contrast
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.setting_controls import WIDE, WORDS
from tray.ui.settings.settings_pages import PAGES

BY_HAND = '# mine\nunknown = 1\nweek_start = "sunday"  # as in Lisbon\n'


def test_every_setting_has_a_control_with_a_name_and_what_is_chosen(page: Page) -> None:
    for key, declared in DECLARED.items():
        assert page.control(key).accessibleName() == declared.label
        assert page.control(key).accessibleDescription() == declared.hint
    assert page.login().control.accessibleName() == "Start at login"
    assert not page.file.exists(), "looking changes nothing"


def test_every_choice_has_words() -> None:
    choices = {choice for each in DECLARED.values() for choice in each.choices}
    assert choices == {*WORDS, *LANGUAGES, *DATE_FORMATS, *DURATION_FORMATS}


def test_a_page_with_few_settings_does_not_stretch_them(page: Page) -> None:
    page.window.show()
    page.window.show_page("language")
    row = page.window.row("language")
    page.qtbot.waitUntil(lambda: 0 < row.height() <= row.sizeHint().height())


def choose_text(page: Page) -> None:
    page.line("time_zone").setText(" Europe/Tallinn ")
    QTest.keyClick(page.line("time_zone"), Qt.Key.Key_Return)


def choose_number(page: Page) -> None:
    page.spin("day_goal_minutes").selectAll()
    QTest.keyClicks(page.spin("day_goal_minutes"), "480")
    QTest.keyClick(page.spin("day_goal_minutes"), Qt.Key.Key_Return)


def choose_hour(page: Page) -> None:
    QTest.keyClick(page.combo("day_start_hour"), Qt.Key.Key_Down)


def choose_word(page: Page) -> None:
    page.combo("left_click").setFocus()
    QTest.keyClick(page.combo("left_click"), Qt.Key.Key_Down)


def choose_box(page: Page) -> None:
    QTest.keyClick(page.box("start_hidden"), Qt.Key.Key_Space)


def choose_keys(page: Page) -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
    QTest.keyClick(page.keys("hotkey_toggle").field, Qt.Key.Key_T, held)


@pytest.mark.parametrize(
    ("choose", "expected"),
    [
        (choose_text, Settings(time_zone="Europe/Tallinn")),
        (choose_number, Settings(day_goal_minutes=480)),
        (choose_hour, Settings(day_start_hour=1)),
        (choose_word, Settings(left_click="quick start")),
        (choose_box, Settings(start_hidden=False)),
        (choose_keys, Settings(hotkey_toggle="ctrl+meta+t")),
    ],
)
def test_a_choice_is_saved_at_once_and_told_once(
    page: Page, choose: Callable[[Page], None], expected: Settings
) -> None:
    choose(page)
    assert page.saved() == expected
    assert page.told == [expected]


def test_what_was_chosen_shows_when_the_window_is_made_again(
    page: Page, tmp_path: Path, qtbot: QtBot
) -> None:
    for choose in (choose_text, choose_number, choose_word, choose_box, choose_keys):
        choose(page)
    again = Page(page.file, qtbot)
    assert again.line("time_zone").text() == "Europe/Tallinn"
    assert again.spin("day_goal_minutes").value() == 480
    assert again.combo("left_click").currentText() == "Open quick start"
    assert not again.box("start_hidden").isChecked()
    assert again.keys("hotkey_toggle").field.text() == "Ctrl+Meta+T"
    assert again.told == []


def test_a_bad_time_zone_is_named_below_it_and_nothing_is_saved(page: Page) -> None:
    line = page.line("time_zone")
    line.setText("Nowhere/At all")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.message("time_zone").startswith("'Nowhere/At all' is not a time zone")
    assert line.text() == "Nowhere/At all", "to be corrected"
    assert not page.file.exists()
    assert page.told == []
    line.setText("Europe/Tallinn")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.message("time_zone") == ""


def test_a_line_of_text_has_the_ground_of_all_fields(page: Page) -> None:
    row = page.row("proxy")
    base = QPalette.ColorRole.Base
    for widget, colour in ((row.control, "#cccccc"), (row, "#fefefe")):
        palette = QPalette()
        palette.setColor(base, QColor(colour))
        widget.setPalette(palette)
    assert row.control.palette().color(base) == QColor("#fefefe")


def test_zones_are_offered_by_city(page: Page) -> None:
    completer = page.line("time_zone").completer()
    completer.setCompletionPrefix("tallinn")
    assert completer.currentCompletion() == "Europe/Tallinn"


def test_a_bad_hotkey_is_named_below_it_and_nothing_is_saved(page: Page) -> None:
    QTest.keyClick(page.keys("hotkey_toggle").field, Qt.Key.Key_T)
    assert page.message("hotkey_toggle") == "T is needed for typing. Add Ctrl, Alt or Meta."
    assert not page.file.exists()
    assert page.told == []
    choose_keys(page)
    assert page.message("hotkey_toggle") == ""


def test_two_hotkeys_cannot_be_the_same(page: Page) -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(page.keys("hotkey_toggle").field, Qt.Key.Key_Space, held)
    assert "“Quick start” already" in page.message("hotkey_toggle")
    assert page.keys("hotkey_toggle").field.text() == "Ctrl+Alt+Shift+Space"
    assert page.told == []


def test_both_hotkeys_can_be_none(page: Page) -> None:
    for key in ("hotkey_quick_start", "hotkey_toggle"):
        QTest.mouseClick(page.keys(key).clear, Qt.MouseButton.LeftButton)
    assert (page.saved().hotkey_quick_start, page.saved().hotkey_toggle) == ("", "")
    assert page.keys("hotkey_toggle").field.text() == ""


def test_comments_and_unknown_lines_survive(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(BY_HAND)
    page = Page(file, qtbot)
    choose_box(page)
    assert file.read_text() == BY_HAND + "start_hidden = false\n"


def test_a_bad_line_of_the_file_is_named_above_all(tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('time_format = "13h"\nweek_start = "sunday"\n')
    page = Page(file, qtbot)
    assert page.window._problems.text().startswith(
        "time_format must be one of account, system, 24h, 12h"
    )
    assert page.combo("week_start").currentText() == "Sunday", "the rest counts"
    page.combo("time_format").setCurrentIndex(3)
    assert file.read_text() == 'time_format = "12h"\nweek_start = "sunday"\n'
    page.leave()
    page.look_at()
    assert not page.window._problems.isVisible()


def test_what_is_changed_by_hand_counts_when_the_window_gets_the_focus(page: Page) -> None:
    page.leave()
    page.file.write_text('week_start = "sunday"\n')
    assert page.told == []
    page.look_at()
    assert page.combo("week_start").currentText() == "Sunday"
    assert page.told == [Settings(week_start="sunday")]
    page.leave()
    page.look_at()
    assert len(page.told) == 1


def test_what_is_changed_by_hand_is_not_overwritten_by_the_next_choice(page: Page) -> None:
    page.file.write_text(BY_HAND)
    choose_box(page)
    assert page.saved() == Settings(week_start="sunday", start_hidden=False)
    assert page.combo("week_start").currentText() == "Sunday"


def test_a_half_typed_zone_stays_while_the_file_changes(page: Page) -> None:
    page.line("time_zone").setText("Europe/Tal")
    page.leave()
    page.file.write_text('week_start = "sunday"\n')
    page.look_at()
    assert page.line("time_zone").text() == "Europe/Tal"


def test_a_file_that_is_no_toml_is_named_and_left_alone(page: Page) -> None:
    choose_word(page)
    page.leave()
    page.file.write_text('week_start = "sun\n')
    page.look_at()
    assert "not valid TOML" in page.window._problems.text()
    assert page.told == [Settings(left_click="quick start")], "what counted still counts"
    choose_box(page)
    assert "not valid TOML" in page.message("start_hidden")
    assert page.box("start_hidden").isChecked()
    assert page.file.read_text() == 'week_start = "sun\n'


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    page = Page(blocked / "settings.toml", qtbot)
    choose_box(page)
    assert "cannot be written" in page.message("start_hidden")
    assert page.box("start_hidden").isChecked(), "it shows what counts"
    assert page.told == []


def test_leaving_the_window_keeps_what_was_typed(page: Page) -> None:
    page.line("time_zone").setFocus()
    page.line("time_zone").setText("Europe/Tallinn")
    QTest.keyClick(page.line("time_zone"), Qt.Key.Key_Escape)
    assert not page.window.isVisible()
    assert page.saved().time_zone == "Europe/Tallinn"


def wheel_over(widget: QWidget) -> bool:
    """Turn the mouse wheel there; return whether the widget took it for itself."""
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(widget.mapToGlobal(centre.toPoint())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("key", ["day_goal_minutes", "week_start"])
def test_the_wheel_changes_only_what_has_the_focus(page: Page, key: str) -> None:
    page.line("time_zone").setFocus()
    assert not wheel_over(page.control(key))
    assert page.told == []
    page.control(key).setFocus()
    assert wheel_over(page.control(key))


def test_a_click_on_the_name_is_one_on_the_control(page: Page) -> None:
    row = page.row("start_hidden")
    QTest.mouseClick(row.name, Qt.MouseButton.LeftButton)
    assert not page.saved().start_hidden


def test_the_controls_stand_in_one_column(page: Page) -> None:
    page.window.resize(900, 2_000)
    right, widths = set(), set()
    for each in PAGES:
        keys = [key for key in DECLARED if DECLARED[key].group in each.groups]
        for row in [page.row(key) for key in keys if key not in WIDE]:
            right.add(row.control.mapTo(page.window, row.control.rect().topRight()).x())
            if not isinstance(row.control, QCheckBox):
                widths.add(row.control.width())
    assert len(right) == 1
    assert len(widths) == 1


def test_a_narrow_window_breaks_lines_and_needs_no_scrolling_sideways(page: Page) -> None:
    area = page.window.findChild(QScrollArea)
    assert area is not None
    page.row("working_hours")
    page.window._choose("working_hours", "mon-fri 9:00-12:30 13:30-18:00")
    for each in PAGES:
        if each.groups:
            page.window.show_page(each.key)
            page.window.resize(640, 500)
            QApplication.processEvents()
            assert area.horizontalScrollBar().maximum() == 0, each


@pytest.mark.parametrize("dark", [False, True])
def test_texts_are_legible_and_follow_the_palette(page: Page, qtbot: QtBot, dark: bool) -> None:
    before = QApplication.palette()
    other = QPalette(before)
    for role, colour in (("Window", "#2a2d33"), ("Base", "#1f2227"), ("WindowText", "#e8e8ea")):
        other.setColor(QPalette.ColorRole[role], colour)
    try:
        QApplication.setPalette(other if dark else before)
        qtbot.wait(20)
        row = page.row("time_zone")
        row.say("This is wrong.")
        for label in (row.hint, row.message):
            palette = label.palette()
            assert contrast(palette.windowText().color(), palette.window().color()) >= 4.5
    finally:
        QApplication.setPalette(before)


def test_a_hotkey_that_cannot_be_had_is_said_at_its_row(page: Page) -> None:
    refused = HotkeyState(Standing.REFUSED, why="F9 is taken by another program.")
    page.window.show_hotkeys({"quick": HotkeyState(), "toggle": refused})
    assert page.row("hotkey_toggle").message.text() == "F9 is taken by another program."
    assert page.row("hotkey_quick_start").message.text() == ""
    page.window.show_hotkeys({"quick": HotkeyState(), "toggle": HotkeyState(Standing.BOUND, "F9")})
    assert page.row("hotkey_toggle").message.text() == ""


def test_the_clicks_are_described_as_the_panel_has_them(page: Page) -> None:
    page.window.show_panel(GNOME)
    assert page.row("left_click").hint.text().startswith("Done by a double click")
    assert page.row("icon_label").hint.text() == "While an entry runs"
    page.window.show_panel(WINDOWS)
    assert page.row("left_click").hint.text() == "On the icon"
    assert page.row("icon_label").hint.text() == "Windows shows no text there"
    assert page.row("scroll_toggles").hint.text() == "This panel does not pass it on"


def test_a_refusal_that_comes_while_the_keys_are_saved_stays(page: Page) -> None:
    def refuse(_: object) -> None:
        refused = HotkeyState(Standing.REFUSED, why="F8 is taken by another program.")
        page.window.show_hotkeys({"quick": refused, "toggle": HotkeyState()})

    page.window.changed.connect(refuse)
    edit = page.row("hotkey_quick_start").control
    assert isinstance(edit, HotkeyEdit)
    edit.chosen.emit("f8")
    assert page.row("hotkey_quick_start").message.text() == "F8 is taken by another program."


def test_while_a_hotkey_is_recorded_it_is_told(page: Page, qtbot: QtBot) -> None:
    told: list[object] = []
    page.window.recording.connect(told.append)
    edit = page.keys("hotkey_toggle")
    page.window.activateWindow()
    edit.field.setFocus()
    qtbot.waitUntil(lambda: told == [True])
    edit.field.clearFocus()
    assert told == [True, False]


def test_a_reminder_that_can_never_come_says_so(page: Page) -> None:
    row = page.row("remind_nothing_running")
    assert row.message.text() == "There are no working hours yet, so it never does."
    page.row("working_hours")
    page.window._choose("working_hours", "mon-fri 9:00-18:00")
    assert row.message.text() == ""
    page.window._choose("working_hours", "")
    assert row.message.text() != ""
    page.window._choose("remind_nothing_running", False)
    assert row.message.text() == ""
