"""The week as a grid: lengths are typed into it, and it says beforehand what they make."""

from collections.abc import Iterator
from datetime import UTC

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK, CTRL, add, at, press
from tray import clock
from tray.model.days import Calendar
from tray.model.durations import HOUR
from tray.model.entities import TimeEntry
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store.database import Database
from tray.tracker import catalogue
from tray.tracker.resolve import Draft
from tray.ui.list_options import ListOptions
from tray.ui.timesheet.sheet_model import FIRST_DAY
from tray.ui.timesheet.timer_faces import LIST, SHEET, TimerFaces
from tray.ui.timesheet.timesheet_page import TimesheetPage

NOW = at("2026-03-06 18:00")
"""A Friday."""
WEDNESDAY = FIRST_DAY + 2


@pytest.fixture
def page(db: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[TimesheetPage]:
    """Two projects in the week, and one more in the week before."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    catalogue.create_project(db, "Acme", now=0)
    catalogue.create_task(db, 1, "Design", now=0)
    catalogue.create_project(db, "研究", now=0)
    add(db, "Old", "2026-02-25 09:00", "2026-02-25 10:00", project="Garden")
    add(db, "Call", "2026-03-02 09:00", "2026-03-02 10:30", project="Acme", task="Design")
    add(db, "Write", "2026-03-02 10:30", "2026-03-02 12:00", project="研究")
    add(db, "Read", "2026-03-04 09:00", "2026-03-04 15:00", project="研究")
    tracking = Tracking(db, Calendar(UTC))
    made = TimesheetPage(tracking, CLOCK)
    made.resize(864, 620)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.view.setFocus()
    yield made
    tracking.release()
    made.close()
    shiboken6.delete(made)
    shiboken6.delete(tracking)


def cells(page: TimesheetPage) -> list[list[str]]:
    model = page.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def go(page: TimesheetPage, row: int, column: int) -> None:
    page.view.setCurrentIndex(page.model.index(row, column))
    page.view.setFocus()


def field(page: TimesheetPage) -> QLineEdit:
    """The field that a length is typed into."""
    return page.view.viewport().findChildren(QLineEdit)[-1]


def type_into(page: TimesheetPage, row: int, column: int, text: str) -> QLineEdit:
    go(page, row, column)
    QTest.keyClicks(page.view, text[0])
    QTest.keyClicks(field(page), text[1:])
    return field(page)


def newest(page: TimesheetPage) -> TimeEntry:
    return max(stored.everything(page.tracking.db), key=lambda each: each.id)


def span(entry: TimeEntry) -> tuple[int, int | None]:
    return entry.start, entry.stop


def test_it_shows_projects_by_days_with_their_sums(page: TimesheetPage) -> None:
    assert cells(page) == [
        ["Acme", "1:30", "", "", "", "", "", "", "1:30"],
        ["研究", "1:30", "", "6:00", "", "", "", "", "7:30"],
    ]
    assert page.days.texts.days[:2] == ["Mon 2", "Tue 3"]
    assert page.days.texts.today == 4
    assert page.sums.texts == (["3:00", "", "6:00", "", "", "", ""], "9:00", -1)
    assert page.head.title.text() == "2 – 8 Mar 2026"


def test_a_chosen_cell_leaves_no_edge_at_a_broken_scale(page: TimesheetPage) -> None:
    go(page, 1, WEDNESDAY)
    scale = 4 / 3
    image = QImage(page.view.viewport().size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    page.view.viewport().render(image)
    cell = page.view.visualRect(page.view.currentIndex())
    right = round((cell.right() + 1) * scale)
    middle = round(cell.center().y() * scale)
    edge = {image.pixel(right + at, middle) for at in (-1, 0, 1)}
    assert edge == {page.view.palette().color(QPalette.ColorRole.Base).rgb()}


def test_what_a_length_makes_is_said_while_it_is_typed(page: TimesheetPage) -> None:
    edit = type_into(page, 0, WEDNESDAY, "1:30")
    assert page.hint.title.text() == "Acme, Wednesday 4: 1:30"
    assert page.hint.text == "one entry 15:00 – 16:30, after your last one"
    press(edit, Qt.Key.Key_Return)
    made = newest(page)
    assert (made.project_id, span(made)) == (1, (at("2026-03-04 15:00"), at("2026-03-04 16:30")))
    assert cells(page)[0][WEDNESDAY] == "1:30"
    assert page.hint.text == ""
    assert page.view.chosen() == (page.model.rows[1].key, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2", "“Call”, 09:00 – 10:30, becomes 08:30 – 10:30"),
        ("1:00", "“Call”, 09:00 – 10:30, becomes 09:00 – 10:00"),
        ("0", "“Call”, 09:00 – 10:30, is deleted"),
        ("90m", "as it is"),
    ],
)
def test_a_filled_cell_changes_its_last_entry(page: TimesheetPage, text: str, words: str) -> None:
    edit = type_into(page, 0, FIRST_DAY, text)
    assert page.hint.text == words
    press(edit, Qt.Key.Key_Return)
    assert cells(page)[1][FIRST_DAY] == "1:30"


def test_where_it_is_not_possible_the_field_stays_and_says_why(page: TimesheetPage) -> None:
    add(page.tracking.db, "Early", "2026-03-02 00:00", "2026-03-02 09:00", project="研究")
    edit = type_into(page, 0, FIRST_DAY, "5h")
    assert "cannot be longer" in page.hint.text
    press(edit, Qt.Key.Key_Return)
    assert page.view.is_editing
    press(edit, Qt.Key.Key_Escape)
    assert not page.view.is_editing
    assert page.hint.text == ""
    assert cells(page)[0][FIRST_DAY] == "1:30"


def test_what_is_no_length_is_said(page: TimesheetPage) -> None:
    edit = type_into(page, 0, WEDNESDAY, "x")
    assert page.hint.text == "“x” is not a length: write it like 1:30, 45m or 1h30m."
    press(edit, Qt.Key.Key_Return)
    assert page.view.is_editing


def test_each_change_is_one_undo(page: TimesheetPage) -> None:
    press(type_into(page, 0, WEDNESDAY, "2"), Qt.Key.Key_Return)
    press(type_into(page, 0, WEDNESDAY, "3"), Qt.Key.Key_Return)
    assert cells(page)[0][WEDNESDAY] == "3:00"
    for expected in ("2:00", ""):
        page.tracking.undo()
        assert cells(page)[0][WEDNESDAY] == expected


def test_tab_goes_on_to_the_next_day_and_del_empties(page: TimesheetPage) -> None:
    press(type_into(page, 0, WEDNESDAY, "1"), Qt.Key.Key_Tab)
    assert page.view.is_editing
    assert page.view.currentIndex().column() == WEDNESDAY + 1
    press(field(page), Qt.Key.Key_Escape)
    go(page, 0, WEDNESDAY)
    press(page.view, Qt.Key.Key_Delete)
    assert cells(page)[0][WEDNESDAY] == ""


def test_the_arrows_stay_on_the_days(page: TimesheetPage) -> None:
    go(page, 0, FIRST_DAY)
    press(page.view, Qt.Key.Key_Left)
    assert page.view.currentIndex().column() == FIRST_DAY
    for _ in range(9):
        press(page.view, Qt.Key.Key_Right)
    assert page.view.currentIndex().column() == FIRST_DAY + 6
    press(page.view, Qt.Key.Key_Down)
    assert page.view.currentIndex().row() == 1


def test_last_week_is_copied_as_rows_or_with_lengths(page: TimesheetPage) -> None:
    page.head.copy_rows.trigger()
    assert cells(page)[2] == ["Garden", *[""] * 7, "0:00"]
    page.head.copy_rows.trigger()
    assert page.notice.text == "The week before has no other rows."
    page.head.copy_lengths.trigger()
    assert cells(page)[2][WEDNESDAY] == "1:00"
    assert page.notice.text == "1 entry was made."
    page.notice.undo.click()
    assert cells(page)[2] == ["Garden", *[""] * 7, "0:00"]


def test_a_project_is_added_by_its_name(page: TimesheetPage) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(page.adder.edit, "gar")
    press(page.adder.edit, Qt.Key.Key_Return)
    assert [row[0] for row in cells(page)] == ["Acme", "研究", "Garden"]
    assert page.view.chosen() == (page.model.rows[2].key, FIRST_DAY)
    page.open_add()
    QTest.keyClicks(page.adder.edit, "New one")
    press(page.adder.edit, Qt.Key.Key_Return)
    assert [row[0] for row in cells(page)][-1] == "New one"


def popup() -> QWidget:
    """The list below the line, to which the desktop sends all keys while it is open."""
    shown = QApplication.activePopupWidget()
    assert shown is not None
    return shown


def test_keys_of_the_name_to_add_come_through_its_list(page: TimesheetPage) -> None:
    page.open_add()
    QTest.keyClicks(popup(), "New one")
    press(popup(), Qt.Key.Key_Return)
    assert [row[0] for row in cells(page)] == ["Acme", "研究", "New one"]
    page.open_add()
    press(popup(), Qt.Key.Key_Down)
    press(popup(), Qt.Key.Key_Return)
    assert [row[0] for row in cells(page)][3:] == ["Garden"]
    page.open_add()
    QTest.keyClicks(popup(), "Another")
    press(popup(), Qt.Key.Key_Escape)
    assert page.adder.edit.isHidden()
    assert len(cells(page)) == 4


def test_tab_takes_the_first_project_that_there_is(page: TimesheetPage) -> None:
    page.open_add()
    QTest.keyClicks(page.adder.edit, "gar")
    page.adder.edit.completion.take()
    assert [row[0] for row in cells(page)] == ["Acme", "研究", "Garden"]


def test_tasks_have_rows_of_their_own_on_demand(page: TimesheetPage) -> None:
    page.head.tasks.click()
    assert [row[0] for row in cells(page)] == ["Acme / Design", "研究"]
    assert "Acme" in [choice.title for choice in page.adder._choices()]
    press(type_into(page, 0, WEDNESDAY, "1"), Qt.Key.Key_Return)
    assert newest(page).task_id == 1


def test_other_weeks_can_be_filled(page: TimesheetPage) -> None:
    page.head.earlier.click()
    assert page.head.title.text() == "23 Feb – 1 Mar 2026"
    assert [row[0] for row in cells(page)] == ["Garden"]
    page.use_options(ListOptions(working_hours="mon-fri 8:30-17:00"))
    type_into(page, 0, FIRST_DAY, "1.5")
    assert page.hint.text == "one entry 08:30 – 10:00, from your start of work"
    press(field(page), Qt.Key.Key_Escape)
    page.head.earlier.click()
    assert page.pages.currentWidget() is page.empty


def test_what_is_still_to_come_is_said(page: TimesheetPage) -> None:
    type_into(page, 0, FIRST_DAY + 5, "1")
    assert page.hint.text.endswith("from your start of work, which is still to come")


def test_what_runs_counts_and_is_left_alone(page: TimesheetPage) -> None:
    page.tracking.start(Draft("Now", "Acme"), at=NOW - HOUR)
    assert cells(page)[0][FIRST_DAY + 4] == "1:00"
    type_into(page, 0, FIRST_DAY + 4, "2")
    assert page.hint.text == "It is running. Stop it to give it another length."


def test_a_change_from_elsewhere_leaves_what_is_being_typed(page: TimesheetPage) -> None:
    edit = type_into(page, 0, WEDNESDAY, "1:3")
    page.tracking.start(Draft("Now", "Garden"), at=NOW - HOUR)
    assert (page.view.is_editing, edit.text()) == (True, "1:3")
    press(edit, Qt.Key.Key_Escape)
    assert [row[0] for row in cells(page)] == ["Acme", "研究", "Garden"]


def test_a_screen_reader_hears_which_cell_it_is(page: TimesheetPage) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert page.model.index(0, FIRST_DAY).data(role) == "Acme, Monday 2: 1:30"
    assert page.model.index(0, WEDNESDAY).data(role) == "Acme, Wednesday 4: nothing"


def test_the_switch_makes_the_second_face_once(qtbot: QtBot, page: TimesheetPage) -> None:
    days, made = QWidget(), []

    def make() -> TimesheetPage:
        made.append(page)
        return page

    faces = TimerFaces(days, make, None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(faces)
    assert made == []
    faces.switches[0].buttons[SHEET].click()
    assert faces.stack.currentWidget() is page
    faces.switches[1].buttons[LIST].click()
    assert faces.stack.currentWidget() is days
    faces.show_face(SHEET)
    assert (len(made), faces.switches[0].buttons[SHEET].isChecked()) == (1, True)
    page.setParent(None)
    QApplication.processEvents()


def test_an_empty_week_can_be_filled_by_keys_alone(page: TimesheetPage, qtbot: QtBot) -> None:
    page.show_earlier()
    press(page.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    copy = page.focusProxy()
    assert copy is not None
    qtbot.waitUntil(copy.hasFocus, timeout=30_000)
    press(copy, Qt.Key.Key_N, CTRL)
    press(page.adder.edit, Qt.Key.Key_Escape)
    assert page.pages.currentWidget() is page.empty
    assert copy.hasFocus()
    press(copy, Qt.Key.Key_N, CTRL)
    QTest.keyClicks(page.adder.edit, "acme")
    press(page.adder.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.view.hasFocus, timeout=30_000)
    QTest.keyClicks(page.view, "8")
    for _ in range(4):
        press(field(page), Qt.Key.Key_Tab)
        QTest.keyClicks(field(page), "8")
    press(field(page), Qt.Key.Key_Return)
    assert cells(page) == [["Acme", *["8:00"] * 5, "", "", "40:00"]]
