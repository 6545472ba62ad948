"""Absences on a real desktop: seen, asked about once, answered in each way, and never lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.presence import FakeLogind
from tests.rig.desktop import Desktop, Program
from tests.rig.notifications import Notification
from tests.rig.running import Running, started
from tests.rig.screen import Window
from tests.rig.waiting import wait_until
from tray.model.presence.values import Absence, AbsenceState, Cause, Stretch
from tray.store import absences
from tray.store.database import Database

ONE_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)
SNI: Final = pytest.mark.parametrize("desktop", ["sni"], indirect=True)
TITLE: Final = "Away"
QUESTION: Final = "You were away for 0:30"
BEGAN: Final = 3_600
LEFT: Final = 2_400
BACK: Final = 600
"""Seconds before now: the entry's start, the last input, the return."""
A_MINUTE: Final = 60
SLACK: Final = 90
SETTLING_SECONDS: Final = 0.4


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    return Running(desktop, tmp_path / "home")


def leave_a_question(tray: Running) -> None:
    """As it is in the store of somebody who was away, and has not answered yet."""
    assert tray.command("start", "Email -60m").returncode == 0
    ((entry_id,),) = tray.rows("SELECT id FROM entry")
    now = int(time.time())
    away = (Stretch(now - LEFT, now - BACK),)
    with Database(str(tray.folder / "toggl-tray.db")) as db:
        question = Absence(1, int(str(entry_id)), Cause.IDLE, AbsenceState.OPEN, away)
        absences.record(db, question)


def wait_for_window(tray: Running) -> Window:
    return tray.desktop.screen.wait_for_window(TITLE)


def wait_for_focus(tray: Running) -> None:
    """Return when keys go to the window: it learns that a little later than others do."""
    wait_until(lambda: (now := tray.desktop.screen.focused()) and TITLE in now.title)
    time.sleep(SETTLING_SECONDS)


def wait_for_notification(tray: Running) -> Notification:
    return tray.desktop.notifications.wait_for(QUESTION)


def gone(tray: Running) -> Callable[[], bool]:
    return lambda: (
        not tray.desktop.windows(TITLE)
        and not any(each.title == QUESTION for each in tray.desktop.notifications.shown())
    )


def spans(tray: Running) -> list[tuple[str, int, int | None]]:
    """Description, start and stop of each entry, in minutes before now."""
    now = time.time()

    def ago(moment: object) -> int | None:
        return None if moment is None else round((now - float(str(moment))) / A_MINUTE)

    found = tray.rows("SELECT description, start, stop FROM entry ORDER BY start, id")
    return [(str(what), ago(start) or 0, ago(stop)) for what, start, stop in found]


def state(tray: Running) -> object:
    ((found,),) = tray.rows("SELECT state FROM absence")
    return found


KEPT: Final = [("Email", 60, None)]
STOPPED: Final = [("Email", 60, 40), ("Email", 10, 0)]
CONTINUED: Final = [("Email", 60, 40), ("Email", 10, None)]
SEPARATE: Final = [("Email", 60, 40), ("Email", 40, 10), ("Email", 10, None)]
SPLIT: Final = [("Email", 60, 40), ("Email", 40, None)]


@ONE_PANEL
def test_the_question_appears_once_and_leaves_the_focus_where_it_is(tray: Running) -> None:
    leave_a_question(tray)
    started(tray)
    wait_for_window(tray)
    wait_for_notification(tray)
    time.sleep(2)
    focused = tray.desktop.screen.focused()
    assert focused is None or TITLE not in focused.title
    assert len(tray.desktop.windows(TITLE)) == 1
    told = [each for each in tray.desktop.notifications.sent() if each.title == QUESTION]
    assert len(told) == 1
    assert spans(tray) == KEPT


@ONE_PANEL
@pytest.mark.parametrize(
    ("action", "expected"),
    [("keep", KEPT), ("discard and stop", STOPPED), ("discard and continue", CONTINUED)],
)
def test_the_notification_answers(
    tray: Running, action: str, expected: list[tuple[str, int, int | None]]
) -> None:
    leave_a_question(tray)
    started(tray)
    wait_for_window(tray)
    tray.desktop.notifications.choose(wait_for_notification(tray), action)
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == expected
    wait_until(gone(tray))


@ONE_PANEL
@pytest.mark.parametrize(
    ("key", "expected"),
    [("1", KEPT), ("2", STOPPED), ("3", CONTINUED), ("5", SEPARATE), ("6", SPLIT)],
)
def test_the_window_answers(
    tray: Running, key: str, expected: list[tuple[str, int, int | None]]
) -> None:
    leave_a_question(tray)
    started(tray)
    tray.desktop.screen.activate(wait_for_window(tray))
    wait_for_focus(tray)
    tray.desktop.press(key)
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == expected
    wait_until(gone(tray))
    undo = tray.desktop.notifications.wait_for("Email")
    tray.desktop.notifications.choose(undo, "undo")
    wait_until(lambda: state(tray) == "undone")
    assert spans(tray) == KEPT


@ONE_PANEL
def test_more_leads_to_the_window_where_the_time_is_given_to_something_else(tray: Running) -> None:
    leave_a_question(tray)
    started(tray)
    tray.desktop.notifications.choose(wait_for_notification(tray), "more")
    wait_for_focus(tray)
    tray.desktop.press("4")
    time.sleep(2 * SETTLING_SECONDS)
    tray.desktop.type("Phone call #urgent")
    tray.desktop.press("enter")
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == [("Email", 60, 40), ("Phone call", 40, 10), ("Email", 10, None)]


@SNI
def test_the_menu_answers_once_the_window_is_closed(tray: Running) -> None:
    leave_a_question(tray)
    item = started(tray).wait_for_icon().item
    assert item is not None
    tray.desktop.screen.close(wait_for_window(tray))
    wait_until(lambda: not tray.desktop.windows(TITLE))
    assert state(tray) == "open"
    assert QUESTION in [row.label for row in item.menu()]
    assert QUESTION in item.tooltip
    item.choose("    Discard and continue")
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == CONTINUED


@ONE_PANEL
def test_killed_and_started_again_it_asks_again(tray: Running) -> None:
    leave_a_question(tray)
    program = started(tray)
    wait_for_window(tray)
    program.kill()
    wait_until(lambda: not tray.desktop.windows(TITLE))
    tray.desktop.notifications.clear()
    started(tray)
    wait_for_window(tray)
    tray.desktop.notifications.choose(wait_for_notification(tray), "discard and continue")
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == CONTINUED


@ONE_PANEL
def test_nobody_at_the_keyboard_for_a_minute_is_asked_about_once(tray: Running) -> None:
    settings = tray.folder / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("idle_minutes = 1\nstart_hidden = false\n", encoding="utf-8")
    assert tray.command("start", "Email -30m").returncode == 0
    started(tray)
    tray.desktop.screen.activate(tray.desktop.screen.wait_for_window("Entries"))
    wait_until(lambda: (now := tray.desktop.screen.focused()) and "Entries" in now.title)
    tray.desktop.press("shift")
    left = time.time()
    wait_until(lambda: tray.desktop.windows(TITLE), A_MINUTE + SLACK)
    assert time.time() - left > A_MINUTE - 5
    focused = tray.desktop.screen.focused()
    assert focused is not None
    assert "Entries" in focused.title
    tray.desktop.press("shift")
    told = wait_until(
        lambda: [each for each in tray.desktop.notifications.shown() if "You were" in each.title],
        30,
    )
    assert len(told) == 1
    assert len(tray.rows("SELECT id FROM absence")) == 1
    tray.desktop.notifications.choose(told[0], "discard and stop")
    wait_until(lambda: state(tray) == "answered")
    ((_, stop),) = tray.rows("SELECT start, stop FROM entry ORDER BY start LIMIT 1")
    assert abs(float(str(stop)) - left) < 10


@pytest.fixture
def system(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


def with_logind(tray: Running, system: BusDaemon, settings: str) -> tuple[FakeLogind, Program]:
    """The tray, which has asked for a delay of the next sleep."""
    file = tray.folder / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(settings, encoding="utf-8")
    assert tray.command("start", "Email -30m").returncode == 0
    tray.variables["DBUS_SYSTEM_BUS_ADDRESS"] = system.address
    logind = FakeLogind(system.address, kind="x11")
    program = started(tray)
    wait_until(logind.held)
    return logind, program


@ONE_PANEL
def test_a_sleep_waits_until_the_stop_is_on_disk(tray: Running, system: BusDaemon) -> None:
    logind, _ = with_logind(tray, system, 'on_sleep = "stop now"\n')
    logind.prepare("Sleep", True)
    wait_until(lambda: not logind.held())
    ((stop,),) = tray.rows("SELECT stop FROM entry")
    assert stop is not None
    assert abs(float(str(stop)) - time.time()) < 5
    logind.prepare("Sleep", False)
    wait_until(logind.held)
    logind.stop()


@ONE_PANEL
def test_a_lock_stops_at_the_last_input(tray: Running, system: BusDaemon) -> None:
    logind, _ = with_logind(tray, system, 'on_lock = "stop at last input"\n')
    tray.desktop.press("shift")
    last_input = time.time()
    time.sleep(3)
    logind.set(LockedHint=True)
    tray.wait_for_running(None)
    ((stop,),) = tray.rows("SELECT stop FROM entry")
    assert abs(float(str(stop)) - last_input) <= 2
    logind.stop()
