import gc
import re
from functools import partial
from itertools import pairwise
from typing import Unpack
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tray import clock
from tray.model.formats import TimeFormat
from tray.model.panels import GNOME, PanelKind
from tray.model.presence.presence_values import AwayPeriod
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import account, heartbeat, quota_rows
from tray.store.account import LinkedAccount, SyncErrorKind
from tray.store.heartbeat import Heartbeat
from tray.tracker import catalogue, entries, favourites
from tray.tracker.resolve import Draft
from tray.ui import menu as menu_module
from tray.ui.menu import (
    WIDEST,
    HotkeyLabels,
    MenuAction,
    MenuRow,
    TrayMenu,
    height,
    label,
    rows,
    shortened,
)


def texts(tracking: Tracking) -> list[str]:
    return [row.text for row in rows(tracking.snapshot, HotkeyLabels(), now=clock.now())]


def find(tracking: Tracking, start: str) -> MenuRow:
    found = rows(tracking.snapshot, HotkeyLabels(), now=clock.now())
    return next(row for row in found if row.text.startswith(start))


def action(menu: QMenu, start: str) -> QAction:
    return next(each for each in menu.actions() if each.text().startswith(start))


def test_a_favourite_is_not_offered_while_its_project_is_archived(tracking: Tracking) -> None:
    now, db = clock.now(), tracking.db
    project = next(
        each for each in tracking.snapshot.names.projects.values() if each.name == "Acme"
    )
    for what in (Draft("Meet", "Acme"), Draft("Read")):
        step = entries.add(db, what, start=now - 60, stop=now, now=now)
        assert step.entry is not None
        favourites.pin(db, step.entry.what, now=now)
    offered = {False: ["Meet · Acme", "Read"], True: ["Read"]}
    for archived in (True, False):
        catalogue.archive(db, "project", project.id, now=now, archived=archived)
        tracking.refresh()
        shown = texts(tracking)
        begin, end = shown.index("Favourites") + 1, shown.index("Recent")
        assert [each for each in shown[begin:end] if each] == offered[archived]
        assert [what.description for what in tracking.snapshot.pinned][-1] == "Read"


def test_a_new_user_is_told_what_to_do(blank: Tracking) -> None:
    assert texts(blank)[0] == "Quick start…"
    assert "Favourites" not in texts(blank)
    assert "Recent" not in texts(blank)
    assert texts(blank)[-1] == "Quit"


def test_what_stops_comes_first_and_what_runs_below_it(tracking: Tracking) -> None:
    tracking.start(Draft("Email", "Acme"), at=clock.now() - 3725)
    head = rows(tracking.snapshot, HotkeyLabels("Ctrl+1", "Ctrl+2"), now=clock.now())[:4]
    assert head[0] == MenuRow("Stop", MenuAction.TOGGLE, hotkey="Ctrl+2")
    assert head[1].text.startswith("1:02:0")
    assert head[1].text.endswith("Email · Acme")
    assert head[1].colour
    assert head[1].do is MenuAction.RUNNING
    assert [row.do for row in head[2].more if row.text][-1] is MenuAction.STOP_EARLIER
    assert head[3] == MenuRow("Quick start…", MenuAction.QUICK_START, hotkey="Ctrl+1")


def test_it_can_be_stopped_at_a_moment_that_is_over(tracking: Tracking) -> None:
    now = clock.now()
    tracking.start(Draft("Email"), at=now - 12 * 60)
    row = find(tracking, "Stop at")
    assert [(each.do, each.at) for each in row.more if each.at] == [
        (MenuAction.STOP_AT, now - 300),
        (MenuAction.STOP_AT, now - 600),
    ]
    assert tracking.stop(at=row.more[0].at) is not None
    tracking.undo()
    with tracking.db.writing():
        heartbeat.write(tracking.db, Heartbeat(now, AwayPeriod(now - 400, now - 60)))
    tracking.refresh()
    assert [each.at for each in find(tracking, "Stop at").more if each.at][-1] == now - 400
    with tracking.db.writing():
        heartbeat.write(tracking.db, Heartbeat(now, AwayPeriod(now - 900, now - 60)))
    tracking.refresh()
    assert tracking.snapshot.last_input is None, "it was before the start"


def test_stopped_it_offers_to_continue_the_latest(tracking: Tracking) -> None:
    assert texts(tracking)[:2] == ["Continue Review · Acme", "Quick start…"]


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


def test_recent_entries_repeat_neither_favourites_nor_each_other(tracking: Tracking) -> None:
    now = clock.now()
    for number, tags in enumerate(((), ("calm",), ("deep",))):
        start = now - 9_000 + 100 * number
        entries.add(tracking.db, Draft("Same", tags=tags), start=start, stop=start + 9, now=now)
    favourites.pin(tracking.db, Draft("写算法", "研究"), now=now)
    tracking.refresh()
    shown = texts(tracking)
    recent = shown[shown.index("Recent") + 1 :]
    assert recent.count("Same") == 1
    assert "写算法 · 研究" not in recent
    assert shown.count("写算法 · 研究") == 1


def test_as_many_recent_entries_are_shown_as_there_is_room_for(tracking: Tracking) -> None:
    now = clock.now()
    for number in range(12):
        start = now - 9_000 + 100 * number
        draft = Draft(f"Done {number}")
        entries.add(tracking.db, draft, start=start, stop=start + 9, now=now)
        if number > 6:
            favourites.pin(tracking.db, draft, now=now)
    tracking.refresh()
    shown = texts(tracking)
    start = shown.index("Recent") + 1
    assert shown[start : shown.index("", start)] == [
        "Review · Acme",
        *(f"Done {number}" for number in (6, 5, 4, 3, 2)),
    ]


def filled(tracking: Tracking, *, favourite: int = 9) -> Snapshot:
    now = clock.now()
    for number in range(12):
        start = now - 9_000 + 100 * number
        entries.add(tracking.db, Draft(f"Done {number}"), start=start, stop=start + 9, now=now)
    for number in range(favourite):
        favourites.pin(tracking.db, Draft(f"Pinned {number}"), now=now)
    tracking.refresh()
    return tracking.snapshot


@pytest.mark.parametrize("favourite", [1, 9])
def test_what_does_not_fit_on_the_screen_stands_below_more(
    tracking: Tracking, favourite: int
) -> None:
    snapshot, now = filled(tracking, favourite=favourite), clock.now()
    whole = rows(snapshot, HotkeyLabels(), now=now)
    least = height(rows(snapshot, HotkeyLabels(), now=now, room=0))
    for room in range(40):
        shown = rows(snapshot, HotkeyLabels(), now=now, room=room)
        assert height(shown) <= max(room, least)
        below = [each for row in shown for each in row.more]
        assert {row.what for row in whole} == {row.what for row in [*shown, *below]}
        assert bool(below) == (shown != whole)
        for above, following in pairwise(shown):
            assert above.text or following.text
            assert above.text not in ("Favourites", "Recent") or following.do is MenuAction.START


def test_the_longer_group_gives_way_first(tracking: Tracking) -> None:
    snapshot = filled(tracking)
    fixed = height(rows(snapshot, HotkeyLabels(), now=0, room=0))
    shown = [row.text for row in rows(snapshot, HotkeyLabels(), now=0, room=fixed + 9)]
    begin = shown.index("Favourites")
    assert shown[begin : shown.index("More…") + 1] == [
        *("Favourites", "Pinned 0", "Pinned 1", "Pinned 2", ""),
        *("Recent", "Review · Acme", "Done 11", "Done 10", "More…"),
    ]


def test_on_a_low_screen_the_rest_is_chosen_from_a_menu_beside_it(
    tracking: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tracking)
    monkeypatch.setattr(menu_module, "room_for", lambda panel: 20)
    menu = TrayMenu(tracking)
    below = action(menu.menu, "More…").menu()
    assert isinstance(below, QMenu)
    with qtbot.waitSignal(menu.chosen) as signal:
        action(below, "&9").trigger()
    (row,) = signal.args or [None]
    assert isinstance(row, MenuRow)
    assert row.what == tracking.snapshot.pinned[8]


def test_digits_are_drawn_only_where_they_choose_a_row(tracking: Tracking) -> None:
    menu = TrayMenu(tracking)
    assert action(menu.menu, "&1  ")
    menu.use_panel(GNOME)
    assert not [each for each in menu.menu.actions() if "&1" in each.text()]
    menu.use_panel(PanelKind())
    assert action(menu.menu, "&1  ")


def test_the_totals_go_on_counting_while_it_is_open(
    tracking: Tracking, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracking.start(Draft("Email"))
    menu = TrayMenu(tracking)
    today = action(menu.menu, "Today")
    before, now = today.text(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 60)
    menu._ticker._tick()
    assert today.text() != before


def test_undo_says_what_it_takes_back(tracking: Tracking) -> None:
    tracking.start(Draft("Email"))
    assert find(tracking, "Undo").text == "Undo start “Email”"


def test_names_with_ampersands_and_great_length_are_shown_well(
    tracking: Tracking, qtbot: QtBot
) -> None:
    tracking.start(Draft("R&D " + "very long " * 60))
    made = TrayMenu(tracking)
    made.menu.popup(QPoint())
    text = made.menu.actions()[1].text()
    made.menu.hide()
    assert "R&&D" in text
    shown = text.replace("&&", "&")
    assert shown.endswith("…")
    assert len(shown) <= WIDEST + 1


@given(st.text("a&_ ", max_size=12), st.sampled_from(["", "1"]))
def test_qt_itself_shows_them_and_marks_nothing_but_the_key(text: str, key: str) -> None:
    written = label(MenuRow(text, key=key))
    assert re.sub("&(.)", r"\1", written) == (f"{key}  {text}" if key else text)
    assert re.findall("&([^&])", written.replace("&&", "")) == [*key]


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
    assert isinstance(row, MenuRow)
    assert row.do is MenuAction.START
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
    before = menu.menu.actions()[1].text()
    qtbot.waitUntil(lambda: menu.menu.actions()[1].text() != before)
    menu.menu.close()
    assert not ticker.active


def test_it_follows_what_happens(tracking: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(tracking)
    assert action(menu.menu, "Continue")
    tracking.start(Draft("Email"))
    assert action(menu.menu, "Stop")


def stand(tracking: Tracking, **values: Unpack[account.AccountChanges]) -> list[MenuRow]:
    """The rows of the exchange, which stands like this."""
    if account.read(tracking.db) is None:
        account.write(
            tracking.db, LinkedAccount("http://127.0.0.1/api/v9", "basic", "", 1, "Test User")
        )
    account.update(tracking.db, **values)
    tracking.refresh()
    found = rows(tracking.snapshot, HotkeyLabels(), now=clock.now())
    settings = next(at for at, row in enumerate(found) if row.do is MenuAction.SETTINGS)
    return found[settings + 2 : -2]


def test_without_an_account_the_menu_has_no_word_of_one(tracking: Tracking) -> None:
    assert not {MenuAction.SYNC, MenuAction.PROBLEMS, MenuAction.ACCOUNT} & {
        row.do for row in rows(tracking.snapshot, HotkeyLabels(), now=clock.now())
    }


def test_a_line_tells_how_the_exchange_stands(tracking: Tracking) -> None:
    (line,) = stand(tracking, history_complete=True, last_sync=clock.now() - 125)
    assert line == MenuRow("Synced 2 min ago", MenuAction.SYNC)
    tracking.start(Draft("Email"))
    (line,) = stand(tracking, error_kind=SyncErrorKind.OFFLINE, error_text="There is no network.")
    assert line == MenuRow("Offline, 1 change waiting", MenuAction.SYNC)


def test_the_line_opens_what_needs_the_user(tracking: Tracking) -> None:
    sentence = "The token is not accepted. Sign in again."
    (line,) = stand(
        tracking,
        history_complete=True,
        error_kind=SyncErrorKind.SIGN_IN_REFUSED,
        error_text=sentence,
    )
    assert line == MenuRow(sentence, MenuAction.ACCOUNT)
    started = tracking.start(Draft("Email"))
    assert started is not None
    tracking.db.run("UPDATE outbox SET state = 'refused', error = 'No.'")
    (line,) = stand(tracking, error_kind=SyncErrorKind.NONE, error_text="")
    assert line == MenuRow("1 change was not uploaded", MenuAction.PROBLEMS)
    assert stand(tracking, signed_in=False)[0].do is MenuAction.ACCOUNT


def test_the_next_exchange_is_told_in_the_users_time(tracking: Tracking) -> None:
    now = clock.now()
    stand(tracking, history_complete=True)
    quota_rows.write(tracking.db, "user", ["user", 30, 0, now + 600])
    tracking.refresh()
    times = TimeFormat(ZoneInfo("Asia/Kathmandu"), twelve_hours=True)
    found = rows(tracking.snapshot, HotkeyLabels(), now=now, times=times)
    line = next(row for row in found if row.do is MenuAction.SYNC)
    assert line.text == f"Next sync at {times.time_of_day(now + 600)}"


def test_a_wrong_clock_is_told_below(tracking: Tracking) -> None:
    _, clocks = stand(tracking, history_complete=True, clock_skew=-7200)
    assert clocks.text.startswith("This computer's clock is 2 hours fast")


def test_whoever_opens_the_menu_is_told_of(tracking: Tracking, qtbot: QtBot) -> None:
    shown = TrayMenu(tracking)
    with qtbot.waitSignal(shown.opened):
        shown.menu.aboutToShow.emit()


def test_an_action_stays_while_others_write(tracking: Tracking) -> None:
    shown = TrayMenu(tracking)
    stand(tracking, history_complete=True, last_sync=clock.now())
    before = shown.menu.actions()
    stand(tracking, last_sync=clock.now() - 3600)
    assert shown.menu.actions() == before, "or a click meant for one would be lost"
    chosen: list[MenuRow] = []
    shown.chosen.connect(chosen.append)
    action(shown.menu, "Synced 1 h ago").trigger()
    assert [row.do for row in chosen] == [MenuAction.SYNC]


def test_what_stays_keeps_its_action_when_other_rows_come_and_go(tracking: Tracking) -> None:
    shown = TrayMenu(tracking)

    def named() -> dict[str, QAction]:
        return {each.text(): each for each in shown.menu.actions() if each.text()}

    before = named()
    tracking.start(Draft("Email"))
    tracking.stop()
    after = named()
    stayed = before.keys() & after.keys()
    assert after.keys() - before.keys(), "there are other rows now"
    assert {"Quick start…", "Settings…", "Quit"} < stayed
    assert [text for text in stayed if after[text] is not before[text]] == []


def test_a_click_that_comes_late_starts_what_was_seen_or_nothing(tracking: Tracking) -> None:
    shown = TrayMenu(tracking)
    recent = [each for each, row in shown._rows.items() if row.do is MenuAction.START]
    wanted = [shown._rows[each].what for each in recent]
    chosen: list[MenuRow] = []
    shown.chosen.connect(chosen.append)
    for number in range(3):
        tracking.start(Draft(f"New {number}"))
        tracking.stop()
    for each, what in zip(recent, wanted, strict=True):
        chosen.clear()
        each.trigger()
        assert [row.what for row in chosen] in ([what], [])


def test_what_waits_for_a_word_stands_below_what_runs(tracking: Tracking) -> None:
    waiting = [MenuRow("You were away", MenuAction.ANSWER, about="absence 1", answer="default")]
    found = rows(tracking.snapshot, HotkeyLabels(), now=clock.now(), waiting=waiting)
    place = found.index(waiting[0])
    assert found[place - 1] == MenuRow()
    assert "Quick start…" in [row.text for row in found[:place]]


def test_an_action_never_comes_to_answer_another_question(tracking: Tracking) -> None:
    menu = TrayMenu(tracking)
    menu.waiting = lambda: [MenuRow("Keep", MenuAction.ANSWER, about="absence 1", answer="keep")]
    menu.fill()
    before = action(menu.menu, "Keep")
    menu.waiting = lambda: [MenuRow("Keep", MenuAction.ANSWER, about="absence 2", answer="keep")]
    menu.fill()
    assert action(menu.menu, "Keep") is not before


def test_however_often_its_rows_change_it_keeps_no_more(tracking: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(tracking)

    def kept(times: int) -> int:
        for number in range(times):
            below = (MenuRow("Switch", MenuAction.PROFILE, about=str(number)), MenuRow())
            menu.profiles = partial(tuple, [MenuRow("Profile", more=below)])
            menu.fill()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return sum(isinstance(each, QAction | QMenu) for each in gc.get_objects())

    assert kept(10) == kept(10)


def test_a_project_that_is_archived_is_not_offered_as_most_used(tracking: Tracking) -> None:
    (first, *_) = tracking.snapshot.most_used
    catalogue.archive(tracking.db, "project", first.project_id or 0, now=0)
    tracking.refresh()
    assert first not in tracking.snapshot.most_used


def test_other_profiles_are_chosen_beside_the_settings(tracking: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(tracking)
    below = (
        MenuRow("✓ Default", MenuAction.PROFILE, about="default"),
        MenuRow("Work & more", MenuAction.PROFILE, about="Work & more"),
        MenuRow(),
        MenuRow("Manage…", MenuAction.PROFILES),
    )
    menu.profiles = lambda: (MenuRow("Profile: Default", more=below),)
    menu.fill()
    opens = action(menu.menu, "Profile: ").menu()
    assert isinstance(opens, QMenu)
    assert [each.text() for each in opens.actions()] == [
        *("✓ Default", "Work && more", "", "Manage…")
    ]
    with qtbot.waitSignal(menu.chosen) as chosen:
        action(opens, "Work").trigger()
    assert chosen.args == [below[1]]
    menu.profiles = tuple
    menu.fill()
    assert not any(each.text().startswith("Profile") for each in menu.menu.actions())
