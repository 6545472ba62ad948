from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tray import clock
from tray.tracker import favourites
from tray.tracker.draft import Draft
from tray.ui.menu import WIDEST, Do, Hotkeys, Row, TrayMenu, rows, shortened
from tray.ui.tracking import Tracking


def texts(tracking: Tracking) -> list[str]:
    return [row.text for row in rows(tracking.snapshot, Hotkeys(), now=clock.now())]


def find(tracking: Tracking, start: str) -> Row:
    found = rows(tracking.snapshot, Hotkeys(), now=clock.now())
    return next(row for row in found if row.text.startswith(start))


def action(menu: QMenu, start: str) -> QAction:
    return next(each for each in menu.actions() if each.text().startswith(start))


def test_a_new_user_is_told_what_to_do(blank: Tracking) -> None:
    assert texts(blank)[:2] == ["Nothing is running", "Quick start…"]
    assert "Favourites" not in texts(blank)
    assert "Recent" not in texts(blank)
    assert texts(blank)[-1] == "Quit"


def test_the_running_entry_stands_first_with_its_time(tracking: Tracking) -> None:
    tracking.start(Draft("Email", "Acme"), at=clock.now() - 3725)
    head = rows(tracking.snapshot, Hotkeys("Ctrl+1", "Ctrl+2"), now=clock.now())[:3]
    assert head[0].text.startswith("1:02:0")
    assert head[0].text.endswith("Email · Acme")
    assert head[0].colour
    assert head[1] == Row("Stop", Do.TOGGLE, hotkey="Ctrl+2")
    assert head[2] == Row("Quick start…", Do.QUICK_START, hotkey="Ctrl+1")


def test_stopped_it_offers_to_continue_the_latest(tracking: Tracking) -> None:
    assert find(tracking, "Continue").text == "Continue Review · Acme"


def test_projects_used_most_stand_in_for_favourites(tracking: Tracking) -> None:
    assert "Most used" in texts(tracking)
    assert find(tracking, "Acme").key == "1"
    assert find(tracking, "研究").key == "2"


def test_favourites_have_their_order_and_keys(tracking: Tracking) -> None:
    now = clock.now()
    for number in range(11):
        favourites.pin(tracking.db, Draft(f"Pinned {number}"), now=now)
    tracking.refresh()
    keys = [find(tracking, f"Pinned {number}").key for number in range(11)]
    assert keys == [*"123456789", "", ""]
    assert "Most used" not in texts(tracking)


def test_recent_entries_come_once_and_without_the_running_one(tracking: Tracking) -> None:
    tracking.resume()
    start = texts(tracking).index("Recent")
    recent = texts(tracking)[start + 1 : start + 4]
    assert recent == ["Call about the figures", "写算法 · 研究", "Write report · Acme"]


def test_undo_says_what_it_takes_back(tracking: Tracking) -> None:
    tracking.start(Draft("Email"))
    assert find(tracking, "Undo").text == "Undo start “Email”"


def test_names_with_ampersands_and_great_length_are_shown_well(
    tracking: Tracking, qtbot: QtBot
) -> None:
    tracking.start(Draft("R&D " + "very long " * 60))
    text = TrayMenu(tracking).menu.actions()[0].text()
    assert "R&&D" in text
    shown = text.replace("&&", "&")
    assert shown.endswith("…")
    assert len(shown) <= WIDEST + 1


def test_wide_characters_count_twice_when_a_row_is_shortened() -> None:
    assert shortened("写算法", 6) == "写算法"
    assert shortened("写算法们", 6) == "写算…"
    assert shortened("abc", 2) == "a…"


@given(st.text("aé写，́"), st.integers(2, 20))
def test_a_text_is_shortened_no_more_than_it_must(text: str, columns: int) -> None:
    short = shortened(text, columns)
    if columns_of(text) <= columns:
        assert short == text
    else:
        kept = short.removesuffix("…")
        assert short == f"{kept}…"
        assert text.startswith(kept)
        assert columns - 2 <= columns_of(kept) <= columns - 1


def columns_of(text: str) -> int:
    accents = text.count("\u0301")
    return len(text) - accents + sum(text.count(wide) for wide in "写，")


def test_choosing_a_row_says_which(tracking: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(tracking)
    with qtbot.waitSignal(menu.chosen) as signal:
        action(menu.menu, "&1").trigger()
    (row,) = signal.args or [None]
    assert isinstance(row, Row)
    assert row.do is Do.START
    assert row.what == tracking.snapshot.most_used[0]


def test_headings_cannot_be_chosen(tracking: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(tracking)
    for heading in ("Most used", "Recent", "Today"):
        assert not action(menu.menu, heading).isEnabled()


def test_the_time_ticks_only_while_the_menu_is_open(tracking: Tracking, qtbot: QtBot) -> None:
    tracking.start(Draft("Email"))
    menu = TrayMenu(tracking)
    ticker = menu._ticker
    assert not ticker.active
    menu.menu.popup(menu.menu.pos())
    assert ticker.active
    before = menu.menu.actions()[0].text()
    qtbot.waitUntil(lambda: menu.menu.actions()[0].text() != before, timeout=3000)
    menu.menu.close()
    assert not ticker.active


def test_it_follows_what_happens(tracking: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(tracking)
    assert action(menu.menu, "Continue")
    tracking.start(Draft("Email"))
    assert action(menu.menu, "Stop")
