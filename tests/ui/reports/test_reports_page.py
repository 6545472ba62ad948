"""The Reports page: what it shows, where a click leads, what it saves and writes."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tray import clock
from tray.model.days import Calendar
from tray.model.filters import Criterion, DayRange, FilterKind, Filters
from tray.model.formats import TimeFormat
from tray.model.reports.report_definition import Grouping, LengthRounding, ReportDefinition
from tray.session.snapshot import Goals
from tray.session.tracking import Tracking
from tray.store.database import Database
from tray.tracker import entries, timer
from tray.tracker.resolve import Draft
from tray.ui.list_options import ListOptions
from tray.ui.reports.reports_page import ReportsPage

NOW: Final = int(datetime(2026, 2, 13, 12, tzinfo=UTC).timestamp())
"""A Friday."""
TIMEOUT_MS: Final = 60_000
WEEK: Final = DayRange(date(2026, 2, 9), date(2026, 2, 15))


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 2, day, hour, minute, tzinfo=UTC).timestamp())


def track(db: Database) -> None:
    made = [
        ("Draft", "Acme", (), True, at(4, 9), at(4, 10)),
        ("Plan", "Acme", ("a", "b"), True, at(10, 9), at(10, 10, 30)),
        ("Call", "算法", (), False, at(11, 22), at(12, 1)),
        ("", None, (), False, at(12, 9), at(12, 9, 10)),
    ]
    for what, project, tags, billable, start, stop in made:
        draft = Draft(what, project, None, tags, billable=billable, create_missing=True)
        entries.add(db, draft, start=start, stop=stop, now=NOW)


@pytest.fixture
def page(db: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportsPage]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    track(db)
    tracking = Tracking(db, Calendar(UTC), goals=Goals(2 * 3_600, 10 * 3_600))
    opened = ReportsPage(tracking, TimeFormat(UTC))
    qtbot.addWidget(opened)
    opened.resize(864, 640)
    opened.show()
    settled(opened, qtbot)
    yield opened
    opened.loader.stop()
    tracking.release()


def settled(page: ReportsPage, qtbot: QtBot) -> None:
    """Wait until all is shown, and nothing is read any more."""

    def is_there() -> bool:
        content = page.body.content
        if content is None or content.hours is None or page.loader.is_reading:
            return False
        return content.wish.definition == page.bar.definition

    qtbot.waitUntil(is_there, timeout=TIMEOUT_MS)


def rows(page: ReportsPage) -> list[tuple[str, str]]:
    return [(row.name, row.length) for row in page.body.table.rows]


def test_a_week_by_project(page: ReportsPage) -> None:
    assert page.bar.days.text() == "This week: 9 – 15 Feb 2026"
    assert rows(page) == [("算法", "3:00"), ("Acme", "1:30"), ("No project", "0:10")]
    assert [(each.value, each.about) for each in page.body.figures] == [
        ("4:40", "+3:40 on the week before"),
        ("1:30", "32 %  ·  +0:30"),
        ("1:33", "goal 2:00  ·  +0:33"),
        ("3:00", "Call  ·  +2:00"),
    ]
    assert page.body.bars.text_of(2) == "Wed 11 Feb 2026: 2:00\n算法 2:00"
    assert page.body.hours.text_of((2, 23)) == "Wednesday 23:00 – 24:00: 1:00"
    assert page.body.remarks.text().splitlines() == [
        "The goal of 2:00 was reached on 1 of 3 days.",
        "The week is 5:20 short of its goal of 10:00.",
    ]
    assert not page.progress.isVisible()


def test_what_runs_has_a_row_of_its_own(page: ReportsPage, qtbot: QtBot) -> None:
    page.tracking.run(lambda now: timer.start(page.tracking.db, Draft("Write"), now=now - 900))
    qtbot.waitUntil(lambda: ("Running: Write", "0:15") in rows(page), timeout=TIMEOUT_MS)
    assert page.body.figures[0].value == "4:55"
    settled(page, qtbot)
    assert page.body.hours.text_of((4, 11)) == "Friday 11:00 – 12:00: 0:15"
    page.use_options(ListOptions(over_midnight="first day"))
    qtbot.waitUntil(lambda: page.body.figures[0].value == "4:40", timeout=TIMEOUT_MS)
    assert "What runs is not in the total" in page.body.remarks.text()


def test_the_rule_about_midnight_says_what_the_other_would_show(
    page: ReportsPage, qtbot: QtBot
) -> None:
    page.bar.use_range("2026-02-11")
    settled(page, qtbot)
    assert "Toggl would show 3:00:00: 1 entry crosses midnight" in page.body.remarks.text()
    with qtbot.waitSignal(page.setting_chosen) as chosen:
        page.bar.options.menu().actions()[-1].trigger()
    assert chosen.args == ["over_midnight", "first day"]


def test_going_back_and_forth(page: ReportsPage, qtbot: QtBot) -> None:
    QTest.mouseClick(page.bar.earlier, Qt.MouseButton.LeftButton)
    settled(page, qtbot)
    assert page.bar.definition.range_text == "last week"
    assert rows(page) == [("Acme", "1:00")]
    QTest.mouseClick(page.bar.earlier, Qt.MouseButton.LeftButton)
    settled(page, qtbot)
    assert page.bar.days.text() == "26 Jan – 1 Feb 2026"
    assert rows(page) == []
    for _ in range(2):
        QTest.mouseClick(page.bar.later, Qt.MouseButton.LeftButton)
    settled(page, qtbot)
    assert page.bar.definition.range_text == "week"


def test_two_levels_rounded_and_filtered(page: ReportsPage, qtbot: QtBot) -> None:
    criterion = Criterion(FilterKind.TAG, 0)
    by = (Grouping.DAY, Grouping.PROJECT)
    page.bar.use(ReportDefinition("week", "", (criterion,), by, LengthRounding(30)))
    settled(page, qtbot)
    assert rows(page) == [
        ("Wed 11 Feb 2026", "2:00"),
        ("算法", "2:00"),
        ("Thu 12 Feb 2026", "1:30"),
        ("算法", "1:00"),
        ("No project", "0:30"),
    ]
    assert "Not rounded it is 3:10:00." in page.body.remarks.text()
    assert page.bar.by.text() == "By day, project"
    assert [chip.text() for chip in page.bar.chips.chips] == ["No tags"]


def test_the_minutes_of_what_runs_and_of_the_rest_add_up(page: ReportsPage, qtbot: QtBot) -> None:
    db = page.tracking.db
    entries.add(db, Draft("", None), start=at(12, 10), stop=at(12, 10) + 40, now=NOW)
    page.tracking.run(lambda now: timer.start(db, Draft("Write"), now=now - 50))
    qtbot.waitUntil(lambda: len(rows(page)) == 4, timeout=TIMEOUT_MS)
    assert page.body.figures[0].value == "4:41"
    lengths = ["3:00", "1:30", "0:10", "0:01"]
    assert [length for _, length in rows(page)] == lengths


def test_no_project_is_not_counted_as_one(page: ReportsPage, qtbot: QtBot) -> None:
    def about() -> str:
        content = page.body.donut.content
        assert content is not None
        return content.about

    assert about() == "2 projects"
    for by, found in ((Grouping.TAG, "1 combination"), (Grouping.DESCRIPTION, "2 descriptions")):
        page.bar.use(ReportDefinition(by=(by,)))
        settled(page, qtbot)
        assert about() == found
    for number in range(9):
        draft = Draft(f"Step {number}", None)
        entries.add(page.tracking.db, draft, start=at(9, number), stop=at(9, number + 1), now=NOW)
    page.bar.use(ReportDefinition("last month", by=(Grouping.DESCRIPTION,)))
    settled(page, qtbot)
    assert about() == ""
    page.bar.use(ReportDefinition(by=(Grouping.DESCRIPTION,)))
    settled(page, qtbot)
    assert about() == "11 descriptions"


def test_what_runs_for_longest_has_the_longest_bar(page: ReportsPage, qtbot: QtBot) -> None:
    page.tracking.run(lambda now: timer.start(page.tracking.db, Draft(""), now=now - 6 * 3_600))
    qtbot.waitUntil(lambda: len(rows(page)) == 4, timeout=TIMEOUT_MS)
    assert [row.bar for row in page.body.table.rows] == [0.5, 0.25, pytest.approx(1 / 36), 1]


def test_a_click_on_a_row_leads_to_its_entries(page: ReportsPage, qtbot: QtBot) -> None:
    table = page.body.table
    with qtbot.waitSignal(page.entries_wanted) as wanted:
        middle = table.row_rect(1).center()
        QTest.mouseClick(table, Qt.MouseButton.LeftButton, pos=middle)
    assert wanted.args == ["", Filters((Criterion(FilterKind.PROJECT, 1),), WEEK)]
    table.setFocus()
    with qtbot.waitSignal(page.entries_wanted) as wanted:
        QTest.keyClick(table, Qt.Key.Key_End)
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args == ["", Filters((Criterion(FilterKind.PROJECT, 0),), WEEK)]
    assert table.accessibleName() == "No project, 0:10, 4 %"


def test_a_click_on_a_bar_a_share_or_an_hour_does_too(page: ReportsPage, qtbot: QtBot) -> None:
    tuesday, wednesday = (DayRange(each, each) for each in (date(2026, 2, 10), date(2026, 2, 11)))
    bars, hours, donut = page.body.bars, page.body.hours, page.body.donut
    with qtbot.waitSignal(page.entries_wanted) as wanted:
        place = bars.bar_rect(1).center().toPoint()
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == ["", Filters((), tuesday)]
    with qtbot.waitSignal(page.entries_wanted) as wanted:
        QTest.keyClick(bars, Qt.Key.Key_Right)
        QTest.keyClick(bars, Qt.Key.Key_Space)
    assert wanted.args == ["", Filters((), wednesday)]
    with qtbot.waitSignal(page.entries_wanted) as wanted:
        place = hours.cell_rect(2, 23).center().toPoint()
        QTest.mouseClick(hours, Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == ["", Filters((), wednesday)]
    with qtbot.waitSignal(page.entries_wanted) as wanted:
        QTest.mouseClick(donut, Qt.MouseButton.LeftButton, pos=donut.legend_rects()[0].center())
    assert wanted.args == ["", Filters((Criterion(FilterKind.PROJECT, 2),), WEEK)]


def test_a_report_is_saved_shown_and_removed(page: ReportsPage, qtbot: QtBot) -> None:
    page.bar.use(ReportDefinition("last week", by=(Grouping.TAG,)))
    page.save_as("Tags & more")
    assert page.notice.text == "Saved as “Tags & more”."
    page.bar.use(ReportDefinition())
    page.saved_menu.fill()
    first = page.saved_menu.actions()[0]
    assert first.text() == "Tags && more"
    first.trigger()
    settled(page, qtbot)
    assert rows(page) == [("No tags", "1:00")]
    page.save_as("last week")
    assert page.notice.text.startswith("“last week” names days")
    page.saved_menu.removed.emit("Tags & more")
    page.saved_menu.fill()
    assert page.saved_menu.actions()[0].isSeparator()
    page.notice.undo.click()
    page.saved_menu.fill()
    assert page.saved_menu.actions()[0].text() == "Tags && more"
    before = len(page.saved_menu.children())
    page.saved_menu.fill()
    assert len(page.saved_menu.children()) == before, "however often it opens, it keeps no more"
    remove = page.saved_menu.actions()[-1].menu()
    assert isinstance(remove, QMenu)
    (each,) = remove.actions()
    with qtbot.waitSignal(page.saved_menu.removed) as removed:
        each.trigger()
    assert removed.args == ["Tags & more"]


def test_files_and_text(page: ReportsPage, tmp_path: Path) -> None:
    for form in ("csv", "pdf", "png"):
        page.write(str(tmp_path / f"report.{form}"), form)
        assert page.notice.text == f"Wrote {tmp_path / f'report.{form}'}."
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert table[:2] == [
        ["Project", "Duration", "Hours", "Billable duration"],
        ["算法", "03:00:00", "3.0000", "00:00:00"],
    ]
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert QImage(str(tmp_path / "report.png")).width() == 1_920
    page.copy_text()
    assert QGuiApplication.clipboard().text() == (
        "9 – 15 Feb 2026\n算法: 3:00\nAcme: 1:30\nNo project: 0:10\nTotal: 4:40"
    )
    for form in ("csv", "pdf", "png"):
        page.write(str(tmp_path / "report.csv" / f"x.{form}"), form)
        assert "cannot be written" in page.notice.text


def test_nothing_is_read_while_it_is_hidden(page: ReportsPage, qtbot: QtBot) -> None:
    page.hide()
    before = page.body.content
    page.tracking.refresh()
    page.bar.use_range("last week")
    assert not page.loader.is_reading
    assert page.body.content is before
    page.show()
    settled(page, qtbot)
    assert rows(page) == [("Acme", "1:00")]


def test_only_what_is_wanted_last_is_shown(page: ReportsPage, qtbot: QtBot) -> None:
    shown: list[str] = []
    page.loader.arrived.connect(lambda content: shown.append(content.wish.definition.range_text))
    for words in ("year", "all", "month", "today"):
        page.bar.use_range(words)
    settled(page, qtbot)
    assert set(shown) == {"today"}


def test_one_that_goes_while_it_is_read_takes_its_thread_along(blank: Tracking) -> None:
    for _ in range(20):
        opened = ReportsPage(blank, TimeFormat())
        opened.show()
        assert opened.loader.is_reading
        shiboken6.delete(opened)  # Qt ended the program for a thread that still ran


@pytest.mark.parametrize("words", ["today", "year", "all", "last 60 days"])
def test_every_range_has_bars(page: ReportsPage, qtbot: QtBot, words: str) -> None:
    page.bar.use_range(words)
    settled(page, qtbot)
    content = page.body.content
    assert content is not None
    counts = {"today": 24, "year": 12, "all": 10, "last 60 days": 9}
    assert len(content.bars) == counts[words]
    assert not page.grab().isNull()


def test_nothing_tracked(blank: Tracking, qtbot: QtBot) -> None:
    opened = ReportsPage(blank, TimeFormat())
    qtbot.addWidget(opened)
    opened.show()
    settled(opened, qtbot)
    assert opened.body.figures[0].value == "0:00"
    assert opened.body.table.accessibleName() == "Nothing was tracked then."
    assert not opened.grab().isNull()
    opened.loader.stop()
