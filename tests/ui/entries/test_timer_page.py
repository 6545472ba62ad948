"""The window as a whole: searching, empty states, time going by, light and dark."""

from datetime import UTC, date, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPaintEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import (
    CTRL,
    SHIFT,
    add,
    choose,
    edit,
    entry_named,
    press,
    row_with,
    shown,
    texts,
)
from tray.model import limits
from tray.model.formats import TimeFormat
from tray.store.database import Database
from tray.tracker import catalogue, entries
from tray.tracker.resolve import Draft
from tray.ui.entries import row_layout
from tray.ui.entries.timer_page import TimerPage
from tray.ui.labels import ThemedLabel, subdued, warning
from tray.ui.legible import contrast
from tray.ui.theme import DARK, LIGHT, UNIT, Theme, chip_colours, palette_of, theme

Key = Qt.Key


def active_timers(window: TimerPage) -> set[str]:
    return {timer.objectName() for timer in window.findChildren(QTimer) if timer.isActive()}


def search(window: TimerPage, text: str, qtbot: QtBot) -> list[str]:
    window.toolbar.search.setText(text)
    qtbot.waitUntil(lambda: window.model.complete)
    return texts(window)


def test_searching_lists_what_fits_with_totals_of_that(window: TimerPage, qtbot: QtBot) -> None:
    everything = texts(window)
    assert search(window, "report", qtbot) == ["[2026-03-03 90]", "Write report"]
    assert search(window, "acme", qtbot) == [
        "[2026-03-04 45]",
        "Review",
        "[2026-03-03 90]",
        "Write report",
    ]
    assert search(window, "", qtbot) == everything


def test_what_is_looked_for_stays_so_when_something_changes(
    window: TimerPage, db: Database, qtbot: QtBot
) -> None:
    search(window, "report", qtbot)
    add(db, "Second report", "2026-03-04 12:00", "2026-03-04 13:00")
    add(db, "Something else", "2026-03-04 13:00", "2026-03-04 14:00")
    window.tracking.refresh()
    qtbot.waitUntil(lambda: window.model.complete)
    assert texts(window) == [
        "[2026-03-04 60]",
        "Second report",
        "[2026-03-03 90]",
        "Write report",
    ]


def test_a_new_name_fits_what_is_looked_for_at_once(
    window: TimerPage, db: Database, qtbot: QtBot
) -> None:
    search(window, "umbrella", qtbot)
    window.tracking.run(lambda now: catalogue.rename(db, "project", 2, "Umbrella", now=now))
    qtbot.waitUntil(lambda: texts(window) == ["[2026-03-03 60]", "写算法"])
    assert window.view.isVisible()


def test_a_search_without_hits_says_so_and_can_be_cleared(window: TimerPage, qtbot: QtBot) -> None:
    assert search(window, "nothing like it", qtbot) == []
    assert window.empty.isVisible()
    assert window.empty.title.text() == "No entry fits “nothing like it”"
    shown_buttons = [
        button for button in window.empty.findChildren(QAbstractButton) if button.isVisible()
    ]
    assert [button.text() for button in shown_buttons] == ["Clear the search"]
    shown_buttons[0].click()
    assert window.view.isVisible()
    assert window.toolbar.search.text() == ""


def test_the_keys_of_searching(window: TimerPage, qtbot: QtBot) -> None:
    press(window.view, Key.Key_F, CTRL)
    assert window.toolbar.search.hasFocus()
    QTest.keyClicks(window.toolbar.search, "call")
    assert texts(window) == ["[2026-03-02 30]", "Call"]
    press(window.toolbar.search, Key.Key_Escape)
    assert window.toolbar.search.text() == ""
    search(window, "call", qtbot)
    press(window.toolbar.search, Key.Key_Down)
    assert window.view.hasFocus()
    assert window.view.current_id() == entry_named(window.tracking.db, "Call").id


def test_letters_typed_into_the_list_look_for_entries(window: TimerPage) -> None:
    choose(window, "Review")
    press(window.view, Key.Key_C)
    assert window.toolbar.search.text() == "c"
    assert window.toolbar.search.hasFocus()


def test_nothing_tracked_yet_says_how_to_start(db: Database, qtbot: QtBot) -> None:
    with shown(db, qtbot) as window:
        assert window.empty.isVisible()
        assert window.empty.title.text() == "Nothing tracked yet"
        buttons = {
            button.text(): button
            for button in window.empty.findChildren(QAbstractButton)
            if button.isVisible()
        }
        assert list(buttons) == ["Quick start…", "Add an entry"]
        with qtbot.waitSignal(window.quick_start_wanted):
            buttons["Quick start…"].click()
        buttons["Add an entry"].click()
        assert window.drawer is not None
        window.tracking.start(Draft("First"))
        assert window.view.isVisible()
        assert texts(window)[1] == "First"
        window.tracking.undo()
        qtbot.waitUntil(window.empty.isVisible)


def test_ctrl_n_opens_quick_start(window: TimerPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.quick_start_wanted):
        press(window.view, Key.Key_N, CTRL)


def test_ctrl_shift_n_opens_the_line_once(window: TimerPage) -> None:
    press(window.view, Key.Key_N, CTRL | SHIFT)
    line = window.drawer
    assert line is not None
    press(window.view, Key.Key_N, CTRL | SHIFT)
    assert window.drawer is line
    press(line.controls()[0], Key.Key_Escape)
    assert window.drawer is None
    assert window.view.hasFocus()


def test_the_running_entry_ticks_once_a_second_while_it_is_seen(
    window: TimerPage, qtbot: QtBot
) -> None:
    assert "entries elapsed" not in active_timers(window)
    window.tracking.start(Draft("Now"))
    assert "entries elapsed" in active_timers(window)
    ticked: list[int] = []
    window.model.dataChanged.connect(lambda first, _: ticked.append(first.row()))
    qtbot.waitUntil(lambda: 1 in ticked)
    assert set(ticked) <= {0, 1}, "its row, and the heading of today"
    window.hide()
    assert active_timers(window) == set()
    window.show()
    assert "entries elapsed" in active_timers(window)
    window.tracking.stop()
    assert "entries elapsed" not in active_timers(window)


def test_a_hidden_window_does_nothing_until_it_is_shown(
    window: TimerPage, db: Database, qtbot: QtBot
) -> None:
    window.hide()
    before = texts(window)
    window.tracking.run(lambda now: entries.delete(db, [entry_named(db, "Review").id], now=now))
    assert window.model.rowCount() == len(before)
    assert active_timers(window) == set()
    window.show()
    qtbot.waitUntil(lambda: window.model.complete)
    assert "Review" not in texts(window)


class Painted(QObject):
    """Counts how often rows of the list are painted, and not only what its scroll bar covers."""

    def __init__(self, window: TimerPage) -> None:
        super().__init__(window)
        self.times = 0
        window.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's
        if isinstance(event, QPaintEvent):
            self.times += event.rect().width() > 2 * UNIT
        return super().eventFilter(watched, event)


def test_history_that_comes_in_below_what_is_seen_paints_nothing_anew(
    db: Database, qtbot: QtBot
) -> None:
    for day in range(1, 600):
        add(db, "Piece of work", f"{days_before(day)} 09:00", f"{days_before(day)} 10:00")
    with shown(db, qtbot) as window:
        assert window.view.verticalScrollBar().maximum() > 0
        window.model.restart()
        window.view.fill()
        window.view.executeDelayedItemsLayout()
        window.view.viewport().repaint()
        assert not window.model.complete
        painted = Painted(window)
        qtbot.waitUntil(lambda: window.model.complete)
        QApplication.processEvents()
        assert painted.times == 0


def days_before(number: int) -> str:
    return (date(2026, 3, 5) - timedelta(days=number)).isoformat()


def test_at_midnight_the_days_are_named_anew(window: TimerPage, qtbot: QtBot) -> None:
    (midnight,) = (
        each for each in window.findChildren(QTimer) if each.objectName() == "entries midnight"
    )
    assert 0 < midnight.remainingTime() <= 86_400_000
    with qtbot.waitSignal(window.tracking.changed):
        midnight.start(0)


def test_times_can_be_shown_in_twelve_hours(window: TimerPage) -> None:
    window.use_times(TimeFormat(UTC, twelve_hours=True))
    index = window.model.index(row_with(window, "Review"), 0)
    assert "10:00 AM – 10:45 AM" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert edit(window, "Review").times.start.value == "10:00 AM"


def test_everything_that_can_be_reached_has_a_name(window: TimerPage) -> None:
    edit(window, "Review")
    window.open_add()
    reachable = [
        *window.findChildren(QAbstractButton),
        *window.findChildren(QLineEdit),
        *window.findChildren(QAbstractItemView),
    ]
    nameless = [
        each
        for each in reachable
        if each.isVisible()
        and each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert nameless == []


def dark() -> QPalette:
    palette = QPalette(QColor("#37373c"), QColor("#2b2b2f"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1f1f23"))
    return palette


def test_labels_follow_the_desktop_into_the_dark(window: TimerPage, qtbot: QtBot) -> None:
    before = window.palette()
    QApplication.setPalette(dark())
    try:
        qtbot.waitUntil(lambda: theme(window.palette()).dark)
        look = theme(window.palette())
        qtbot.waitUntil(
            lambda: (
                window.footer.summary.palette().color(QPalette.ColorRole.WindowText) == look.subdued
            )
        )
        window.notice.tell("Something is wrong.", bad=True)
        text = window.notice.label.palette().color(QPalette.ColorRole.WindowText)
        assert contrast(text, look.base) >= 4.5
        assert window.grab().toImage().pixelColor(4, 300) == look.window
    finally:
        QApplication.setPalette(before)


def test_a_label_can_change_its_colour(window: TimerPage) -> None:
    label = ThemedLabel("text", window, tint=subdued)
    look = theme(window.palette())
    label.set_tint(warning)
    assert label.palette().color(QPalette.ColorRole.WindowText) == warning(look)


def test_a_row_is_drawn_in_its_projects_colour(window: TimerPage) -> None:
    row = row_with(window, "Review")
    area = window.view.visualRect(window.model.index(row, 0))
    chip = window.view.delegate.places(row, area).project
    drawn = window.view.viewport().grab().toImage()
    project = window.tracking.snapshot.names.projects[1]
    colours = chip_colours(project.colour, theme(window.palette()))
    ground = drawn.pixelColor(chip.right() - 5, chip.center().y())
    assert ground.name() == colours.ground.name()
    inside = (drawn.pixelColor(x, chip.center().y()) for x in range(chip.left(), chip.right()))
    assert colours.dot.name() in [each.name() for each in inside]


@pytest.mark.parametrize("text", ["写" * 300, "مراجعة " * 60, "word " * 100, "x" * 3_000])
def test_long_names_are_shortened_in_their_column(
    window: TimerPage, db: Database, text: str
) -> None:
    add(db, text, "2026-03-04 15:00", "2026-03-04 16:00", project="Acme")
    window.tracking.refresh()
    area = window.view.visualRect(window.model.index(1, 0))
    parts = window.view.delegate.places(1, area)
    drawn = window.view.viewport().grab().toImage()
    gap = range(parts.description.right() + 2, parts.project.left() - 2)
    rows = range(area.top() + 4, area.bottom() - 4)
    assert len({drawn.pixel(x, y) for x in gap for y in rows}) == 1


def test_a_narrow_window_keeps_the_signs_of_its_buttons(window: TimerPage) -> None:
    window.resize(640, 600)
    QApplication.processEvents()
    assert window.toolbar.filter.text() == ""
    assert window.toolbar.filter.accessibleName() == "Filter"
    window.resize(1_200, 600)
    QApplication.processEvents()
    assert window.toolbar.filter.text() == "Filter"
    assert window.toolbar.days.text() == "All days"


def test_buttons_say_what_they_do_only_beside_the_whole_hint_of_the_search(
    window: TimerPage,
) -> None:
    toolbar = window.toolbar
    for size in (13, 22):
        font = window.font()
        font.setPixelSize(size)
        window.setFont(font)
        for width in range(700, 1_500, 100):
            window.resize(width, 600)
            QApplication.processEvents()
            assert not toolbar.add.text() or toolbar.search.width() >= toolbar.search.hint_width
            assert toolbar.add.geometry().right() < toolbar.width()


def test_a_description_of_several_lines_has_room_for_all_of_them(
    window: TimerPage, db: Database
) -> None:
    text = "Plan the week\nand the month"
    with db.writing():
        db.run("UPDATE entry SET description = ? WHERE description = 'Review'", (text,))
    window.tracking.refresh()
    row = row_with(window, text)
    area = window.view.visualRect(window.model.index(row, 0))
    place = window.view.delegate.places(row, area).description
    metrics = window.view.fontMetrics()
    assert place.width() >= metrics.horizontalAdvance(limits.one_line(text))


def test_what_was_found_is_never_shortened(window: TimerPage, qtbot: QtBot) -> None:
    search(window, "e", qtbot)
    hits = window.toolbar.hits
    for width in (664, 860, 1_200):
        window.resize(width, 600)
        QApplication.processEvents()
        assert hits.text()
        assert hits.width() >= hits.fontMetrics().horizontalAdvance(hits.text())
        assert window.toolbar.search.width() >= 12 * UNIT
    search(window, "", qtbot)
    assert window.toolbar.filter.text() == "Filter"


def test_what_a_search_hides_is_selected_no_more(window: TimerPage, qtbot: QtBot) -> None:
    window.view.selectAll()
    assert window.verbs.delete.isEnabled()
    window.toolbar.search.setText("fits nothing at all")
    qtbot.waitUntil(lambda: window.model.rowCount() == 0)
    assert not window.view.selected_ids()
    assert not window.verbs.delete.isEnabled()
    assert not window.verbs.edit.isEnabled()
    assert "selected" not in window.footer.summary.text()


def test_times_of_twelve_hours_have_room_on_both_sides_of_noon(window: TimerPage) -> None:
    metrics = window.fontMetrics()
    clock = TimeFormat(twelve_hours=True)
    found = row_layout.widths(metrics, metrics, clock)
    for begin, end in ((710, 730), (1439, 0)):
        span = f"{clock.clock_time(begin)} – {clock.clock_time(end)}"
        assert metrics.horizontalAdvance(span) <= found.times


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_below_the_last_row_is_the_ground_of_the_window(window: TimerPage, look: Theme) -> None:
    window.setPalette(palette_of(look))
    window.resize(900, 1_200)
    QApplication.processEvents()
    viewport = window.view.viewport()
    image = viewport.grab().toImage()
    assert image.pixelColor(20, viewport.height() - 20).name() == look.window.name()
