"""Choosing what is listed: by what, in which days, and what is said of it."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import add, entry_named, press, shown, texts
from tray import clock
from tray.model.filters import Criterion, DayRange, FilterKind
from tray.store.database import Database
from tray.tracker import entries
from tray.ui.entries import filter_choices
from tray.ui.entries.timer_page import TimerPage

Key = Qt.Key


def listed(window: TimerPage, qtbot: QtBot) -> list[str]:
    """The descriptions of what is listed."""
    qtbot.waitUntil(lambda: window.model.complete)
    return [text for text in texts(window) if not text.startswith("[2026")]


def choose(window: TimerPage, text: str) -> None:
    """Open the filter, type and press Enter."""
    window.toolbar.filter.click()
    popup = window.toolbar._popup
    assert popup is not None
    popup.line.setText(text)
    press(popup.line, Key.Key_Return)
    press(popup, Key.Key_Escape)


def test_filters_are_found_by_typing_and_shown_as_chips(window: TimerPage, qtbot: QtBot) -> None:
    choose(window, "acm")
    assert listed(window, qtbot) == ["Review", "Write report"]
    assert [chip.text() for chip in window.toolbar.chips.chips] == ["Acme"]
    choose(window, "Design")
    assert listed(window, qtbot) == ["Review"]
    assert window.toolbar.hits.text() == "1 entry, 0:45"
    window.toolbar.chips.chips[0].click()
    assert [chip.text() for chip in window.toolbar.chips.chips] == ["Design (Acme)"]
    window.toolbar.chips.chips[0].click()
    assert len(listed(window, qtbot)) == 5
    assert not window.toolbar.chips.isVisible()


def test_two_of_a_kind_widen_what_is_listed(window: TimerPage, qtbot: QtBot) -> None:
    choose(window, "Acme")
    choose(window, "No project")
    assert listed(window, qtbot) == ["Review", "", "Write report", "Call"]
    assert window.toolbar.hits.text() == "4 entries, 2:55"


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (Criterion(FilterKind.TAG, 1), ["Call"]),
        (Criterion(FilterKind.TAG, 0), ["Review", "", "写算法", "Write report"]),
        (Criterion(FilterKind.TASK, 1), ["Review"]),
        (Criterion(FilterKind.BILLABLE, 1), ["Paid"]),
        (Criterion(FilterKind.WORKSPACE, 2), []),
        (Criterion(FilterKind.CLIENT, 1), ["写算法"]),
        (Criterion(FilterKind.NOT_UPLOADED), ["Review"]),
    ],
)
def test_each_kind_of_filter(
    db: Database, window: TimerPage, qtbot: QtBot, criterion: Criterion, expected: list[str]
) -> None:
    db.run("INSERT INTO client (workspace_id, name) VALUES (1, 'University')")
    db.run("UPDATE project SET client_id = 1 WHERE name = '研究'")
    if criterion.kind is FilterKind.BILLABLE:
        add(db, "Paid", "2026-03-04 12:00", "2026-03-04 13:00", billable=True)
    review = entry_named(db, "Review").id
    db.run("INSERT INTO outbox (of_table, row_id) VALUES ('entry', ?)", (review,))
    window.tracking.refresh()
    window.toolbar._toggle(criterion)
    assert listed(window, qtbot) == expected


def test_the_line_understands_the_signs_of_the_filters(
    db: Database, window: TimerPage, qtbot: QtBot
) -> None:
    add(db, "Paid", "2026-03-04 12:00", "2026-03-04 13:00", project="Acme", billable=True)
    window.tracking.refresh()
    for typed, expected in (
        ("$", ["Paid"]),
        ("@acme", ["Paid", "Review", "Write report"]),
        ("@acme rev", ["Review"]),
        ("#phone", ["Call"]),
        ("#phone $", []),
    ):
        window.toolbar.search.setText(typed)
        assert listed(window, qtbot) == expected, typed


def test_days_can_be_chosen(window: TimerPage, qtbot: QtBot) -> None:
    window.toolbar.show_days(DayRange(date(2026, 3, 2), date(2026, 3, 3)))
    assert listed(window, qtbot) == ["写算法", "Write report", "Call"]
    assert window.toolbar.days.text() == "2 – 3 Mar 2026"
    window.toolbar.show_days(None)
    assert len(listed(window, qtbot)) == 5
    assert window.toolbar.days.text() == "All days"


def test_days_are_picked_in_a_calendar(window: TimerPage, qtbot: QtBot) -> None:
    menu = window.toolbar.days_menu
    menu._make_calendars()
    assert menu._first is not None
    assert menu._last is not None
    menu._first.setSelectedDate(QDate(2026, 3, 4))
    menu._last.setSelectedDate(QDate(2026, 3, 3))
    menu._on_picked()
    assert window.toolbar.filters.days == DayRange(date(2026, 3, 3), date(2026, 3, 4))
    assert listed(window, qtbot) == ["Review", "", "写算法", "Write report"]


def test_of_what_reaches_beyond_the_days_only_the_part_counts(db: Database, qtbot: QtBot) -> None:
    add(db, "Night", "2026-03-03 23:00", "2026-03-04 01:30")
    with shown(db, qtbot) as window:
        window.toolbar.show_days(DayRange(date(2026, 3, 4), date(2026, 3, 4)))
        assert listed(window, qtbot) == ["Night"]
        assert window.toolbar.hits.text() == "1 entry, 1:30"


def test_a_range_with_a_name_is_called_by_it(
    window: TimerPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    now = int(datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp())
    monkeypatch.setattr(clock, "now", lambda: now)
    this_week = window.toolbar.days_menu.actions()[4]
    assert this_week.text() == "This week"
    this_week.trigger()
    assert window.toolbar.days.text() == "This week"
    assert len(listed(window, qtbot)) == 5


def test_what_a_filter_hides_is_selected_no_more(window: TimerPage, qtbot: QtBot) -> None:
    window.view.selectAll()
    choose(window, "研究")
    assert listed(window, qtbot) == ["写算法"]
    assert not window.view.selected_ids()
    assert not window.verbs.delete.isEnabled()


def test_filters_without_hits_say_so_and_can_be_cleared(window: TimerPage, qtbot: QtBot) -> None:
    choose(window, "Not uploaded")
    assert listed(window, qtbot) == []
    assert window.empty.title.text() == "No entry fits these filters"
    window._clear_button.click()
    assert len(listed(window, qtbot)) == 5


def test_what_is_filtered_by_follows_its_name(window: TimerPage, qtbot: QtBot) -> None:
    choose(window, "Acme")
    db = window.tracking.db
    db.run("UPDATE project SET name = 'Umbrella' WHERE name = 'Acme'")
    window.tracking.refresh()
    assert [chip.text() for chip in window.toolbar.chips.chips] == ["Umbrella"]
    assert listed(window, qtbot) == ["Review", "Write report"]


def test_an_entry_that_comes_to_fit_is_listed(
    window: TimerPage, db: Database, qtbot: QtBot
) -> None:
    choose(window, "研究")
    call = entry_named(db, "Call").id
    window.tracking.run(lambda now: entries.edit(db, [call], {"project": "研究"}, now=now))
    assert listed(window, qtbot) == ["写算法", "Call"]


def test_choices_go_by_pinyin_and_say_what_they_are(window: TimerPage) -> None:
    names = window.tracking.snapshot.names
    found = filter_choices.offers("yanjiu", names)
    assert [each.label for each in found][:1] == ["研究"]
    assert len(filter_choices.offers("", names)) >= 8
    gone = filter_choices.chosen([Criterion(FilterKind.TAG, 99)], names)
    assert [each.label for each in gone] == ["Deleted"]


def test_days_are_written_as_short_as_they_can() -> None:
    for first, last, text in (
        (date(2026, 3, 2), date(2026, 3, 2), "2 Mar 2026"),
        (date(2026, 3, 2), date(2026, 3, 9), "2 – 9 Mar 2026"),
        (date(2026, 3, 30), date(2026, 4, 2), "30 Mar – 2 Apr 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 Dec 2025 – 2 Jan 2026"),
    ):
        assert filter_choices.days_name(DayRange(first, last)) == text


def test_the_switches_of_the_list_are_settings(window: TimerPage, qtbot: QtBot) -> None:
    for button, key in (
        (window.toolbar.similar, "group_similar"),
        (window.toolbar.gaps, "show_gaps"),
    ):
        with qtbot.waitSignal(window.setting_chosen) as chosen:
            button.click()
        assert chosen.args == [key, True]
