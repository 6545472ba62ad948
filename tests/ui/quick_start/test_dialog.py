from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.quick_start.user import User
from tray import clock
from tray.model.calendar_event import FeedEvent
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store import feeds
from tray.tracker import catalogue
from tray.ui.entry_line.candidate_row import CandidateKind
from tray.ui.quick_start.dialog import WIDTH, QuickStartDialog

ENTER, TAB, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def user(tracking: Tracking, qtbot: QtBot) -> Iterator[User]:
    dialog = QuickStartDialog(tracking, TimeFormat())
    qtbot.addWidget(dialog)
    somebody = User(dialog, qtbot, tracking)
    somebody.open()
    qtbot.waitUntil(lambda: dialog.line._history is not None)
    yield somebody
    dialog.stop()


def test_it_types_immediately_and_enter_starts_exactly_the_line(user: User) -> None:
    assert user.dialog.line.edit.hasFocus()
    user.type("rep")
    assert user.texts == ["Write report"], "which is not highlighted"
    user.press(ENTER)
    assert user.started().description == "rep"


def test_the_grammar_is_understood_and_shown(user: User) -> None:
    user.type("Plan @acme #writing #new $ 9:30-10:15")
    assert user.dialog.line.chips.texts[0] == "Acme"
    assert user.dialog.line.chips.texts[1].endswith("09:30 – 10:15 (0:45)")
    assert user.dialog.line.chips.texts[2:] == ["$ billable", "#writing", "#new"]
    assert "Enter adds it" in user.foot
    user.press(ENTER)
    added = user.newest()
    assert added.stop is not None
    assert (added.description, added.stop - added.start, added.billable) == ("Plan", 45 * 60, True)
    assert len(added.tag_ids) == 2
    assert user.running is None
    assert not user.dialog.isVisible()


def test_enter_takes_what_is_highlighted(user: User) -> None:
    user.type("rep")
    user.press(DOWN)
    assert user.highlighted == "Write report"
    user.press(ENTER)
    entry = user.started()
    assert entry.description == "Write report"
    assert entry.project_id is not None
    assert len(entry.tag_ids) == 1


def test_what_is_highlighted_is_started_with_the_tags_times_and_dollar_of_the_line(
    user: User,
) -> None:
    user.type("rep #urgent $ -15m")
    user.dialog.line.edit.setCursorPosition(1)
    user.press(DOWN)
    assert user.dialog.line.chips.texts[0] == "Acme"
    assert user.dialog.line.chips.texts[-2:] == ["#writing", "#urgent"]
    user.press(ENTER)
    entry, names = user.started(), user.tracking.snapshot.names
    assert {names.tags[tag].name for tag in entry.tag_ids} == {"writing", "urgent"}
    assert entry.billable
    assert clock.now() - entry.start == pytest.approx(15 * 60, abs=5)


def test_the_arrows_move_and_beyond_the_ends_nothing_is_highlighted(user: User) -> None:
    rows = user.texts
    assert len(rows) == 4
    assert user.highlighted is None
    seen: list[str | None] = []
    for _ in range(len(rows) + 2):
        user.press(DOWN)
        seen.append(user.highlighted)
    assert seen == [*rows, None, rows[0]]
    user.press(UP)
    assert user.highlighted is None
    user.press(UP)
    assert user.highlighted == rows[-1]


def test_typing_on_leaves_nothing_highlighted(user: User) -> None:
    user.press(DOWN)
    user.type("x")
    assert user.highlighted is None


def test_tab_takes_over_into_the_line(user: User) -> None:
    user.type("rep 9:30-10:15")
    user.dialog.line.edit.setCursorPosition(1)
    user.press(TAB)
    assert user.dialog.line.edit.text() == "Write report @Acme #writing 9:30-10:15"
    assert user.dialog.line.edit.hasFocus()
    user.dialog.line.edit.undo()
    assert user.dialog.line.edit.text() == "rep 9:30-10:15"


@pytest.mark.parametrize("key", [TAB, ENTER])
def test_a_highlighted_name_completes_and_the_rest_of_the_line_stays(
    user: User, key: Qt.Key
) -> None:
    user.type("🎉 写 @ac")
    user.type(" #wri tomorrow")
    user.dialog.line.edit.setCursorPosition(len("XX 写 @ac"))  # Qt counts two for the emoji
    user.press(DOWN)
    assert user.dialog.line.chips.texts[0] == "Acme", "what it would be is shown beforehand"
    user.press(key)
    assert user.dialog.line.edit.text() == "🎉 写 @Acme #wri tomorrow"
    assert user.dialog.line.edit.caret == len("🎉 写 @Acme ")
    assert user.dialog.isVisible()
    user.dialog.line.edit.setCursorPosition(len("XX 写 @Acme #wri"))
    user.press(DOWN, key)
    assert user.dialog.line.edit.text() == "🎉 写 @Acme #writing tomorrow"
    user.press(ENTER)
    assert user.started().description == "🎉 写 tomorrow"


def test_ctrl_enter_adds_what_began_then_and_ended_now(user: User) -> None:
    user.type("Call -45m")
    assert "Ctrl+Enter adds it" in user.foot
    user.press(ENTER, held=CONTROL)
    added = user.newest()
    assert added.stop == pytest.approx(clock.now(), abs=5)
    assert added.start == pytest.approx(clock.now() - 45 * 60, abs=5)
    assert user.running is None
    assert not user.dialog.isVisible()


def test_enter_with_a_start_is_running_since_then(user: User) -> None:
    user.type("Call -45m")
    user.press(Qt.Key.Key_Enter)
    assert user.started().start == pytest.approx(clock.now() - 45 * 60, abs=5)


def test_ctrl_enter_without_a_time_asks_for_one(user: User) -> None:
    user.type("Call")
    user.press(ENTER, held=CONTROL)
    user.refused("When was it?")
    user.press(ENTER)
    assert user.started().description == "Call"


def test_escape_leaves_without_a_trace(user: User) -> None:
    before = user.stored()
    user.type("Something @Nowhere")
    user.press(ESCAPE)
    assert not user.dialog.isVisible()
    assert user.stored() == before
    user.open()
    assert user.dialog.line.edit.text() == ""
    user.dialog.line.edit.undo()
    assert user.dialog.line.edit.text() == ""
    assert user.dialog.line.chips.texts == []


def test_enter_in_a_composition_is_the_input_methods(user: User) -> None:
    user.compose("xie bao gao")
    user.press(ENTER, ESCAPE, DOWN, TAB)
    assert user.dialog.isVisible()
    assert user.running is None
    assert user.highlighted is None
    user.compose("", "写报告")
    assert user.dialog.line.edit.text() == "写报告"
    user.press(ENTER)
    assert user.started().description == "写报告"


def test_a_composition_that_was_broken_off_is_forgotten(user: User) -> None:
    user.compose("xie")
    user.dialog.close()
    user.open()
    user.type("Call")
    user.press(ENTER)
    assert user.started().description == "Call"


def test_chinese_finds_what_was_done_and_completes_projects(user: User) -> None:
    user.type("写")
    assert user.texts == ["写算法"]
    user.type("书 ＠yan")
    user.press(DOWN, ENTER)
    assert user.dialog.line.edit.text() == "写书 @研究 "
    user.press(ENTER)
    assert user.started().description == "写书"
    assert user.tracking.snapshot.running is not None


def test_an_unknown_project_is_made_by_the_row_that_says_so(user: User) -> None:
    user.type("Plan @Nowhere")
    assert [each.offer for each in user.dialog.line.list.candidates] == [CandidateKind.NEW_PROJECT]
    user.press(TAB)
    assert user.dialog.line.edit.text() == "Plan @Nowhere", (
        "Tab takes nothing that is not there yet"
    )
    user.press(DOWN, ENTER)
    assert "Nowhere" not in {each.name for each in user.tracking.snapshot.names.projects.values()}
    user.type("9:30-10:15")
    user.press(ENTER)
    assert user.newest().description == "Plan"
    assert "Nowhere" in {each.name for each in user.tracking.snapshot.names.projects.values()}


def test_an_unknown_project_is_made_by_a_second_enter(user: User) -> None:
    user.type("Plan @Acne")
    user.press(ENTER)
    user.refused("no project “Acne”", "Did you mean “Acme”?", "Press Enter again")
    assert user.running is None
    user.press(ENTER)
    project_id = user.started().project_id
    assert project_id is not None
    assert user.tracking.snapshot.names.projects[project_id].name == "Acne"


def test_a_second_enter_makes_only_what_was_asked_about(user: User) -> None:
    user.type("Plan @Nowher")
    user.press(ENTER)
    user.type("e")
    assert "Press Enter again" not in user.foot
    user.press(ENTER)
    user.refused("no project “Nowhere”")
    user.press(ESCAPE)
    user.open()
    user.type("Plan @Nowhere")
    user.press(ENTER)
    user.refused("no project “Nowhere”")


def test_enter_held_down_is_pressed_once(user: User) -> None:
    user.type("Plan @Nowhere")
    user.press(ENTER)
    user.press(ENTER, repeats=True)
    user.refused("no project “Nowhere”")


def test_an_unknown_task_is_asked_for_too(user: User) -> None:
    user.type("Plan @Acme/Design")
    user.press(ENTER)
    user.refused("“Acme” has no task “Design”")
    user.press(ENTER)
    assert user.started().task_id is not None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Plan @Acme @Other", ["one project", "@Other"]),
        ("x" * 3_001, ["3,001", "3,000"]),
        ("Plan 2045-01-01 9:00", ["2045", "2030"]),
    ],
)
def test_a_refusal_is_said_and_the_line_stays(user: User, line: str, words: list[str]) -> None:
    user.dialog.line.edit.insert(line)
    user.press(ENTER)
    assert user.running is None
    user.refused(*(word for word in words if word != "2045"))
    assert user.dialog.line.edit.text() == line
    user.dialog.line.edit.setText("Plan")
    assert "Enter starts" in user.foot
    user.press(ENTER)
    assert user.started().description == "Plan"


def test_a_doubly_named_project_is_ambiguous_while_it_is_typed_and_on_enter_alike(
    user: User,
) -> None:
    db, now = user.tracking.db, clock.now()
    client = catalogue.create_client(db, "Globex", now=now).created_id
    catalogue.create_project(db, "Twin", now=now, changes={"client_id": client})
    catalogue.create_project(db, "Twin", now=now)
    user.tracking.refresh()
    user.type("Plan @twin")
    typed = user.foot
    assert user.dialog.line.chips.texts == ["Which “twin”?"]
    assert "“Twin (Globex)”" in typed
    user.press(ENTER)
    user.refused(typed)
    assert user.running is None
    user.type(" (Globex)")
    user.dialog.line.edit.setText('Plan @"twin (globex)"')
    assert user.dialog.line.chips.texts == ["Twin (Globex)"]
    user.press(ENTER)
    project = user.tracking.snapshot.names.projects[user.started().project_id or 0]
    assert project.client_id == client


def test_an_archived_project_is_refused_while_it_is_typed(user: User) -> None:
    db, now = user.tracking.db, clock.now()
    made = catalogue.create_project(db, "Old", now=now).created_id
    catalogue.archive(db, "project", made, now=now)
    user.tracking.refresh()
    user.type("Plan @old")
    assert user.dialog.line.chips.texts == ["Archived: Old"]
    typed = user.foot
    assert "is archived" in typed
    user.press(ENTER)
    user.refused(typed)


def test_a_time_no_calendar_has_is_no_reason_to_fall_over(user: User) -> None:
    user.type("x 9999-12-31 9:00-10:00")
    assert user.dialog.line.chips.texts == ["Not a possible time"]
    user.press(ENTER)
    user.refused("2030")


def test_opening_it_again_keeps_what_is_typed(user: User) -> None:
    user.type("Half a line")
    user.press(DOWN)
    user.dialog.open()
    assert user.dialog.line.edit.text() == "Half a line"
    assert user.dialog.isActiveWindow()


def test_going_elsewhere_closes_it_unless_something_was_typed(user: User, qtbot: QtBot) -> None:
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    for text in ("", "Half a line"):
        user.open()
        user.dialog.line.edit.setText(text)
        elsewhere.activateWindow()
        qtbot.waitUntil(elsewhere.isActiveWindow)
        assert user.dialog.isVisible() == bool(text)


def test_a_composition_is_something_typed(user: User, qtbot: QtBot) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    user.compose("xie")
    user.dialog.line.edit.composing = True  # the platform may end it when the focus goes
    elsewhere.activateWindow()
    qtbot.waitUntil(elsewhere.isActiveWindow)
    assert user.dialog.isVisible()


def test_its_own_menu_does_not_close_it(user: User, qtbot: QtBot) -> None:
    menu = user.dialog.line.edit.createStandardContextMenu()
    qtbot.addWidget(menu)
    menu.popup(user.dialog.mapToGlobal(QPoint(20, 20)))
    QApplication.sendEvent(user.dialog, QEvent(QEvent.Type.ActivationChange))
    assert user.dialog.isVisible()
    menu.close()


def test_a_click_on_a_row_takes_it(user: User) -> None:
    user.type("rep")
    rows = user.dialog.line.list
    place = rows.visualRect(rows.model().index(0, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert user.started().description == "Write report"


def test_several_pasted_lines_become_one(user: User) -> None:
    QGuiApplication.clipboard().setText("First line\nsecond\r\n\tthird @Acme\n")
    user.dialog.line.edit.paste()
    user.press(ENTER)
    assert user.started().description == "First line second third"


def test_three_thousand_characters_are_taken_and_shown_at_once(user: User) -> None:
    text = ("写 long words 🎉 " * 300)[:2_999] + "x"
    QGuiApplication.clipboard().setText(text)
    user.dialog.line.edit.paste()
    user.press(ENTER)
    assert user.started().description == text


def test_right_to_left_text_is_taken_and_its_names_completed(user: User) -> None:
    catalogue.create_project(user.tracking.db, "مشروع", now=clock.now())
    user.tracking.refresh()
    user.type("ترجمة @مش")
    user.press(DOWN, ENTER)
    assert user.dialog.line.edit.text() == "ترجمة @مشروع "
    user.press(ENTER)
    assert user.started().description == "ترجمة"


def test_nothing_at_all_starts_an_entry_without_a_description(user: User) -> None:
    assert "without a description" in user.foot
    user.press(ENTER)
    assert user.started().description == ""


def test_a_newcomer_is_shown_what_can_be_typed(blank: Tracking, qtbot: QtBot) -> None:
    dialog = QuickStartDialog(blank, TimeFormat())
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.line.edit.placeholderText() == "What are you working on?"
    assert dialog.line.list.isHidden()
    assert [chip.text for chip in dialog.line.chips._chips][:2] == ["@project", "#tag"]
    dialog.stop()


def test_it_fits_the_screen_it_is_on(user: User) -> None:
    screen = user.dialog.screen().availableGeometry()
    assert screen.contains(user.dialog.geometry())
    assert user.dialog.width() - 2 * user.dialog.margin <= WIDTH
    assert user.dialog.geometry().center().x() == pytest.approx(screen.center().x(), abs=2)


def test_times_are_shown_as_the_settings_say(user: User) -> None:
    user.dialog.use_times(TimeFormat(twelve_hours=True))
    user.type("x 14:30")
    assert user.dialog.line.chips.texts[0].endswith("2:30 PM")


def test_everything_has_an_accessible_name(user: User) -> None:
    user.type("rep #x")
    assert user.dialog.line.edit.accessibleName() == "What are you working on?"
    assert user.dialog.line.list.accessibleName() == "Suggestions"
    assert user.dialog.line.chips.accessibleName() == "#x"
    role = Qt.ItemDataRole.AccessibleTextRole
    user.dialog.line.edit.setCursorPosition(1)
    assert user.dialog.line.list.model().index(0, 0).data(role) == "Write report, #writing  Acme"


def test_when_another_window_is_refused_something_that_is_not_said_here(user: User) -> None:
    user.type("x")
    before = user.foot
    user.tracking.stop()
    assert user.foot == before


def test_what_was_added_by_a_verb_of_ours_is_one_undoable_step(user: User) -> None:
    user.type("Plan @Nowhere #new")
    user.press(ENTER, ENTER)
    assert user.started()
    user.tracking.undo()
    assert user.running is None
    assert "Nowhere" not in {each.name for each in user.tracking.snapshot.names.projects.values()}


def test_it_stays_on_the_screen_whatever_there_is_to_say(user: User) -> None:
    user.dialog.line.show_message("One more thing is wrong with it, and has to be put right. " * 80)
    QApplication.processEvents()
    assert user.dialog.height() < user.dialog.screen().availableGeometry().height()
    user.dialog.line.edit.setText("x @" + "long" * 700)
    QApplication.processEvents()
    assert user.dialog.frameGeometry().width() <= user.dialog.screen().geometry().width()
    assert user.dialog.height() < user.dialog.screen().availableGeometry().height()


def test_times_that_look_like_a_slip_are_asked_about_once_for_each_line(user: User) -> None:
    calendar = user.tracking.calendar
    day = calendar.day_of(clock.now()) - timedelta(days=2)
    user.type(f"Report {day.isoformat()} 9:30-8:15")
    user.press(ENTER)
    user.refused("would last 22:45 hours.", "Enter once more adds it.")
    user.press(Qt.Key.Key_Backspace)
    user.type("6")
    user.press(ENTER)
    user.refused("would last 22:46 hours.")
    before = len(user.stored())
    user.press(ENTER)
    assert len(user.stored()) == before + 1
    assert not user.dialog.isVisible()


def test_a_start_that_lies_ahead_and_was_long_ago_yesterday_is_asked_about_once(user: User) -> None:
    zone = user.tracking.calendar.zone
    ahead = datetime.fromtimestamp(clock.now() + 6 * 3_600, zone)
    user.type(f"Report {ahead:%H:%M}")
    user.press(ENTER)
    user.refused("That entry would have run for ", "Enter once more starts it.")
    before = len(user.stored())
    user.press(ENTER)
    assert len(user.stored()) == before + 1
    assert not user.dialog.isVisible()


def test_the_meeting_that_is_on_is_started_by_two_keys(user: User) -> None:
    now = clock.now()
    feed = feeds.add(user.tracking.db, "Work", "#e36a00")
    events = [FeedEvent("Weekly call", now - 60, now + 3_600)]
    feeds.replace(user.tracking.db, feed, events, etag="", at=now, problem="")
    user.press(ESCAPE)
    user.open()
    assert user.texts[0] == "Weekly call"
    user.press(DOWN, ENTER)
    assert user.started().description == "Weekly call"
