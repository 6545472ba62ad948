"""What needs the user stands below the timer bar, and so does work that takes long."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.entries.rig import CLOCK
from tray.model.durations import DAY
from tray.store import account, outbox
from tray.store.account import LinkedAccount
from tray.sync.progress import HistoryProgress
from tray.sync.status import Status
from tray.tracker.resolve import Draft
from tray.ui.main_window.banner_text import BannerAct, BannerContent, banner_content
from tray.ui.main_window.main_window import MainWindow

NOW = int(datetime(2026, 3, 5, 12, tzinfo=UTC).timestamp())
LINKED = LinkedAccount("https://api.track.toggl.com", "basic", "toggl v9", 7, "Test User")
HALF = HistoryProgress(NOW - 20 * DAY, NOW - 10 * DAY, is_older=False)


def content(status: Status | None, *, paused: bool = False) -> BannerContent | None:
    return banner_content(status, CLOCK, paused=paused, now=NOW)


@pytest.mark.parametrize(
    "status",
    [None, Status(), Status("in step"), Status("offline", pending=2), Status("signed out")],
)
def test_there_is_none_while_nothing_is_to_be_said(status: Status | None) -> None:
    assert content(status) is None


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status("attention", refused=1, refused_entries=1), "1 entry was not uploaded"),
        (Status("attention", refused=2, refused_entries=2), "2 entries were not uploaded"),
        (Status("attention", refused=2, refused_entries=1), "2 changes were not uploaded"),
        (Status("attention", conflicts=1), "1 field has two values"),
        (Status("attention", conflicts=3), "3 fields have two values"),
        (Status("trouble", error_text="Wrong token."), "Wrong token."),
    ],
)
def test_what_needs_the_user_can_be_mended_by_its_button(status: Status, text: str) -> None:
    found = content(status)
    assert found is not None
    assert (found.text, found.act, found.is_problem) == (text, BannerAct.MEND, True)


def test_the_first_exchange_shows_how_far_it_is_and_can_be_paused() -> None:
    status = Status("waiting", history_complete=False, history=HALF)
    found = content(status)
    assert found is not None
    assert found.text == "Fetching your entries; back to 2026-02-23 so far"
    assert found.share == pytest.approx(0.5)
    assert found.act is BannerAct.PAUSE
    resting = content(status, paused=True)
    assert resting is not None
    assert (resting.button, resting.act) == ("Go on", BannerAct.GO_ON)


def test_older_history_can_be_cancelled() -> None:
    found = content(Status("in step", history=HALF._replace(is_older=True)))
    assert found is not None
    assert (found.button, found.act) == ("Cancel", BannerAct.CANCEL)


def test_what_was_refused_brings_the_banner_and_a_click_asks_for_it(
    main_window: MainWindow, qtbot: QtBot
) -> None:
    assert not main_window.banner.isVisible()
    tracking = main_window.tracking
    with tracking.db.writing():
        account.write(tracking.db, LINKED)
        account.update(tracking.db, history_complete=True)
    tracking.start(Draft("New"))
    (item, *_) = outbox.items(tracking.db, "waiting")
    with tracking.db.writing():
        outbox.update(tracking.db, item.id, state="refused", error="No.")
    tracking.refresh()
    assert main_window.banner.isVisible()
    assert main_window.banner.label.text() == "1 entry was not uploaded"
    assert main_window.rail.sync.accessibleName() == "1 not uploaded"
    with qtbot.waitSignal(main_window.sync_wanted):
        main_window.banner.button.click()


def test_a_pause_is_asked_for_and_taken_back(main_window: MainWindow, qtbot: QtBot) -> None:
    tracking = main_window.tracking
    with tracking.db.writing():
        account.write(tracking.db, LINKED)
    tracking.refresh()
    assert main_window.banner.bar.isVisible()
    with qtbot.waitSignal(main_window.pull_wanted) as asked:
        main_window.banner.button.click()
    assert asked.args == ["pause"]
    assert main_window.banner.button.text() == "Go on"
    assert main_window.rail.sync.accessibleName() == "Paused"
    with qtbot.waitSignal(main_window.pull_wanted) as asked:
        main_window.banner.button.click()
    assert asked.args == ["go on"]


def test_no_more_older_history_is_asked_for(main_window: MainWindow, qtbot: QtBot) -> None:
    tracking = main_window.tracking
    with tracking.db.writing():
        account.write(tracking.db, LINKED)
        account.update(tracking.db, history_complete=True, older_from=0)
    tracking.refresh()
    with qtbot.waitSignal(main_window.pull_wanted) as asked:
        main_window.banner.button.click()
    assert asked.args == ["cancel"]
