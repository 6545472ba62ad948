"""What runs can be changed where it stands, in a click or two, and undone."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tray import clock
from tray.model.entities import TimeEntry
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.tracker import catalogue, entries, timer
from tray.ui.timer_bar.choice_popup import ChoicePopup
from tray.ui.timer_bar.start_popup import StartPopup
from tray.ui.timer_bar.timer_bar import TimerBar

Key = Qt.Key


def now_running(tracking: Tracking) -> TimeEntry:
    running = tracking.snapshot.running
    assert running is not None
    return running


def projects_of(bar: TimerBar) -> ChoicePopup:
    """The list of projects after a click on the chip."""
    QTest.mouseClick(bar.parts.project, Qt.MouseButton.LeftButton)
    popup = bar.parts.popup
    assert isinstance(popup, ChoicePopup)
    return popup


def tags_of(bar: TimerBar) -> ChoicePopup:
    QTest.mouseClick(bar.parts.tags, Qt.MouseButton.LeftButton)
    popup = bar.parts.popup
    assert isinstance(popup, ChoicePopup)
    return popup


def start_of(bar: TimerBar) -> StartPopup:
    QTest.mouseClick(bar.parts.clock, Qt.MouseButton.LeftButton)
    popup = bar.parts.popup
    assert isinstance(popup, StartPopup)
    return popup


def click_row(popup: ChoicePopup, label: str) -> None:
    index = popup.list.model().index(popup.labels.index(label), 0)
    place = popup.list.visualRect(index).center()
    QTest.mouseClick(popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def tag_names(tracking: Tracking) -> set[str]:
    tags = tracking.snapshot.names.tags
    return {tags[tag].name for tag in now_running(tracking).tag_ids}


def test_it_shows_every_part_of_what_runs(running: TimerBar) -> None:
    parts = running.parts
    assert parts.isVisible()
    assert not running.line.isVisible()
    assert parts.description.text() == "Plan the week"
    assert parts.project.accessibleName() == "Project: Acme"
    assert parts.tags.accessibleName() == "Tags: #writing"
    assert not parts.billable.isChecked()
    assert parts.clock.elapsed.startswith("0:20:0")
    assert running.button.accessibleName() == "Stop"


def test_another_project_takes_two_clicks_and_one_undo(
    running: TimerBar, tracking: Tracking
) -> None:
    popup = projects_of(running)
    assert popup.labels == ["No project", "Acme", "研究"]
    click_row(popup, "研究")
    assert running.parts.project.accessibleName() == "Project: 研究"
    assert now_running(tracking).project_id == 2
    tracking.undo()
    assert running.parts.project.accessibleName() == "Project: Acme"
    assert running.parts.popup is None


def test_a_project_is_found_with_the_keys_and_made_if_it_is_new(
    running: TimerBar, tracking: Tracking
) -> None:
    popup = projects_of(running)
    QTest.keyClicks(popup.search, "yan")
    assert popup.labels[0] == "研究", "by its pinyin"
    QTest.keyClick(popup.search, Key.Key_Return)
    assert now_running(tracking).project_id == 2
    popup = projects_of(running)
    QTest.keyClicks(popup.search, "Umbrella")
    assert popup.labels == ["Create project “Umbrella”"]
    QTest.keyClick(popup.search, Key.Key_Return)
    assert running.parts.project.accessibleName() == "Project: Umbrella"
    tracking.undo()
    assert len(tracking.snapshot.names.projects) == 2, "one step"


def test_the_project_can_be_taken_away_and_the_list_be_left(
    running: TimerBar, tracking: Tracking
) -> None:
    popup = projects_of(running)
    assert popup.list.currentIndex().data() == "Acme"
    QTest.keyClick(popup.search, Key.Key_Escape)
    assert now_running(tracking).project_id == 1
    popup = projects_of(running)
    QTest.keyClick(popup.search, Key.Key_Up)
    QTest.keyClick(popup.search, Key.Key_Return)
    assert now_running(tracking).project_id is None
    assert running.parts.project.accessibleName() == "Project"


def test_a_task_of_the_project_takes_two_clicks(running: TimerBar, tracking: Tracking) -> None:
    assert not running.parts.task.isVisible(), "Acme has none"
    tracking.run(lambda now: catalogue.create_task(tracking.db, 1, "Design", now=now))
    assert running.parts.task.isVisible()
    assert running.parts.task.accessibleName() == "Task"
    QTest.mouseClick(running.parts.task, Qt.MouseButton.LeftButton)
    popup = running.parts.popup
    assert isinstance(popup, ChoicePopup)
    assert popup.labels == ["No task", "Design"]
    click_row(popup, "Design")
    assert now_running(tracking).task_id == 1
    assert running.parts.task.accessibleName() == "Task: Design"
    assert running.parts.project.accessibleName() == "Project: Acme"
    QTest.mouseClick(running.parts.task, Qt.MouseButton.LeftButton)
    popup = running.parts.popup
    assert isinstance(popup, ChoicePopup)
    click_row(popup, "No task")
    assert now_running(tracking).task_id is None


def test_a_task_that_is_new_is_made(running: TimerBar, tracking: Tracking) -> None:
    tracking.run(lambda now: catalogue.create_task(tracking.db, 1, "Design", now=now))
    running.parts.open_tasks()
    popup = running.parts.popup
    assert isinstance(popup, ChoicePopup)
    QTest.keyClicks(popup.search, "Proofs")
    QTest.keyClick(popup.search, Key.Key_Down)
    QTest.keyClick(popup.search, Key.Key_Return)
    assert running.parts.task.accessibleName() == "Task: Proofs"


def test_tags_are_ticked_and_written_once(running: TimerBar, tracking: Tracking) -> None:
    steps = tracking.snapshot.undo
    popup = tags_of(running)
    assert popup.labels == ["writing"]
    QTest.keyClicks(popup.search, "urgent")
    QTest.keyClick(popup.search, Key.Key_Return)
    assert popup.labels == ["urgent", "writing"], "it stays open for more"
    click_row(popup, "writing")
    assert tracking.snapshot.undo == steps, "nothing is written before it closes"
    popup.close()
    assert tag_names(tracking) == {"urgent"}
    tracking.undo()
    assert tag_names(tracking) == {"writing"}


def test_ticking_a_tag_twice_changes_nothing(running: TimerBar, tracking: Tracking) -> None:
    before = tracking.snapshot.undo
    popup = tags_of(running)
    for _ in range(2):
        click_row(popup, "writing")
    popup.close()
    assert tracking.snapshot.undo == before


def test_billable_is_one_click(running: TimerBar, tracking: Tracking) -> None:
    running.parts.billable.click()
    assert now_running(tracking).billable
    tracking.undo()
    assert not running.parts.billable.isChecked()


def test_the_description_is_written_by_enter(running: TimerBar, tracking: Tracking) -> None:
    edit = running.parts.description
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "Plan it")
    QTest.keyClick(edit, Key.Key_Return)
    assert now_running(tracking).description == "Plan it"
    assert not edit.hasFocus(), "the keys go back to the page"


def test_the_description_is_written_when_it_is_left_and_esc_takes_it_back(
    running: TimerBar, tracking: Tracking
) -> None:
    edit = running.parts.description
    edit.setFocus()
    QTest.keyClicks(edit, " and more")
    QTest.keyClick(edit, Key.Key_Escape)
    assert edit.text() == now_running(tracking).description == "Plan the week"
    edit.setFocus()
    QTest.keyClicks(edit, "!")
    running.parts.project.setFocus()
    assert now_running(tracking).description == "Plan the week!"


def test_what_is_being_typed_survives_a_change_from_elsewhere_and_a_stop(
    running: TimerBar, tracking: Tracking, qtbot: QtBot
) -> None:
    entry = now_running(tracking)
    edit = running.parts.description
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "Mine")
    tracking.run(lambda now: entries.edit(tracking.db, [entry.id], {"billable": True}, now=now))
    assert edit.text() == "Mine"
    tracking.stop()
    qtbot.waitUntil(lambda: stored.get(tracking.db, entry.id).description == "Mine")


def test_a_click_on_stop_writes_what_was_typed_first(running: TimerBar, tracking: Tracking) -> None:
    entry = now_running(tracking)
    running.parts.description.setFocus()
    running.parts.description.deselect()
    QTest.keyClick(running.parts.description, Key.Key_End)
    QTest.keyClicks(running.parts.description, " now")
    running.button.click()
    assert stored.get(tracking.db, entry.id).description == "Plan the week now"
    assert tracking.snapshot.running is None
    assert running.line.isVisible()


def test_the_start_can_be_typed(running: TimerBar, tracking: Tracking) -> None:
    before = now_running(tracking).start
    popup = start_of(running)
    popup.edit.setText("-30m")
    QTest.keyClick(popup.edit, Key.Key_Return)
    assert abs(before - now_running(tracking).start - 600) <= 60
    assert running.parts.popup is None


def test_what_opens_below_a_part_stays_within_the_window(running: TimerBar) -> None:
    window = running.window().geometry()
    for popup in (projects_of(running), start_of(running)):
        assert window.left() <= popup.geometry().left()
        assert popup.geometry().right() < window.right()
        popup.close()


def test_a_start_that_cannot_be_is_refused_beside_it(running: TimerBar, tracking: Tracking) -> None:
    before = now_running(tracking).start
    popup = start_of(running)
    for typed in ("soon", "+2h"):
        popup.edit.setText(typed)
        QTest.keyClick(popup.edit, Key.Key_Return)
        assert popup.note.isVisible()
        assert popup.note.text()
    assert now_running(tracking).start == before


def test_the_start_is_moved_by_one_click_more(running: TimerBar, tracking: Tracking) -> None:
    before = now_running(tracking).start
    start_of(running).earlier.click()
    assert now_running(tracking).start == before - 300
    popup = start_of(running)
    assert popup.seamless is not None
    popup.seamless.click()
    ended = stored.last_stop(tracking.db, now=clock.now())
    assert now_running(tracking).start == ended


def test_a_start_in_what_came_before_can_shorten_that(
    running: TimerBar, tracking: Tracking
) -> None:
    ended = stored.last_stop(tracking.db, now=clock.now())
    assert ended is not None
    popup = start_of(running)
    popup.chosen.emit(ended - 600)
    assert popup.isVisible()
    assert popup.note.text().startswith("It overlaps “Review”")
    assert popup.edit.text() == CLOCK.time_of_day(ended - 600)
    popup.trim.click()
    assert now_running(tracking).start == ended - 600
    assert stored.last_stop(tracking.db, now=clock.now()) == ended - 600
    assert running.parts.popup is None


def test_a_few_minutes_are_counted_from_the_start_it_shows(
    running: TimerBar, tracking: Tracking
) -> None:
    ended = stored.last_stop(tracking.db, now=clock.now())
    assert ended is not None
    popup = start_of(running)
    popup.chosen.emit(ended - 600)
    popup.earlier.click()
    assert now_running(tracking).start == ended - 900


def test_the_list_of_projects_is_as_high_as_what_is_found(running: TimerBar) -> None:
    popup = projects_of(running)
    top = popup.search.y()
    high = popup.height()
    QTest.keyClicks(popup.search, "acm")
    assert popup.labels == ["Acme", "Create project “acm”"]
    assert popup.search.y() == top
    assert popup.height() < high
    popup.search.clear()
    assert (popup.search.y(), popup.height()) == (top, high)
    popup.close()


def test_the_clock_ticks_only_while_it_is_seen(running: TimerBar) -> None:
    def ticking() -> bool:
        return any(
            each.objectName() == "timer bar elapsed" and each.isActive()
            for each in running.findChildren(QTimer)
        )

    assert ticking()
    running.window().hide()
    assert not ticking()
    running.window().show()
    assert ticking()
    running.button.click()
    assert not ticking()


def test_idle_it_is_the_line_that_starts_something(bar: TimerBar, tracking: Tracking) -> None:
    bar.open()
    assert bar.line.edit.hasFocus()
    assert bar.suggestions.isVisible()
    QTest.keyClicks(bar.line.edit, "Draft @acme #writing")
    assert bar.line.chips.texts == ["Acme", "#writing"]
    QTest.keyClick(bar.line.edit, Key.Key_Return)
    entry = now_running(tracking)
    assert (entry.description, entry.project_id) == ("Draft", 1)
    assert not bar.suggestions.isVisible()
    assert bar.parts.description.text() == "Draft"
    assert not bar.parts.description.hasFocus()


def test_the_button_starts_what_the_line_says(bar: TimerBar, tracking: Tracking) -> None:
    bar.open()
    QTest.keyClicks(bar.line.edit, "Email")
    bar.button.click()
    assert now_running(tracking).description == "Email"


def test_suggestions_are_those_of_quick_start(bar: TimerBar, qtbot: QtBot) -> None:
    bar.open()
    qtbot.waitUntil(lambda: bar.line._history is not None)
    QTest.keyClicks(bar.line.edit, "rep")
    assert [row.text for row in bar.line.list.candidates] == ["Write report"]
    QTest.keyClick(bar.line.edit, Key.Key_Down)
    QTest.keyClick(bar.line.edit, Key.Key_Return)
    assert bar.parts.project.accessibleName() == "Project: Acme"


def test_what_is_over_already_is_added_and_the_line_is_empty_again(
    bar: TimerBar, tracking: Tracking
) -> None:
    bar.open()
    QTest.keyClicks(bar.line.edit, "Lunch -45m")
    QTest.keyClick(bar.line.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert tracking.snapshot.running is None
    assert tracking.snapshot.recent[0].description == "Lunch"
    assert bar.line.is_empty


def test_esc_empties_the_line_and_then_leaves_it(bar: TimerBar) -> None:
    bar.open()
    QTest.keyClicks(bar.line.edit, "Draft")
    QTest.keyClick(bar.line.edit, Key.Key_Escape)
    assert bar.line.is_empty
    assert bar.line.edit.hasFocus()
    QTest.keyClick(bar.line.edit, Key.Key_Escape)
    assert not bar.line.edit.hasFocus()
    assert not bar.suggestions.isVisible()


def test_what_a_terminal_starts_is_shown_with_what_was_typed_kept_apart(
    bar: TimerBar, tracking: Tracking
) -> None:
    timer.resume(tracking.db, now=clock.now())
    tracking.refresh()
    assert bar.parts.isVisible()
    assert bar.button.accessibleName() == "Stop"


def test_the_keys_reach_every_part_in_order(running: TimerBar) -> None:
    parts = running.parts
    order = (parts.description, parts.project, parts.tags, parts.billable, parts.clock)
    parts.description.setFocus()
    for each in (*order, running.button):
        assert QApplication.focusWidget() is each
        QTest.keyClick(each, Key.Key_Tab)


def test_everything_in_it_has_a_name(running: TimerBar) -> None:
    parts = [*running.findChildren(QAbstractButton), *running.findChildren(QLineEdit)]
    assert [each for each in parts if each.isVisible() and not each.accessibleName()] == []
