"""The calendar page by keys, by ear, and with its days, totals and filters."""

from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.calendar.hands import NOW, calendar_page, click, spot, times, type_and_save
from tests.ui.entries.rig import add, at
from tray import clock
from tray.model.calendar_event import FeedEvent
from tray.model.days import Calendar
from tray.model.filters import Criterion, FilterKind
from tray.store import feeds
from tray.store.database import Database
from tray.tracker import catalogue
from tray.ui.calendar.calendar_page import CalendarPage
from tray.ui.entries.editor import EntryEditor
from tray.ui.key_list import KEYS

NONE: Final = Qt.KeyboardModifier.NoModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
CTRL: Final = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(db: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Two entries on Tuesday, one on Wednesday, one over the midnight before Friday."""
    monkeypatch.setattr(clock, "now", lambda: at(NOW))
    catalogue.create_project(db, "Acme", now=0)
    add(db, "Report", "2026-03-03 09:00", "2026-03-03 11:00", project="Acme", tags=("deep",))
    add(db, "Review", "2026-03-03 12:00", "2026-03-03 13:00", billable=True)
    add(db, "Call", "2026-03-04 12:10", "2026-03-04 12:40")
    add(db, "Night", "2026-03-05 23:00", "2026-03-06 01:00")
    return db


@pytest.fixture
def page(filled: Database, qtbot: QtBot) -> Iterator[CalendarPage]:
    with calendar_page(filled, qtbot) as shown:
        yield shown


def key(page: CalendarPage, which: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(page.grid, which, modifiers)


def chosen(page: CalendarPage) -> str:
    return page.grid.chosen.entry.description if page.grid.chosen and page.grid.chosen.entry else ""


def heard(page: CalendarPage) -> str:
    """What a screen reader reads of what the keys are on."""
    grid = QAccessible.queryAccessibleInterface(page.grid)
    return grid.focusChild().text(QAccessible.Text.Name)


def test_arrows_begin_today(page: CalendarPage) -> None:
    key(page, Qt.Key.Key_Down)
    assert chosen(page) == "Night"


def test_arrows_choose_in_a_day_and_from_day_to_day(page: CalendarPage) -> None:
    page.grid.choose_day(0)
    key(page, Qt.Key.Key_Right)
    assert chosen(page) == "Report"
    key(page, Qt.Key.Key_Down)
    assert chosen(page) == "Review"
    key(page, Qt.Key.Key_Down)
    assert chosen(page) == "Review"
    key(page, Qt.Key.Key_Right)
    assert chosen(page) == "Call", "at the same height"
    key(page, Qt.Key.Key_Left)
    assert chosen(page) == "Review"
    key(page, Qt.Key.Key_Up)
    assert chosen(page) == "Report"


def test_arrows_lead_to_the_weeks_before_and_after(page: CalendarPage) -> None:
    page.grid.choose_day(0)
    key(page, Qt.Key.Key_Left)
    assert page.days[-1] == date(2026, 3, 1)
    assert page.grid.chosen_day == 6
    key(page, Qt.Key.Key_Right)
    key(page, Qt.Key.Key_PageDown)
    assert page.days[0] == date(2026, 3, 9)
    key(page, Qt.Key.Key_PageUp)
    assert page.days[0] == date(2026, 3, 2)


def choose(page: CalendarPage, description: str) -> None:
    page.grid.choose(
        next(
            each
            for each in page.grid.blocks()
            if each.entry and each.entry.description == description
        )
    )


@pytest.mark.parametrize(
    ("which", "modifiers", "expected"),
    [
        (Qt.Key.Key_Down, SHIFT, ("Call", "Wed 12:15", "Wed 12:45")),
        (Qt.Key.Key_Up, SHIFT, ("Call", "Wed 12:00", "Wed 12:30")),
        (Qt.Key.Key_Right, SHIFT, ("Call", "Thu 12:10", "Thu 12:40")),
        (Qt.Key.Key_Left, SHIFT, ("Call", "Tue 12:10", "Tue 12:40")),
        (Qt.Key.Key_Down, CTRL | SHIFT, ("Call", "Wed 12:10", "Wed 12:45")),
        (Qt.Key.Key_Up, CTRL | SHIFT, ("Call", "Wed 12:10", "Wed 12:30")),
        (Qt.Key.Key_Left, CTRL | SHIFT, ("Call", "Wed 12:00", "Wed 12:40")),
        (Qt.Key.Key_Right, CTRL | SHIFT, ("Call", "Wed 12:15", "Wed 12:40")),
    ],
)
def test_keys_move_and_stretch_each_as_one_step(
    page: CalendarPage,
    filled: Database,
    which: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    expected: tuple[str, str, str],
) -> None:
    before = times(filled)
    choose(page, "Call")
    key(page, which, modifiers)
    assert expected in times(filled)
    assert chosen(page) == "Call", "and it is chosen still"
    QTest.keyClick(page, Qt.Key.Key_Z, CTRL)
    assert times(filled) == before


def test_enter_edits_and_del_deletes(page: CalendarPage, filled: Database) -> None:
    choose(page, "Call")
    key(page, Qt.Key.Key_Return)
    editor = page.card.panel
    assert isinstance(editor, EntryEditor)
    QTest.keyClicks(editor.description.control, "Phone")
    QTest.keyClick(editor.description.control, Qt.Key.Key_Return)
    assert chosen(page) == "Phone"
    key(page, Qt.Key.Key_Delete)
    assert "Phone" not in {each[0] for each in times(filled)}


def test_ins_fills_the_gap_after_what_is_chosen(page: CalendarPage, filled: Database) -> None:
    choose(page, "Report")
    key(page, Qt.Key.Key_Insert)
    type_and_save("Lunch")
    assert ("Lunch", "Tue 11:00", "Tue 12:00") in times(filled)


def test_ins_begins_something_in_an_empty_day(page: CalendarPage) -> None:
    page.grid.choose_day(0)
    key(page, Qt.Key.Key_Insert)
    assert page.grid.draft is not None
    assert page.grid.draft.start == at("2026-03-02 08:00")


def test_enter_makes_an_entry_of_an_event(page: CalendarPage, filled: Database) -> None:
    feed = feeds.add(filled, "Team", "#06a893", "/team.ics")
    event = FeedEvent("Planning", at("2026-03-02 09:00"), at("2026-03-02 10:00"))
    feeds.replace(filled, feed, [event], etag="", at=0, problem="")
    page.tracking.refresh()
    page.grid.choose_day(0)
    key(page, Qt.Key.Key_Down)
    assert "Planning, event of Team" in heard(page)
    key(page, Qt.Key.Key_Return)
    assert ("Planning", "Mon 09:00", "Mon 10:00") in times(filled)


def test_keys_zoom(page: CalendarPage) -> None:
    key(page, Qt.Key.Key_Plus, CTRL)
    assert page.grid.zoom.step_minutes == 10
    key(page, Qt.Key.Key_Minus, CTRL)
    key(page, Qt.Key.Key_Minus, CTRL)
    assert page.grid.zoom.step_minutes == 30
    key(page, Qt.Key.Key_0, CTRL)
    assert page.grid.zoom.step_minutes == 15


def test_a_screen_reader_reads_what_is_painted(page: CalendarPage) -> None:
    grid = QAccessible.queryAccessibleInterface(page.grid)
    said = [grid.child(at).text(QAccessible.Text.Name) for at in range(grid.childCount())]
    assert said == [
        "Monday 2 March, nothing tracked",
        "Report, Acme, #deep, Tuesday 3 March, 09:00 – 11:00, 2:00, then 1:00 without an entry",
        "Review, billable, Tuesday 3 March, 12:00 – 13:00, 1:00",
        "Call, Wednesday 4 March, 12:10 – 12:40, 0:30",
        "Night, Thursday 5 March, 23:00 – 01:00, 2:00, goes on on the next day",
        "Night, Friday 6 March, 23:00 – 01:00, 2:00, goes on from the day before",
        "Saturday 7 March, nothing tracked",
        "Sunday 8 March, nothing tracked",
    ]
    assert grid.role() is QAccessible.Role.List
    choose(page, "Report")
    item = grid.focusChild()
    assert item.role() is QAccessible.Role.ListItem
    assert item.state().selected
    place = page.grid.viewport().mapToGlobal(spot(page, at("2026-03-03 10:00")))
    assert grid.childAt(place.x(), place.y()).text(QAccessible.Text.Name).startswith("Report")


def test_what_a_screen_reader_holds_on_to_outlives_the_page(filled: Database, qtbot: QtBot) -> None:
    with calendar_page(filled, qtbot) as shown:
        item = QAccessible.queryAccessibleInterface(shown.grid).child(1)
        assert item.isValid()
    assert not item.isValid()
    assert item.text(QAccessible.Text.Name) == ""


def test_totals_stand_on_top_with_the_goal(page: CalendarPage) -> None:
    assert [head.accessibleName() for head in page.heads.heads] == [
        "Monday 2 March: 0:00 of 8:00",
        "Tuesday 3 March: 3:00 of 8:00",
        "Wednesday 4 March: 0:30 of 8:00",
        "Thursday 5 March: 1:00 of 8:00",
        "Friday 6 March: 1:00 of 8:00",
        "Saturday 7 March: 0:00 of 8:00",
        "Sunday 8 March: 0:00 of 8:00",
    ]
    assert page.bar.total.text() == "5:30"
    assert page.bar.goal.text() == "goal 40:00  ·  34:30 left"


def test_a_head_leads_to_its_day_and_back(page: CalendarPage) -> None:
    page.heads.heads[1].click()
    assert page.days == [date(2026, 3, 3)]
    assert [each.description for block in page.grid.blocks() if (each := block.entry)] == [
        "Report",
        "Review",
    ]
    page.bar.later.click()
    assert page.days == [date(2026, 3, 4)]
    page.heads.heads[0].click()
    assert len(page.days) == 7


def test_today_leads_back(page: CalendarPage) -> None:
    assert not page.bar.today.isEnabled()
    page.bar.earlier.click()
    page.bar.earlier.click()
    page.bar.today.click()
    assert page.days[0] == date(2026, 3, 2)


def test_what_does_not_fit_a_filter_stays_but_does_not_count(page: CalendarPage) -> None:
    page.bar.filters = page.bar.filters.toggled(Criterion(FilterKind.PROJECT, 1))
    page.refresh()
    fitting = {each.entry.description: each.fits for each in page.grid.blocks() if each.entry}
    assert fitting == {"Report": True, "Review": False, "Call": False, "Night": False}
    assert page.bar.total.text() == "2:00"


def test_a_day_begins_when_the_settings_say(filled: Database, qtbot: QtBot) -> None:
    with calendar_page(filled, qtbot, calendar=Calendar(ZoneInfo("UTC"), 4)) as shown:
        night = [each for each in shown.grid.blocks() if each.entry and each.entry.id == 4]
        assert [(each.column, each.begins, each.ends) for each in night] == [(3, True, True)]
        assert shown.grid.axis.marks[0].clock_minutes == 4 * 60


def test_a_page_that_is_hidden_has_no_timer_and_is_right_when_shown(
    page: CalendarPage, filled: Database
) -> None:
    page.hide()
    assert not page.grid.isVisible()
    timers = [each for each in page.findChildren(type(page._minute)) if each.isActive()]
    assert timers == []
    add(filled, "Late", "2026-03-02 09:00", "2026-03-02 10:00")
    page.tracking.refresh()
    page.show()
    assert "Late" in [each.entry.description for each in page.grid.blocks() if each.entry]


def test_a_click_on_nothing_chooses_its_day(page: CalendarPage) -> None:
    choose(page, "Call")
    click(page, spot(page, at("2026-03-07 12:00")))
    assert (page.grid.chosen, page.grid.chosen_day) == (None, 5)
    assert heard(page) == "Saturday 7 March, nothing tracked"


def test_every_key_is_listed(page: CalendarPage) -> None:
    shortcuts = {each.key().toString() for each in page.findChildren(QShortcut)}
    firsts = {key.toString() for a in page.findChildren(QAction) for key in a.shortcuts()[:1]}
    listed = [*KEYS["Calendar"], *KEYS["Timer"], *KEYS["In every window"]]
    known = {QKeySequence(key).toString() for key, _ in listed}
    assert (shortcuts | firsts) - known - {""} == set()


def test_a_calendar_can_be_hidden_and_leads_to_its_settings(
    page: CalendarPage, filled: Database, qtbot: QtBot
) -> None:
    feed = feeds.add(filled, "Team & friends", "#06a893", "/team.ics")
    event = FeedEvent("Planning", at("2026-03-02 09:00"), at("2026-03-02 10:00"))
    feeds.replace(filled, feed, [event], etag="", at=0, problem="")
    page.tracking.refresh()
    menu = page.bar.calendars.menu()
    menu.aboutToShow.emit()
    team, _, more = menu.actions()
    assert team.text() == "Team && friends"
    team.trigger()
    assert not [each for each in page.grid.blocks() if each.entry is None]
    menu.aboutToShow.emit()
    team, _, more = menu.actions()
    assert not team.isChecked()
    team.trigger()
    assert [each for each in page.grid.blocks() if each.entry is None]
    with qtbot.waitSignal(page.feeds_wanted):
        more.trigger()


def test_a_day_that_a_zone_leaves_out_is_empty(filled: Database, qtbot: QtBot) -> None:
    with calendar_page(filled, qtbot, calendar=Calendar(ZoneInfo("Pacific/Apia"))) as shown:
        shown.use_view("day")
        shown.show_day(date(2011, 12, 30))
        assert shown.bar.total.text() == "0:00"
        shown.grid.viewport().grab()


def test_pages_end_where_entries_do(page: CalendarPage) -> None:
    page.show_day(date(2006, 1, 2))
    page.bar.earlier.click()
    assert page.days[0] == date(2006, 1, 2)
