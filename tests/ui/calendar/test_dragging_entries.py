"""What the mouse makes of entries in the grid, each as one step that undo takes back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.calendar.hands import (
    NOW,
    calendar_page,
    click,
    drag,
    mouse,
    move,
    press,
    release,
    spot,
    times,
    type_and_save,
)
from tests.ui.entries.rig import add, at
from tray import clock
from tray.model.calendar_event import FeedEvent
from tray.model.durations import HOUR, MINUTE
from tray.store import entries as stored
from tray.store import feeds
from tray.store.database import Database
from tray.tracker import catalogue, timer
from tray.tracker.resolve import Draft
from tray.ui.calendar.calendar_page import CalendarPage
from tray.ui.entries import captions
from tray.ui.entries.editor import EntryEditor
from tray.ui.theme import UNIT

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(db: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarPage]:
    """A week with four entries; two of them have a gap between."""
    monkeypatch.setattr(clock, "now", lambda: at(NOW))
    catalogue.create_project(db, "Acme", now=0)
    add(db, "Report", "2026-03-03 09:00", "2026-03-03 11:00", project="Acme")
    add(db, "Review", "2026-03-03 12:00", "2026-03-03 13:00")
    add(db, "Short", "2026-03-04 09:00", "2026-03-04 09:02")
    add(db, "Long", "2026-03-04 09:02", "2026-03-04 12:00")
    with calendar_page(db, qtbot) as shown:
        yield shown


def test_dragging_on_empty_space_makes_an_entry_with_its_editor_right_there(
    page: CalendarPage, db: Database
) -> None:
    drag(page, spot(page, at("2026-03-05 09:02")), spot(page, at("2026-03-05 10:28")))
    editor = page.card.panel
    assert isinstance(editor, EntryEditor)
    assert page.grid.draft is not None
    QTest.keyClicks(editor.description.control, "Planning")
    QTest.keyClick(editor.description.control, Qt.Key.Key_Return)
    assert times(db)[-1] == ("Planning", "Thu 09:00", "Thu 10:30")
    assert not any((page.card.panel, page.grid.draft))
    assert [each.description for each in page.selected(1)] == ["Planning"]
    page.tracking.undo()
    assert len(times(db)) == 4


def test_what_is_drawn_in_the_future_is_meant(page: CalendarPage, db: Database) -> None:
    drag(page, spot(page, at("2026-03-06 09:00")), spot(page, at("2026-03-06 10:00")))
    editor = page.card.panel
    assert isinstance(editor, EntryEditor)
    assert editor.doubt.isHidden()
    type_and_save("Trip")
    assert times(db)[-1] == ("Trip", "Fri 09:00", "Fri 10:00")


def test_the_editor_has_room_for_what_it_says(page: CalendarPage) -> None:
    drag(page, spot(page, at("2026-03-03 14:00")), spot(page, at("2026-03-03 15:00")))
    editor = page.card.panel
    assert isinstance(editor, EntryEditor)
    before = editor.height()
    editor.note.tell("A sentence that goes on for much longer than any card is wide. " * 6)
    QApplication.processEvents()
    assert editor.height() >= max(before + 1, editor.heightForWidth(editor.width()))
    assert page.rect().contains(editor.geometry())


def test_esc_in_that_editor_leaves_nothing(page: CalendarPage, db: Database) -> None:
    drag(page, spot(page, at("2026-03-05 09:00")), spot(page, at("2026-03-05 10:00")))
    panel = page.card.panel
    assert panel is not None
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Escape)
    assert (len(times(db)), page.grid.draft) == (4, None)
    assert page.grid.hasFocus()


def test_a_click_elsewhere_keeps_what_was_typed(page: CalendarPage, db: Database) -> None:
    drag(page, spot(page, at("2026-03-05 09:00")), spot(page, at("2026-03-05 10:00")))
    panel = page.card.panel
    assert isinstance(panel, EntryEditor)
    QTest.keyClicks(panel.description.control, "Kept")
    click(page, spot(page, at("2026-03-02 17:00")))
    assert times(db)[-1] == ("Kept", "Thu 09:00", "Thu 10:00")


def test_the_draft_follows_the_times_in_its_editor(page: CalendarPage) -> None:
    drag(page, spot(page, at("2026-03-05 09:00")), spot(page, at("2026-03-05 10:00")))
    editor = page.card.panel
    assert isinstance(editor, EntryEditor)
    editor.times.stop.control.setFocus()
    QTest.keyClick(editor.times.stop.control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor.times.stop.control, "11:15")
    assert page.grid.draft is not None
    assert page.grid.draft.stop == at("2026-03-05 11:15")


def test_dragging_an_entry_moves_it_to_another_day_on_the_grid(
    page: CalendarPage, db: Database
) -> None:
    drag(page, spot(page, at("2026-03-03 10:00")), spot(page, at("2026-03-05 14:07")))
    assert ("Report", "Thu 13:00", "Thu 15:00") in times(db)
    page.tracking.undo()
    assert ("Report", "Tue 09:00", "Tue 11:00") in times(db)


def test_shift_turns_the_snap_off(page: CalendarPage, db: Database) -> None:
    hour = page.grid.geometry_of_days.hour
    begin = spot(page, at("2026-03-03 10:00"))
    drag(page, begin, begin + QPoint(0, round(hour * 7 / 60)), SHIFT)
    (report,) = [each for each in times(db) if each[0] == "Report"]
    assert report[1] not in ("Tue 09:00", "Tue 09:15")


def test_alt_copies(page: CalendarPage, db: Database) -> None:
    drag(page, spot(page, at("2026-03-03 10:00")), spot(page, at("2026-03-05 10:00")), ALT)
    assert ("Report", "Tue 09:00", "Tue 11:00") in times(db)
    assert ("Report", "Thu 09:00", "Thu 11:00") in times(db)
    (copy,) = page.selected(1)
    assert copy.project_id == 1
    page.tracking.undo()
    assert len(times(db)) == 4


def test_edges_stretch(page: CalendarPage, db: Database) -> None:
    below = QPoint(0, -2)
    drag(page, spot(page, at("2026-03-03 11:00")) + below, spot(page, at("2026-03-03 11:30")))
    assert ("Report", "Tue 09:00", "Tue 11:30") in times(db)
    above = QPoint(0, 1)
    drag(page, spot(page, at("2026-03-03 12:00")) + above, spot(page, at("2026-03-03 12:30")))
    assert ("Review", "Tue 12:30", "Tue 13:00") in times(db)


def test_an_edge_sticks_to_its_neighbour(page: CalendarPage, db: Database) -> None:
    """Short ends at 9:02, which no line of the grid is at."""
    page.grid.zoom_by(9)
    below = QPoint(0, -2)
    drag(page, spot(page, at("2026-03-03 11:00")) + below, spot(page, at("2026-03-03 11:58")))
    assert ("Report", "Tue 09:00", "Tue 12:00") in times(db)


def test_while_dragging_its_times_are_shown_and_esc_lets_go(
    page: CalendarPage, db: Database
) -> None:
    press(page, spot(page, at("2026-03-03 10:00")))
    move(page, spot(page, at("2026-03-05 11:00")))
    move(page, spot(page, at("2026-03-05 12:00")))
    assert page.grid.dragged is not None
    assert (page.grid.dragged.start, page.grid.dragged.stop) == (
        at("2026-03-05 11:00"),
        at("2026-03-05 13:00"),
    )
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.grid.dragged is None
    release(page, spot(page, at("2026-03-05 12:00")))
    assert ("Report", "Tue 09:00", "Tue 11:00") in times(db)
    assert page.selected_ids(), "it is chosen still"


def test_what_is_dragged_is_let_go_where_other_days_are_shown(
    page: CalendarPage, db: Database
) -> None:
    before = times(db)
    press(page, spot(page, at("2026-03-05 09:00")))
    move(page, spot(page, at("2026-03-05 10:00")))
    page.use_view("day")
    assert page.grid.dragged is None
    move(page, QPoint(300, 200))
    release(page, QPoint(300, 200))
    assert (times(db), page.card.panel) == (before, None)


def test_alt_can_be_pressed_while_dragging(page: CalendarPage) -> None:
    press(page, spot(page, at("2026-03-03 10:00")))
    move(page, spot(page, at("2026-03-05 12:00")))
    for kind, expected in ((QEvent.Type.KeyPress, True), (QEvent.Type.KeyRelease, False)):
        key = QKeyEvent(kind, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(page.grid, key)
        assert page.grid.dragged is not None
        assert page.grid.dragged.copies is expected


def test_a_click_changes_nothing_and_chooses(page: CalendarPage, db: Database) -> None:
    before = times(db)
    click(page, spot(page, at("2026-03-03 10:00")))
    assert [each.description for each in page.selected(1)] == ["Report"]
    assert times(db) == before


def test_a_short_entry_can_be_clicked_and_so_can_what_is_after_it(page: CalendarPage) -> None:
    page.grid.zoom_by(-9)
    place = spot(page, at("2026-03-04 09:01"))
    click(page, place)
    assert [each.description for each in page.selected(1)] == ["Short"]
    click(page, place + QPoint(0, 2 * UNIT))
    assert [each.description for each in page.selected(1)] == ["Long"]


def test_a_gap_is_filled_by_one_click(page: CalendarPage, db: Database) -> None:
    inside = spot(page, at("2026-03-03 11:30"))
    move_without_button(page, inside)
    assert page.grid.hovered is not None
    click(page, inside)
    type_and_save("")
    assert ("", "Tue 11:00", "Tue 12:00") in times(db)


def move_without_button(page: CalendarPage, place: QPoint) -> None:
    mouse(page, QEvent.Type.MouseMove, place, button=Qt.MouseButton.NoButton)


def test_a_gap_can_be_given_to_what_was_before_or_after(
    page: CalendarPage, db: Database, qtbot: QtBot
) -> None:
    for choice, expected in enumerate(
        [("Report", "Tue 09:00", "Tue 12:00"), ("Review", "Tue 11:00", "Tue 13:00")]
    ):
        place = spot(page, at("2026-03-03 11:30"))
        mouse(page, QEvent.Type.MouseButtonPress, place, button=Qt.MouseButton.RightButton)
        page.grid.customContextMenuRequested.emit(place)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.actions()[choice].trigger()
        menu.close()
        assert expected in times(db)
        page.tracking.undo()


def test_the_gap_after_what_runs_is_no_end_for_it(page: CalendarPage, db: Database) -> None:
    timer.start(db, Draft("Now"), now=at("2026-03-05 14:00"))
    add(db, "Later", "2026-03-05 17:00", "2026-03-05 18:00")
    page.tracking.refresh()
    place = spot(page, at("2026-03-05 16:00"))
    mouse(page, QEvent.Type.MouseButtonPress, place, button=Qt.MouseButton.RightButton)
    page.grid.customContextMenuRequested.emit(place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == [*captions.gap_choices()[1:]]
    menu.close()


def test_a_double_click_edits_right_there(page: CalendarPage, db: Database) -> None:
    place = spot(page, at("2026-03-03 10:00"))
    click(page, place)
    mouse(page, QEvent.Type.MouseButtonDblClick, place)
    release(page, place)
    editor = page.card.panel
    assert isinstance(editor, EntryEditor)
    assert editor.description.value == "Report"
    QTest.keyClicks(editor.description.control, "Summary")
    QTest.keyClick(editor.description.control, Qt.Key.Key_Return)
    assert ("Summary", "Tue 09:00", "Tue 11:00") in times(db)


def test_a_double_click_on_nothing_begins_something_there(page: CalendarPage) -> None:
    place = spot(page, at("2026-03-02 15:20"))
    click(page, place)
    mouse(page, QEvent.Type.MouseButtonDblClick, place)
    assert page.grid.draft is not None
    assert (page.grid.draft.start, page.grid.draft.stop) == (
        at("2026-03-02 15:15"),
        at("2026-03-02 15:45"),
    )


def test_what_overlaps_after_a_move_is_said_and_can_be_shortened(
    page: CalendarPage, db: Database
) -> None:
    drag(page, spot(page, at("2026-03-03 12:30")), spot(page, at("2026-03-03 11:15")))
    assert "overlaps “Report”" in page.notice.text
    assert any(block.overlaps for block in page.grid.blocks())
    page.notice.trim.click()
    assert ("Report", "Tue 09:00", "Tue 10:45") in times(db)
    assert not any(block.overlaps for block in page.grid.blocks())


def test_what_runs_grows_and_only_its_start_can_be_dragged(
    page: CalendarPage, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer.start(db, Draft("Now"), now=at("2026-03-05 13:00"))
    page.tracking.refresh()
    (running,) = [each for each in page.grid.blocks() if each.entry and each.entry.running]
    height = page.grid.geometry_of_days.area(running).height()
    drag(page, spot(page, at("2026-03-05 14:00")), spot(page, at("2026-03-05 13:00")))
    assert times(db)[-1] == ("Now", "Thu 12:00", "")
    monkeypatch.setattr(clock, "now", lambda: at(NOW) + HOUR)
    page.tracking.refresh()
    (running,) = [each for each in page.grid.blocks() if each.entry and each.entry.running]
    grown = page.grid.geometry_of_days.area(running).height() - height
    assert grown == pytest.approx(2 * page.grid.geometry_of_days.hour, abs=2)


def test_ctrl_and_the_wheel_zoom_about_the_pointer(page: CalendarPage) -> None:
    place = spot(page, at("2026-03-03 10:00"))
    geometry, bar = page.grid.geometry_of_days, page.grid.verticalScrollBar()
    before = geometry.position(place.y() + bar.value())
    for turns, step in ((120, 10), (60, 10), (60, 5), (240, 5)):
        wheel(page, place, turns)
        assert page.grid.zoom.step_minutes == step
        after = page.grid.geometry_of_days.position(place.y() + bar.value())
        assert after == pytest.approx(before, abs=2 * MINUTE)
    wheel(page, place, -480)
    assert page.grid.zoom.step_minutes == 60


def wheel(page: CalendarPage, place: QPoint, turns: int) -> None:
    event = QWheelEvent(
        QPointF(place),
        QPointF(page.grid.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # Qt takes no name for it
    )
    QApplication.sendEvent(page.grid.viewport(), event)


def test_an_event_becomes_an_entry_by_one_click_or_by_dragging_it(
    page: CalendarPage, db: Database
) -> None:
    feed = feeds.add(db, "Team", "#06a893", "/team.ics")
    events = [
        FeedEvent("Planning", at("2026-03-05 09:00"), at("2026-03-05 10:00")),
        FeedEvent("Retro", at("2026-03-05 11:00"), at("2026-03-05 12:00")),
    ]
    feeds.replace(db, feed, events, etag="", at=0, problem="")
    page.tracking.refresh()
    click(page, spot(page, at("2026-03-05 09:30")))
    assert times(db)[-1] == ("Planning", "Thu 09:00", "Thu 10:00")
    drag(page, spot(page, at("2026-03-05 11:30")), spot(page, at("2026-03-05 13:30")))
    assert times(db)[-1] == ("Retro", "Thu 13:00", "Thu 14:00")
    page.tracking.undo()
    assert times(db)[-1][0] == "Planning"
    assert [each.of for each in page.grid.blocks() if each.entry is None]


def test_a_refused_move_is_said_and_changes_nothing(page: CalendarPage, db: Database) -> None:
    timer.start(db, Draft("Now"), now=at("2026-03-05 13:00"))
    before = times(db)
    db.run("DELETE FROM entry WHERE description = 'Report'")
    drag(page, spot(page, at("2026-03-03 10:00")), spot(page, at("2026-03-05 10:00")))
    assert "There is no entry" in page.notice.text
    assert times(db) == [each for each in before if each[0] != "Report"]


def test_whoever_edits_in_the_terminal_meanwhile_is_shown(page: CalendarPage, db: Database) -> None:
    (report,) = [each for each in stored.everything(db) if each.description == "Report"]
    page.tracking.run(lambda now: timer.resume(db, report.id, now=now))
    assert [each.entry.description for each in page.grid.blocks() if each.entry].count(
        "Report"
    ) == 2
