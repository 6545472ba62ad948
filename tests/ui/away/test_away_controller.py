"""What is put before the user of absences and reminders, and what comes of the answers."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tray import clock, paths
from tray.desktop.notifier import ActionInvoked, Notification
from tray.desktop.support import WORKS, missing
from tray.model.days import Calendar
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.presence import long_run
from tray.model.presence.answers import AbsenceChoice
from tray.model.presence.due import ReminderKind
from tray.model.presence.overnight import OvernightProposal
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.session.presence_thread import PresenceThread
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import absences, entries, heartbeat
from tray.store.database import Database
from tray.store.heartbeat import Heartbeat
from tray.tracker import absences as presence_verbs
from tray.tracker import entries as verbs
from tray.tracker import favourites, timer
from tray.tracker.resolve import Draft
from tray.ui import change_notice
from tray.ui.away import questions
from tray.ui.away.absence_window import AbsenceWindow
from tray.ui.away.away_controller import AwayController
from tray.ui.away.long_run_window import LongRunWindow
from tray.ui.menu import MenuAction, MenuRow
from tray.workers.presence_sensors import Watched
from tray.workers.presence_worker import AutomaticStop, Snoozed
from tray.workers.reminder_planner import Reminder


class FakeWatching(PresenceThread):
    """Watches nothing, and remembers what it is told."""

    def __init__(self, tracking: Tracking, parent: QObject) -> None:
        super().__init__(paths.find({"TOGGL_TRAY_HOME": "/nowhere"}), tracking, parent)
        self.heard: list[object] = []

    def start(self) -> None:
        """There is no worker."""

    def dismissed(self, kind: ReminderKind) -> None:
        """The user is still working."""
        self.heard.append(kind)

    def snoozed(self, snoozed: Snoozed) -> None:
        """The user wants to be left alone."""
        self.heard.append(snoozed)


class Stage:
    """All of it but the worker and the desktop."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = clock.now()
        began = self.now - 7_200
        verbs.add(db, Draft("Earlier"), start=began - 600, stop=began, now=self.now)
        self.tracking = Tracking(db, Calendar())
        self.root = QObject()
        self.watching = FakeWatching(self.tracking, self.root)
        self.side = AwayController(self.watching, self.tracking, self.root)
        self.shown: dict[str, Notification] = {}
        self.wanted: list[MenuAction] = []
        self.side.notified.connect(lambda each: self.shown.update({each.id: each}))
        self.side.withdrawn.connect(lambda each: self.shown.pop(each, None))
        self.side.wanted.connect(self.wanted.append)
        self.side.start(Settings())

    def close(self) -> None:
        for window in QApplication.topLevelWidgets():
            window.close()
        self.side.stop()
        self.tracking.release()

    def start_entry(self, *, ago: int = 3_600) -> TimeEntry:
        self.tracking.start(Draft("Email"), at=self.now - ago)
        assert self.tracking.snapshot.running is not None
        return self.tracking.snapshot.running

    def ask(self, entry: TimeEntry, absence_id: int = 1) -> Absence:
        away = (AwayPeriod(self.now - 2_400, self.now - 600),)
        absence = Absence(absence_id, entry.id, Cause.LOCK, AbsenceState.OPEN, away)
        absences.record(self.db, absence)
        self.watching.question_due.emit(absence)
        return absence

    def remind(
        self, kind: ReminderKind, entry: TimeEntry | None = None, **more: object
    ) -> Reminder:
        reminder = Reminder(kind, self.now, entry)._replace(**more)  # type: ignore[arg-type]
        self.watching.reminded.emit(reminder)
        return reminder

    def answer(self, about: str, key: str) -> None:
        """By the notification."""
        assert key in [action.key for action in self.shown.pop(about).actions]
        self.side.answer(ActionInvoked(about, key))

    def choose(self, about: str, key: str) -> None:
        """By the menu."""
        self.side.choose(self.row(about, key))

    def row(self, about: str, key: str) -> MenuRow:
        return next(row for row in self.side.rows() if (row.about, row.answer) == (about, key))

    def spans(self) -> list[tuple[int, int | None]]:
        found = entries.starting_between(self.db, self.now - 5_000, self.now + 60)
        return sorted((each.start - self.now, each.stop and each.stop - self.now) for each in found)


@pytest.fixture
def stage(db: Database, qtbot: QtBot) -> Iterator[Stage]:
    del qtbot
    found = Stage(db)
    yield found
    found.close()


def window(kind: type[AbsenceWindow] | type[LongRunWindow]) -> AbsenceWindow | LongRunWindow | None:
    """The one that is to be seen; never more than one."""
    found = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, kind) and each.isVisible()
    ]
    assert len(found) <= 1
    return found[0] if found else None


BY: list[Callable[[Stage, str, str], None]] = [Stage.answer, Stage.choose]
WAYS = pytest.mark.parametrize("by", BY, ids=["notification", "menu"])


def test_a_question_comes_as_window_notification_rows_and_mark(stage: Stage, qtbot: QtBot) -> None:
    stage.ask(stage.start_entry())
    assert [each.key for each in stage.shown["absence 1"].actions] == [
        questions.OPEN,
        AbsenceChoice.KEEP,
        AbsenceChoice.DISCARD_AND_STOP,
        AbsenceChoice.DISCARD_AND_CONTINUE,
        questions.MORE,
    ]
    assert stage.row("absence 1", AbsenceChoice.KEEP).text.strip() == "Keep 0:30"
    assert stage.side.attention() == "You were away for 0:30"
    qtbot.waitUntil(lambda: window(AbsenceWindow) is not None)


@WAYS
@pytest.mark.parametrize(
    ("choice", "spans", "said"),
    [
        (AbsenceChoice.KEEP, [(-3_600, None)], "Kept 0:30"),
        (
            AbsenceChoice.DISCARD_AND_CONTINUE,
            [(-3_600, -2_400), (-600, None)],
            "Removed 0:30, went on",
        ),
    ],
)
def test_an_answer_is_carried_out_confirmed_and_the_rest_is_taken_back(
    stage: Stage,
    qtbot: QtBot,
    by: Callable[[Stage, str, str], None],
    choice: AbsenceChoice,
    spans: list[tuple[int, int | None]],
    said: str,
) -> None:
    stage.ask(stage.start_entry())
    qtbot.waitUntil(lambda: window(AbsenceWindow) is not None)
    by(stage, "absence 1", choice)
    assert stage.spans() == spans
    assert window(AbsenceWindow) is None
    assert set(stage.shown) == {"change"}
    assert stage.shown["change"].body == said
    (undo,) = stage.shown["change"].actions
    change_notice.act(stage.tracking, undo.key)
    assert stage.spans() == [(stage.spans()[0][0], None)]
    assert not [row for row in stage.side.rows() if row.about == "absence 1"]
    assert stage.side.attention() == ""


def test_the_notification_says_how_long_it_was_once_somebody_is_back(stage: Stage) -> None:
    entry = stage.start_entry()
    lasting = Absence(1, entry.id, Cause.IDLE, AbsenceState.OPEN, (AwayPeriod(stage.now - 2_400),))
    absences.record(stage.db, lasting)
    stage.watching.question_due.emit(lasting)
    assert "so far" in stage.shown["absence 1"].title
    since = TimeFormat().time_of_day(stage.now - 2_400)
    assert stage.side.attention().endswith(since), "true for as long as it lasts"
    over = lasting._replace(stretches=(AwayPeriod(stage.now - 2_400, stage.now - 600),))
    absences.record(stage.db, over)
    stage.tracking.refresh()
    assert stage.shown["absence 1"].title == "You were away for 0:30"
    assert stage.side.attention() == "You were away for 0:30"
    del stage.shown["absence 1"]
    stage.tracking.refresh()
    assert "absence 1" not in stage.shown, "dismissed it stays so"


def test_the_notification_says_it_if_one_was_away_again(stage: Stage) -> None:
    """Its buttons answer for all of it."""
    first = stage.ask(stage.start_entry())
    again = (*first.stretches, AwayPeriod(stage.now - 300))
    absences.record(stage.db, first._replace(stretches=again))
    stage.tracking.refresh()
    assert "2 times" not in stage.shown["absence 1"].body, "not before one is back"
    again = (*first.stretches, AwayPeriod(stage.now - 300, stage.now - 60))
    absences.record(stage.db, first._replace(stretches=again))
    stage.tracking.refresh()
    assert "2 times" in stage.shown["absence 1"].body


def test_once_the_user_may_be_disturbed_the_question_appears(stage: Stage, qtbot: QtBot) -> None:
    check = stage.side._do_not_disturb
    stage.ask(stage.start_entry())
    check.stop()
    check.refused.emit()
    del stage.shown["absence 1"]
    with qtbot.waitSignal(check.allowed):
        assert window(AbsenceWindow) is None
    assert window(AbsenceWindow) is not None
    assert "absence 1" in stage.shown


def test_nobody_is_waited_for_while_nobody_is_there(stage: Stage) -> None:
    check, entry = stage.side._do_not_disturb, stage.start_entry()
    lasts = Absence(1, entry.id, Cause.IDLE, AbsenceState.OPEN, (AwayPeriod(stage.now - 2_400),))
    absences.record(stage.db, lasts)
    stage.watching.question_due.emit(lasts)
    check.stop()
    check.refused.emit()
    assert not check._again.isActive()
    absences.record(
        stage.db, lasts._replace(stretches=(AwayPeriod(stage.now - 2_400, stage.now - 600),))
    )
    stage.tracking.refresh()
    assert check._in_use is not None


@pytest.mark.parametrize("seen", [True, False])
def test_where_a_window_takes_the_keyboard_it_comes_only_if_nothing_else_does(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    with qtbot.waitSignal(stage.side._do_not_disturb.allowed):
        stage.ask(stage.start_entry())
    assert window(AbsenceWindow) is None
    if not seen:
        with qtbot.waitSignal(stage.side._do_not_disturb.allowed):
            stage.side.on_unseen("absence 1")
    assert (window(AbsenceWindow) is None) is seen
    stage.answer("absence 1", questions.OPEN)
    assert window(AbsenceWindow) is not None


@pytest.mark.parametrize("kind", [ReminderKind.LONG_RUN, ReminderKind.OVERNIGHT])
def test_an_entry_is_asked_about_only_once(stage: Stage, kind: ReminderKind) -> None:
    entry = stage.start_entry()
    there = OvernightProposal(entry.id, entry.start, entry.start + 60, entry.start + 60)
    stage.remind(kind, entry, answers=tuple(long_run.LongRun), forgotten=there)
    stage.ask(entry)
    assert list(stage.shown) == ["absence 1"]
    assert {row.about for row in stage.side.rows()} == {"absence 1"}


@WAYS
def test_more_opens_the_window(stage: Stage, by: Callable[[Stage, str, str], None]) -> None:
    stage.ask(stage.start_entry())
    by(stage, "absence 1", questions.MORE)
    assert window(AbsenceWindow) is not None
    assert stage.spans() == [(-3_600, None)]


def test_if_the_entry_has_changed_the_window_says_so_before_anything_is_done(stage: Stage) -> None:
    stage.ask(stage.start_entry())
    timer.stop(stage.db, now=stage.now, at=stage.now - 1_800)
    stage.answer("absence 1", AbsenceChoice.DISCARD_AND_CONTINUE)
    shown = window(AbsenceWindow)
    assert isinstance(shown, AbsenceWindow)
    assert "stopped meanwhile" in shown.remark.text()
    assert stage.spans() == [(-3_600, -1_800)]


def test_the_button_of_an_old_question_answers_no_other(stage: Stage) -> None:
    entry = stage.start_entry()
    stage.ask(entry)
    old = stage.shown["absence 1"]
    absences.forget(stage.db, 1)
    stage.ask(entry, 2)
    stage.side.answer(ActionInvoked(old.id, AbsenceChoice.DISCARD_AND_STOP))
    assert absences.get(stage.db, 2).state is AbsenceState.OPEN
    assert stage.spans() == [(-3_600, None)]


@WAYS
@pytest.mark.parametrize(
    ("key", "stop"), [("stop at last input", -1_000), ("stop now", 0), ("still working", None)]
)
def test_a_long_run_is_repaired_by_one_click(
    stage: Stage, by: Callable[[Stage, str, str], None], key: str, stop: int | None
) -> None:
    entry, last = stage.start_entry(), stage.now - 1_000
    answers = long_run.answers(entry.start, last_input=last)
    stage.remind(ReminderKind.LONG_RUN, entry, last_input=last, answers=answers)
    by(stage, "long run", key)
    ((_, stopped),) = stage.spans()
    assert stopped is None if stop is None else stopped is not None and abs(stopped - stop) < 5
    assert stage.watching.heard == ([ReminderKind.LONG_RUN] if stop is None else [])
    assert not [row for row in stage.side.rows() if row.about == "long run"]


@WAYS
def test_the_morning_after_is_repaired_by_one_click(
    stage: Stage, by: Callable[[Stage, str, str], None]
) -> None:
    entry = stage.start_entry()
    forgotten = OvernightProposal(entry.id, entry.start, stage.now - 3_000, stage.now - 3_000)
    stage.remind(ReminderKind.OVERNIGHT, entry, forgotten=forgotten)
    by(stage, "overnight", "stop at last input")
    assert stage.spans() == [(-3_600, -3_000)]


@WAYS
def test_a_time_is_chosen_in_a_window(stage: Stage, by: Callable[[Stage, str, str], None]) -> None:
    entry = stage.start_entry()
    stage.remind(
        ReminderKind.LONG_RUN, entry, answers=long_run.answers(entry.start, last_input=None)
    )
    by(stage, "long run", "stop at")
    shown = window(LongRunWindow)
    assert isinstance(shown, LongRunWindow)
    shown.buttons[long_run.LongRun.STILL_WORKING].click()
    assert stage.watching.heard == [ReminderKind.LONG_RUN]
    assert "long run" not in stage.shown


@WAYS
@pytest.mark.parametrize(
    ("key", "runs"),
    [
        ("start last", "Earlier"),
        ("start since", "Earlier"),
        ("start favourite", "Pinned"),
    ],
)
def test_with_nothing_running_something_is_started(
    stage: Stage, by: Callable[[Stage, str, str], None], key: str, runs: str
) -> None:
    favourites.pin(stage.db, Draft("Pinned"), now=stage.now)
    stage.tracking.refresh()
    came_back = None if key == "start favourite" else stage.now - 900
    stage.remind(ReminderKind.NOTHING_RUNNING, since=came_back)
    assert len(stage.shown["nothing running"].actions) == 1 + 3, "more than GNOME shows are useless"
    by(stage, "nothing running", key)
    running = stage.tracking.snapshot.running
    assert running is not None
    assert running.description == runs
    assert (running.start == stage.now - 900) is (key == "start since")
    assert "nothing running" not in stage.shown


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (Stage.answer, "15 minutes"),
        (Stage.choose, "15 minutes"),
        (Stage.choose, "60 minutes"),
        (Stage.choose, "until tomorrow"),
    ],
)
def test_the_user_is_left_alone_for_a_while(
    stage: Stage, by: Callable[[Stage, str, str], None], key: str
) -> None:
    stage.remind(ReminderKind.NOTHING_RUNNING)
    by(stage, "nothing running", key)
    (snoozed,) = stage.watching.heard
    assert isinstance(snoozed, Snoozed)
    assert snoozed.kind is ReminderKind.NOTHING_RUNNING
    assert snoozed.until > stage.now
    assert not [row for row in stage.side.rows() if row.about == "nothing running"]


@WAYS
def test_quick_start_is_by_user(stage: Stage, by: Callable[[Stage, str, str], None]) -> None:
    stage.remind(ReminderKind.NOTHING_RUNNING)
    by(stage, "nothing running", "quick start")
    assert stage.wanted == [MenuAction.QUICK_START]


@WAYS
def test_a_break_stops_the_entry_or_not(
    stage: Stage, by: Callable[[Stage, str, str], None]
) -> None:
    entry = stage.start_entry()
    stage.remind(ReminderKind.BREAK, entry)
    by(stage, "break", "go on")
    assert stage.watching.heard == [ReminderKind.BREAK]
    stage.remind(ReminderKind.BREAK, entry)
    by(stage, "break", "stop")
    assert stage.tracking.snapshot.running is None
    assert stage.watching.heard == [ReminderKind.BREAK] * 2, "so its end is told of, too"
    stage.remind(ReminderKind.WORK)
    by(stage, "work", "keep break")
    assert stage.tracking.snapshot.running is not None


def test_a_goal_is_told_and_leaves_nothing_behind(stage: Stage) -> None:
    stage.remind(ReminderKind.DAY_GOAL)
    assert stage.shown["day goal"].actions == ()
    assert stage.side.rows() == []


def test_what_is_settled_in_another_way_is_taken_back(stage: Stage) -> None:
    entry = stage.start_entry()
    stage.remind(
        ReminderKind.LONG_RUN, entry, answers=long_run.answers(entry.start, last_input=None)
    )
    assert "long run" in stage.shown
    timer.stop(stage.db, now=stage.now)
    stage.tracking.refresh()
    assert "long run" not in stage.shown


def test_a_start_since_the_return_is_one_click(stage: Stage) -> None:
    away = AwayPeriod(stage.now - 5_000, stage.now - 1_200)
    with stage.db.writing():
        heartbeat.write(stage.db, Heartbeat(stage.now, away))
    row = stage.row("earlier", questions.START_SINCE)
    assert "since I came back at" in row.text
    stage.side.choose(row)
    assert stage.spans() == [(-1_200, None)]


def test_a_stop_when_one_went_away_is_one_click(stage: Stage) -> None:
    stage.start_entry()
    away = AwayPeriod(stage.now - 2_000, stage.now - 1_200)
    with stage.db.writing():
        heartbeat.write(stage.db, Heartbeat(stage.now, away))
    stage.choose("earlier", questions.STOP_THEN)
    assert stage.spans() == [(-3_600, -2_000)]


def test_where_idleness_cannot_be_measured_the_menu_says_so(stage: Stage) -> None:
    assert not [row for row in stage.side.rows() if "Idle" in row.text]
    stage.watching.support.emit(Watched(missing("Nobody tells."), "nobody", WORKS, ()))
    (row,) = stage.side.rows()
    assert "cannot be measured" in row.text
    assert row.do is MenuAction.SETTINGS


def stop_away(stage: Stage) -> AutomaticStop:
    """An entry is stopped by the worker, and somebody comes back."""
    entry = stage.start_entry()
    outcome = presence_verbs.stop_at(stage.db, entry.id, stage.now - 2_400, now=stage.now)
    assert outcome.stopped is not None
    stopped = AutomaticStop(outcome.stopped, outcome.step_id)
    stage.watching.stopped.emit(stopped)
    return stopped


@pytest.mark.parametrize("by", [Stage.answer, Stage.choose])
def test_who_comes_back_to_a_stopped_entry_can_continue_it(
    stage: Stage, by: Callable[[Stage, str, str], None]
) -> None:
    stop_away(stage)
    assert "It was stopped at" in stage.shown["stopped"].body
    by(stage, "stopped", "continue")
    assert stage.tracking.snapshot.running is not None
    assert "stopped" not in stage.shown
    assert not [row for row in stage.side.rows() if row.about == "stopped"]


def test_the_stop_is_what_is_taken_back_whatever_was_done_since(stage: Stage) -> None:
    stopped = stop_away(stage)
    favourites.pin(stage.db, Draft("Other"), now=stage.now)
    stage.answer("stopped", "take back")
    assert stage.tracking.snapshot.running == stopped.entry._replace(stop=None)
    assert len(stage.tracking.snapshot.favourites) == 1


def test_of_a_stop_nothing_is_said_where_something_runs_again(stage: Stage) -> None:
    stopped = stop_away(stage)
    stage.tracking.start(Draft("Next"))
    assert "stopped" not in stage.shown
    stage.watching.stopped.emit(stopped)
    assert "stopped" not in stage.shown
