"""The list: what it holds, and that it holds still."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import (
    CALENDAR,
    CLOCK,
    CTRL,
    SHIFT,
    add,
    at,
    choose,
    click,
    discard,
    press,
    row_with,
    selected,
    shown,
    texts,
)
from tray import clock
from tray.errors import StorageError
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.session.tracking import Tracking
from tray.store import entries as stored
from tray.store.database import Database, Row
from tray.store.opening import open_database
from tray.tracker import catalogue, entries, timer
from tray.tracker.resolve import Draft
from tray.ui.entries.delegate import Hover
from tray.ui.entries.entry_field import EntryField
from tray.ui.entries.list_values import Hits, PinnedEntry
from tray.ui.entries.row_layout import FixedWidths, RowWords, places
from tray.ui.entries.timeline import Arranging
from tray.ui.entries.timer_page import TimerPage
from tray.ui.theme import UNIT

ALL = [
    "[2026-03-04 55]",
    "Review",
    "",
    "[2026-03-03 150]",
    "写算法",
    "Write report",
    "[2026-03-02 30]",
    "Call",
]


@pytest.fixture
def tracking(window: TimerPage) -> Tracking:
    return window.tracking


def many(db: Database, count: int) -> None:
    """Two entries a day, back from the first of March."""
    with db.writing():
        db.run_many(
            "INSERT INTO entry (workspace_id, description, start, stop) VALUES (1, ?, ?, ?)",
            (
                (f"Entry {number}", start, start + 1_800)
                for number in range(count)
                for start in [at("2026-03-01 12:00") - number * 43_200]
            ),
        )


def test_entries_stand_by_day_newest_first_with_totals(window: TimerPage) -> None:
    assert texts(window) == ALL


def test_days_are_those_of_the_users_zone_and_day_start(db: Database, qtbot: QtBot) -> None:
    add(db, "Late", "2026-03-04 02:30", "2026-03-04 03:30")
    with shown(db, qtbot, calendar=Calendar(ZoneInfo("UTC"), 4)) as window:
        assert texts(window) == ["[2026-03-03 60]", "Late"]
        window.tracking.use_calendar(Calendar(UTC))
        qtbot.waitUntil(lambda: texts(window) == ["[2026-03-04 60]", "Late"])


def test_an_entry_over_midnight_counts_for_both_days(db: Database, qtbot: QtBot) -> None:
    add(db, "Night", "2026-03-03 23:00", "2026-03-04 01:30")
    add(db, "Day", "2026-03-04 09:00", "2026-03-04 10:00")
    with shown(db, qtbot) as window:
        assert texts(window) == ["[2026-03-04 150]", "Day", "Night", "[2026-03-03 60]", "Night"]
        role = Qt.ItemDataRole.AccessibleTextRole
        said = [window.model.index(row, 0).data(role) for row in (2, 4)]
        assert said == [
            "Night, 23:00 – 01:30, 1:30, part of 2:30",
            "Night, 23:00 – 01:30, 1:00, part of 2:30",
        ]


def test_the_headings_add_up_to_the_totals(db: Database, qtbot: QtBot) -> None:
    monday, _ = CALENDAR.week(CALENDAR.day_of(clock.now()))
    timer.start(db, Draft("All week"), now=clock.now(), at=monday - 30 * 3_600 + 7)
    with shown(db, qtbot) as window:
        model, now = window.model, clock.now()
        headings = [model.day(row) for row in range(model.rowCount())]
        days = {each.date: each.seconds for each in headings if each is not None}
        this_week = [day for day in days if CALENDAR.begin(day) >= monday]
        total = sum(days[day] for day in this_week)
        assert total == pytest.approx(window.tracking.snapshot.week_seconds(now), abs=8)
        assert len(days) - len(this_week) == 2, "it began two days before"
        assert sum(days.values()) == pytest.approx(now - monday + 30 * 3_600 - 7, abs=8)


def test_both_rows_of_an_entry_over_midnight_are_that_entry(db: Database, qtbot: QtBot) -> None:
    add(db, "Night", "2026-03-03 23:00", "2026-03-04 01:30")
    with shown(db, qtbot) as window:
        assert texts(window) == ["[2026-03-04 90]", "Night", "[2026-03-03 60]", "Night"]
        click(window, 1)
        click(window, 3, CTRL)
        assert selected(window) == ["Night"]
        night = window.view.selected_ids()
        window.tracking.run(
            lambda now: entries.edit(db, night, {"stop": at("2026-03-03 23:30")}, now=now)
        )
        assert texts(window) == ["[2026-03-03 30]", "Night"]
        window.tracking.undo()
        assert texts(window) == ["[2026-03-04 90]", "Night", "[2026-03-03 60]", "Night"]
        click(window, 1)
        press(window.view, Qt.Key.Key_F2)
        assert window.view.panel is not None
        assert window.view.delegate.covered == 3
        press(window.view.panel, Qt.Key.Key_Escape)
        press(window.view, Qt.Key.Key_Delete)
        assert texts(window) == []


def test_a_long_history_is_listed_whole_but_read_in_part(db: Database, qtbot: QtBot) -> None:
    many(db, 3_000)
    with shown(db, qtbot) as window:
        assert window.model.rowCount() == 4_500
        assert len(window.model._days) < 100
        window.view.scrollToBottom()
        window.view.viewport().repaint()
        assert texts(window)[-1] == "Entry 2999"
        for row in range(0, 4_500, 10):
            window.model.entry(row)
        assert len(window.model._days) < 100, "what is out of sight is forgotten"


def test_the_first_screen_does_not_wait_for_the_whole_history(
    db: Database, qapp: QApplication
) -> None:
    del qapp
    many(db, 20_000)
    tracking = Tracking(db, CALENDAR)
    window = TimerPage(tracking, CLOCK)
    assert window.model.rowCount() >= 40
    assert not window.model.complete
    discard(window)


def test_only_what_changed_is_updated(
    window: TimerPage, rows: list[TimeEntry], tracking: Tracking
) -> None:
    changed: list[int] = []
    window.model.dataChanged.connect(lambda first, last: changed.extend((first.row(), last.row())))
    window.model.modelReset.connect(lambda: changed.append(-1))
    window.model.rowsRemoved.connect(lambda: changed.append(-2))
    window.model.rowsInserted.connect(lambda: changed.append(-3))
    review = rows[0]
    tracking.run(lambda now: entries.edit(tracking.db, [review.id], {"billable": True}, now=now))
    assert set(changed) == {row_with(window, "Review")}


def test_a_renamed_project_is_shown_at_once(window: TimerPage, tracking: Tracking) -> None:
    said: list[int] = []
    window.model.dataChanged.connect(lambda first, last: said.append(last.row() - first.row()))
    tracking.run(lambda now: catalogue.rename(tracking.db, "project", 1, "Acme Ltd", now=now))
    assert max(said) == len(ALL) - 1
    index = window.model.index(row_with(window, "Review"), 0)
    assert "Acme Ltd" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_another_process_does_is_shown(
    window: TimerPage, rows: list[TimeEntry], tracking: Tracking, qtbot: QtBot
) -> None:
    with open_database(tracking.db.path) as other:
        entries.delete(other, [rows[0].id], now=at("2026-03-05 12:00"))
        add(other, "Added there", "2026-03-03 15:00", "2026-03-03 16:00")
    expected = ["[2026-03-04 10]", "", "[2026-03-03 210]", "Added there", *ALL[4:]]
    qtbot.waitUntil(lambda: texts(window) == expected)


def test_selection_survives_what_happens_around_it(
    window: TimerPage, rows: list[TimeEntry], tracking: Tracking
) -> None:
    choose(window, "Write report", "Call")
    tracking.run(lambda now: entries.delete(tracking.db, [rows[0].id], now=now))
    assert selected(window) == ["Write report", "Call"]
    tracking.undo()
    assert selected(window) == ["Write report", "Call"]


def test_a_selected_entry_that_moves_to_another_day_stays_selected(
    window: TimerPage, rows: list[TimeEntry], tracking: Tracking
) -> None:
    choose(window, "Call")
    call = rows[-1]
    moved = {"start": at("2026-03-04 20:00"), "stop": at("2026-03-04 20:30")}
    tracking.run(
        lambda now: entries.edit(
            tracking.db, [call.id], {"start": moved["start"], "stop": moved["stop"]}, now=now
        )
    )
    assert texts(window)[:2] == ["[2026-03-04 85]", "Call"]
    assert selected(window) == ["Call"]
    assert window.view.current_id() == call.id


def test_what_is_in_sight_stays_where_it_is(db: Database, qtbot: QtBot) -> None:
    many(db, 2_000)
    with shown(db, qtbot) as window:
        row = row_with(window, "Entry 1000")
        window.view.scrollTo(window.model.index(row, 0))
        place = window.view.rowViewportPosition(row)
        window.tracking.run(lambda now: timer.start(db, Draft("New"), now=now))
        qtbot.waitUntil(lambda: window.model.complete)
        assert texts(window)[1] == "New"
        there = row_with(window, "Entry 1000")
        assert there == row + 2
        assert window.view.rowViewportPosition(there) == place


def test_at_the_top_what_is_new_is_seen(db: Database, qtbot: QtBot) -> None:
    many(db, 200)
    with shown(db, qtbot) as window:
        window.tracking.run(lambda now: timer.start(db, Draft("New"), now=now))
        assert window.view.verticalScrollBar().value() == 0
        assert texts(window)[1] == "New"


def test_keys_go_from_entry_to_entry_over_the_headings(window: TimerPage) -> None:
    visited = []
    for _ in range(6):
        press(window.view, Qt.Key.Key_Down)
        visited += selected(window)
    assert visited == ["Review", "", "写算法", "Write report", "Call", "Call"]
    press(window.view, Qt.Key.Key_Home)
    assert selected(window) == ["Review"]
    press(window.view, Qt.Key.Key_Up)
    assert selected(window) == ["Review"]
    press(window.view, Qt.Key.Key_End)
    assert selected(window) == ["Call"]
    press(window.view, Qt.Key.Key_Up, SHIFT)
    press(window.view, Qt.Key.Key_Up, SHIFT)
    assert selected(window) == ["写算法", "Write report", "Call"]
    press(window.view, Qt.Key.Key_A, CTRL)
    assert len(selected(window)) == 5


@pytest.fixture
def grouped(db: Database, qtbot: QtBot) -> Iterator[TimerPage]:
    """A day in which one thing was done three times and another once."""
    for begin, end in (("09:00", "09:50"), ("11:00", "11:20"), ("15:00", "16:10")):
        add(db, "Report", f"2026-03-04 {begin}", f"2026-03-04 {end}", project="Acme")
    add(db, "Call", "2026-03-04 12:00", "2026-03-04 12:30")
    with shown(db, qtbot) as window:
        window.model.arrange(Arranging(similar=True))
        window.view.fill()
        yield window


def said(window: TimerPage, row: int) -> str:
    return str(window.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_what_is_alike_in_a_day_is_one_row(grouped: TimerPage) -> None:
    assert texts(grouped) == ["[2026-03-04 170]", "Report", "Call"]
    assert said(grouped, 1) == "Report, 3 entries, Acme, 09:00 – 16:10, 2:20"
    click(grouped, 1)
    assert selected(grouped) == ["Report"] * 3
    assert grouped.footer.summary.text() == "3 selected  ·  2:20"


def test_keys_unfold_a_group_and_fold_it(grouped: TimerPage) -> None:
    click(grouped, 1)
    press(grouped.view, Qt.Key.Key_Right)
    assert texts(grouped) == ["[2026-03-04 170]", *["Report"] * 4, "Call"]
    assert said(grouped, 2) == "Report, Acme, 15:00 – 16:10, 1:10"
    press(grouped.view, Qt.Key.Key_Down)
    press(grouped.view, Qt.Key.Key_Down)
    assert selected(grouped) == ["Report"]
    press(grouped.view, Qt.Key.Key_Left)
    assert texts(grouped) == ["[2026-03-04 170]", "Report", "Call"]
    assert selected(grouped) == ["Report"] * 3


def test_a_click_on_the_number_unfolds_a_group(grouped: TimerPage) -> None:
    area = grouped.view.visualRect(grouped.model.index(1, 0))
    badge = grouped.view.delegate.places(1, area).badge.center()
    click(grouped, 1, x=badge.x())
    assert len(texts(grouped)) == 6
    click(grouped, 1, x=badge.x())
    assert len(texts(grouped)) == 3


def test_a_group_is_deleted_as_one_and_comes_back(grouped: TimerPage) -> None:
    click(grouped, 1)
    press(grouped.view, Qt.Key.Key_Delete)
    assert texts(grouped) == ["[2026-03-04 30]", "Call"]
    grouped.notice.undo.click()
    assert texts(grouped) == ["[2026-03-04 170]", "Report", "Call"]


def test_the_button_of_a_group_continues_what_it_is_of(grouped: TimerPage) -> None:
    area = grouped.view.visualRect(grouped.model.index(1, 0))
    click(grouped, 1, x=grouped.view.delegate.places(1, area).button.center().x())
    running = grouped.tracking.snapshot.running
    assert running is not None
    assert running.description == "Report"


def test_an_unfolded_group_stays_so_when_another_entry_comes(grouped: TimerPage) -> None:
    grouped.view.unfold(1, unfolded=True)
    add(grouped.tracking.db, "Report", "2026-03-04 18:00", "2026-03-04 18:05", project="Acme")
    grouped.tracking.refresh()
    assert texts(grouped) == ["[2026-03-04 175]", *["Report"] * 5, "Call"]


def test_an_entry_that_is_shown_by_itself_unfolds_its_group(grouped: TimerPage) -> None:
    first = min(stored.everything(grouped.tracking.db), key=lambda each: each.start)
    grouped.edit(first.id)
    assert grouped.view.panel is not None
    assert grouped.view.delegate.covered == 4
    press(grouped.view.panel, Qt.Key.Key_Escape)
    assert texts(grouped)[:2] == ["[2026-03-04 170]", "Report"]


def test_the_hits_and_their_total_are_known(grouped: TimerPage) -> None:
    assert grouped.model.hits == Hits(4, 170 * 60)
    add(grouped.tracking.db, "Night", "2026-03-03 23:00", "2026-03-04 01:00")
    grouped.tracking.refresh()
    assert grouped.model.hits == Hits(5, 290 * 60)
    grouped.tracking.undo()
    assert grouped.model.hits == Hits(4, 170 * 60)


def test_a_day_over_midnight_is_told_apart_from_what_is_whole(grouped: TimerPage) -> None:
    add(grouped.tracking.db, "Report", "2026-03-03 23:00", "2026-03-04 01:00", project="Acme")
    grouped.tracking.refresh()
    assert said(grouped, 1).startswith("Report, 4 entries")
    assert "3:20, part of 4:20" in said(grouped, 1)


def test_a_heading_cannot_be_selected(window: TimerPage) -> None:
    click(window, 0)
    assert selected(window) == []


def test_tab_leaves_the_list(window: TimerPage) -> None:
    press(window.view, Qt.Key.Key_Tab)
    assert not window.view.hasFocus()


def test_an_entry_that_is_edited_stays_in_its_row(
    window: TimerPage, rows: list[TimeEntry], tracking: Tracking
) -> None:
    review = rows[0]
    window.model.keep(PinnedEntry(review.start, review.id))
    tracking.run(lambda now: entries.delete(tracking.db, [review.id], now=now))
    assert window.model.row_of(review.id, review.start) == 1
    window.model.keep(None)
    window.view.refresh()
    assert window.model.row_of(review.id, review.start) is None


def test_a_point_in_a_row_belongs_to_a_field(window: TimerPage) -> None:
    area = window.view.visualRect(window.model.index(1, 0))
    parts = window.view.delegate.places(1, area)
    for place, part in (
        (parts.description.center(), EntryField.DESCRIPTION),
        (parts.badge.center(), EntryField.DESCRIPTION),
        (parts.project.center(), EntryField.PROJECT),
        (parts.billable.center(), EntryField.BILLABLE),
        (parts.times.center() - QPoint(2 * UNIT, 0), EntryField.START),
        (parts.times.center() + QPoint(2 * UNIT, 0), EntryField.STOP),
        (parts.length.center(), EntryField.LENGTH),
    ):
        assert window.view.part_at(place) is part


@given(
    st.integers(500, 3_000),
    st.builds(
        RowWords,
        st.integers(1, 3_000),
        st.sampled_from([0, 60]),
        st.integers(0, 1_000),
        st.lists(st.integers(20, 300), max_size=6),
        st.just(30),
    ),
    st.booleans(),
    st.booleans(),
)
def test_parts_of_a_row_never_overlap(
    width: int, words: RowWords, indented: bool, mirrored: bool
) -> None:
    area = QRect(0, 0, width, 38)
    found = places(area, FixedWidths(90, 40), words, chip_height=24, indented=indented)
    if mirrored:
        found = found.mirrored()
    _card, badge, description, part, project, tags, *rest = found
    parts = [each for each in (badge, description, part, project, *tags, *rest) if each.width() > 0]
    for one, other in pairwise(parts[::-1] if mirrored else parts):
        assert one.right() < other.left()
    assert all(area.contains(each.intersected(QRect(0, 0, width, 38))) for each in parts)
    assert min(parts[0].left(), parts[-1].left()) >= 0
    assert max(parts[0].right(), parts[-1].right()) < width


def test_tags_without_room_are_counted() -> None:
    words = RowWords(400, 0, 100, [80, 80, 80, 80], 30)
    narrow = places(QRect(0, 0, 700, 38), FixedWidths(90, 40), words, chip_height=24)
    wide = places(QRect(0, 0, 1_400, 38), FixedWidths(90, 40), words, chip_height=24)
    assert len(narrow.tags) < 4
    assert narrow.more.width() == 30
    assert (len(wide.tags), wide.more.width()) == (4, 0)


def test_the_pointer_shows_a_button_and_a_tool_tip(
    window: TimerPage, rows: list[TimeEntry]
) -> None:
    area = window.view.visualRect(window.model.index(1, 0))
    button = window.view.delegate.places(1, area).button.center()
    QTest.mouseMove(window.view.viewport(), button)
    assert window.view.delegate.hover == Hover(1, button=True)
    assert window.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(window.view.viewport(), area.center())
    assert window.view.delegate.hover == Hover(1)
    assert rows[0].description == "Review"


def test_rows_grow_with_the_font(window: TimerPage) -> None:
    before = window.view.rowHeight(1)
    font = window.view.font()
    font.setPointSizeF(font.pointSizeF() * 3)
    window.view.setFont(font)
    assert window.view.rowHeight(1) > before
    assert window.view.rowHeight(1) >= window.view.fontMetrics().height() + UNIT


class Unreliable(Database):
    """A database on a disk that fails now and then."""

    failing = False

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        if self.failing:
            raise StorageError("The disk cannot be read. Check it, then start again.")
        return super().rows(sql, parameters)


def test_a_store_that_cannot_be_read_is_told_in_a_sentence(
    db: Database, rows: list[TimeEntry], qtbot: QtBot
) -> None:
    del rows
    with Unreliable(db.path) as unreliable, shown(unreliable, qtbot) as window:
        unreliable.failing = True
        window.view.refresh()
        window.view.viewport().repaint()
        press(window.view, Qt.Key.Key_Down)
        assert window.notice.text == "The disk cannot be read. Check it, then start again."
        unreliable.failing = False
        window.tracking.refresh()
        qtbot.waitUntil(lambda: window.model.complete)
        assert texts(window) == ALL
