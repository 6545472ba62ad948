"""Absences on a real desktop: seen, asked about once, answered in each way, and never lost."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.presence import FakeLogind, FakeMutter
from tests.fakes.user import User
from tests.rig.absence import LEFT, QUESTION, leave_a_question
from tests.rig.desktop import Desktop, Program
from tests.rig.notifications import Notification
from tests.rig.running import Running, started
from tests.rig.screen import Window
from tests.rig.waiting import wait_until
from tray.model.presence.long_run import LongRun
from tray.model.presence.nothing_running import Snooze
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.store import absences, heartbeat
from tray.store.heartbeat import Heartbeat
from tray.store.opening import open_database
from tray.tracker import favourites
from tray.tracker.resolve import Draft
from tray.ui.input_guard import QUIET_MS

ONE_PANEL: Final = pytest.mark.parametrize("desktop", ["xembed"], indirect=True)
SNI: Final = pytest.mark.parametrize("desktop", ["sni"], indirect=True)
BOTH: Final = pytest.mark.parametrize("by", ["menu", "notification"])
TITLE: Final = "Away"
NOTHING: Final = "Nothing is running"
BEGAN: Final = 3_600
"""Seconds before now: the entry's start."""
A_MINUTE: Final = 60
SLACK: Final = 90
SETTLING_SECONDS: Final = 0.4


@pytest.fixture
def tray(desktop: Desktop, tmp_path: Path) -> Running:
    return Running(desktop, tmp_path / "home")


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
    time.sleep(QUIET_MS / 1_000)
    tray.desktop.press(key)
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == expected
    wait_until(gone(tray))
    undo = tray.desktop.notifications.wait_for("Email")
    tray.desktop.notifications.choose(undo, "undo")
    wait_until(lambda: state(tray) == "undone")
    assert spans(tray) == KEPT


@ONE_PANEL
def test_what_is_typed_as_the_window_comes_up_answers_nothing(tray: Running) -> None:
    leave_a_question(tray)
    started(tray)
    window = wait_for_window(tray)
    tray.desktop.screen.activate(window)  # as some desktops do by themselves
    end = time.monotonic() + 2 * QUIET_MS / 1_000
    while time.monotonic() < end:
        for key in ("2", "enter", "space", "esc", "alt+d", "alt+2"):
            tray.desktop.press(key)
            time.sleep(0.05)
    assert TITLE in (getattr(tray.desktop.screen.focused(), "title", ""))
    time.sleep(SETTLING_SECONDS)
    assert state(tray) == "open"
    assert spans(tray) == KEPT
    place = wait_for_window(tray).place
    tray.desktop.click(place.centre[0], place.y + place.height - 6)  # below the answers
    time.sleep(SETTLING_SECONDS)
    tray.desktop.press("3")
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == CONTINUED


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
    (remove,) = (row.label for row in item.menu() if row.label.startswith("    Remove "))
    item.choose(remove)
    wait_until(lambda: state(tray) == "answered")
    assert spans(tray) == CONTINUED


@SNI
def test_the_tooltip_stays_true_while_nobody_is_there(tray: Running) -> None:
    assert tray.command("start", "Email -60m").returncode == 0
    ((entry_id,),) = tray.rows("SELECT id FROM entry")
    time.sleep(3)  # the desktop was made ready by moving the pointer: that was input
    almost = int(time.time()) + 12  # from when on all lengths are whole minutes
    with open_database(str(tray.folder / "toggl-tray.db")) as db:
        db.run("UPDATE entry SET start = ?", (almost - BEGAN,))
        lasts = (AwayPeriod(almost - LEFT),)
        absences.record(db, Absence(1, int(str(entry_id)), Cause.IDLE, AbsenceState.OPEN, lasts))
    item = started(tray).wait_for_icon().item
    assert item is not None
    left = time.localtime(almost - LEFT)
    since = f"{left.tm_hour}:{left.tm_min:02}"
    wait_until(lambda: item.tooltip.startswith("Away since "))
    lines = item.tooltip.splitlines()
    assert lines[0].endswith(since)
    assert "Running for 0:59" in lines
    wait_until(lambda: "Running for 1:00" in item.tooltip, 20)
    assert item.tooltip.splitlines()[0] == lines[0]


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
    tray.desktop.screen.activate(tray.desktop.screen.wait_for_window("Timer"))
    wait_until(lambda: (now := tray.desktop.screen.focused()) and "Timer" in now.title)
    tray.desktop.press("shift")
    left = time.time()
    wait_until(lambda: tray.desktop.windows(TITLE), A_MINUTE + SLACK)
    assert time.time() - left > A_MINUTE - 5
    focused = tray.desktop.screen.focused()
    assert focused is not None
    assert "Timer" in focused.title
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


@pytest.fixture
def user() -> Iterator[User]:
    made = User()
    yield made
    made.leave()


@pytest.fixture
def logind(tray: Running, system: BusDaemon) -> Iterator[FakeLogind]:
    tray.variables["DBUS_SYSTEM_BUS_ADDRESS"] = system.address
    made = FakeLogind(system.address, kind="x11")
    yield made
    made.stop()


@pytest.fixture
def mutter(tray: Running, user: User) -> Iterator[FakeMutter]:
    made = FakeMutter(tray.desktop.variables["DBUS_SESSION_BUS_ADDRESS"], user)
    yield made
    made.stop()


def use(tray: Running, settings: str) -> None:
    file = tray.folder / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(settings, encoding="utf-8")


def watched(tray: Running, logind: FakeLogind, settings: str) -> None:
    """The tray with an entry, which has asked for a delay of the next sleep."""
    use(tray, settings)
    assert tray.command("start", "Email -60m").returncode == 0
    with open_database(str(tray.folder / "toggl-tray.db")) as db:
        db.run("UPDATE step SET at = at - 3600")  # it was started then, not just now
    started(tray)
    wait_until(logind.held)


@ONE_PANEL
def test_a_sleep_waits_until_the_stop_is_on_disk(tray: Running, logind: FakeLogind) -> None:
    watched(tray, logind, 'on_sleep = "stop now"\n')
    with open_database(str(tray.folder / "toggl-tray.db")) as other, other.writing():
        logind.prepare("Sleep", True)
        time.sleep(SETTLING_SECONDS)
        assert logind.held()
        assert tray.running() == "Email"
    wait_until(lambda: not logind.held())
    ((stop,),) = tray.rows("SELECT stop FROM entry")
    assert stop is not None
    assert abs(float(str(stop)) - time.time()) < 5
    logind.prepare("Sleep", False)
    wait_until(logind.held)


@ONE_PANEL
def test_a_lock_stops_at_the_last_input(tray: Running, logind: FakeLogind) -> None:
    watched(tray, logind, 'on_lock = "stop at last input"\n')
    tray.desktop.press("shift")
    last_input = time.time()
    time.sleep(3)
    logind.set(LockedHint=True)
    tray.wait_for_running(None)
    ((stop,),) = tray.rows("SELECT stop FROM entry")
    assert abs(float(str(stop)) - last_input) <= 2


@ONE_PANEL
@pytest.mark.parametrize("locked", [True, False], ids=["in a lock", "alone"])
def test_a_sleep_is_asked_about_once(
    tray: Running, logind: FakeLogind, mutter: FakeMutter, user: User, locked: bool
) -> None:
    watched(tray, logind, 'on_idle = "nothing"\n')
    wait_until(lambda: mutter.watches)
    user.idle_for(1_800_000)
    if locked:
        logind.set(LockedHint=True)
        wait_until(lambda: tray.rows("SELECT id FROM absence"))
    logind.prepare("Sleep", True)
    wait_until(lambda: not logind.held())
    logind.prepare("Sleep", False)
    wait_until(logind.held)
    logind.set(LockedHint=False)
    user.touch()
    wait_for_window(tray)
    wait_for_notification(tray)
    ((cause, stretches),) = tray.rows("SELECT cause, stretches FROM absence")
    assert cause == ("lock" if locked else "sleep")
    ((begin, back),) = json.loads(str(stretches))
    assert abs(back - time.time()) < 15
    assert abs(back - begin - 1_800) < 15
    assert len(tray.desktop.windows(TITLE)) == 1
    assert len([each for each in tray.desktop.notifications.sent() if "away" in each.title]) == 1
    assert tray.running() == "Email"


def choose(tray: Running, program: Program, told: Notification, key: str, *, by: str) -> None:
    """Decide by the button of a notification, or by the row of the menu that says the same."""
    if by == "notification":
        tray.desktop.notifications.choose(told, key)
    else:
        item = program.wait_for_icon().item
        assert item is not None
        item.choose(f"    {told.actions[key]}")


@SNI
@BOTH
def test_the_morning_after_one_click_repairs_the_entry(tray: Running, by: str) -> None:
    use(tray, 'on_quit = "nothing"\n')
    assert tray.command("start", "Email -30h").returncode == 0
    left = int(time.time()) - 72_000
    with open_database(str(tray.folder / "toggl-tray.db")) as db:
        heartbeat.write(db, Heartbeat(left + 3_600, AwayPeriod(left)))
    program = started(tray)
    told = tray.desktop.notifications.wait_for("Still running since")
    assert "Stop there?" in told.body
    choose(tray, program, told, LongRun.STOP_AT_LAST_INPUT, by=by)
    tray.wait_for_running(None)
    assert tray.rows("SELECT stop FROM entry") == [(left,)]
    wait_until(lambda: told.id not in {each.id for each in tray.desktop.notifications.shown()})


TIME_GOES_BY: Final = """
import pathlib, runpy, sys, time
mark = pathlib.Path(sys.argv.pop(1))
def later(clock):
    return lambda *which: clock(*which) + 1_000 * mark.exists()
for name in ("time", "monotonic", "clock_gettime"):
    setattr(time, name, later(getattr(time, name)))
runpy.run_module("tray", run_name="__main__", alter_sys=True)
"""
"""The tray, for which it is much later as soon as there is a file."""


@SNI
@BOTH
def test_nothing_runs_and_the_user_wants_to_be_left_alone(
    tray: Running, tmp_path: Path, by: str
) -> None:
    use(tray, 'working_hours = "mon-sun 0:00-24:00"\n')
    assert tray.command("start", "Email -60m").returncode == 0
    assert tray.command("stop").returncode == 0
    mark = tmp_path / "much later"
    program = tray.desktop.run([sys.executable, "-c", TIME_GOES_BY, str(mark)], tray.variables)
    program.wait_for_icon()
    due = "SELECT due_at FROM reminder WHERE kind = 'nothing running'"
    wait_until(lambda: tray.rows(due))
    assert not [each for each in tray.desktop.notifications.shown() if NOTHING in each.title]
    mark.touch()
    with open_database(str(tray.folder / "toggl-tray.db")) as db:
        favourites.pin(db, Draft("Reading"), now=int(time.time()))
    told = tray.desktop.notifications.wait_for(NOTHING)
    choose(tray, program, told, Snooze.QUARTER, by=by)
    sql = "SELECT snoozed_until FROM reminder WHERE kind = 'nothing running'"
    wait_until(lambda: tray.rows(sql) != [(None,)])
    ((until,),) = tray.rows(sql)
    assert abs(float(str(until)) - time.time() - 1_000 - 900) < 15
    wait_until(lambda: told.id not in {each.id for each in tray.desktop.notifications.shown()})
