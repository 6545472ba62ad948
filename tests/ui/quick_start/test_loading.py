import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from pytestqt.qtbot import QtBot

from tests.rig.waiting import BUSY
from tests.ui.quick_start.user import User
from tray import clock
from tray.model.days import Calendar
from tray.model.formats import TimeFormat
from tray.model.suggest import Index
from tray.session.tracking import Tracking
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import catalogue, entries
from tray.tracker.resolve import Draft
from tray.ui.entry_line import history_loader
from tray.ui.entry_line.history_loader import HistoryLoader, LoadedHistory
from tray.ui.quick_start.dialog import QuickStartDialog

ROOT = Path(__file__).parents[3]
DOWN, UP, ENTER, ESCAPE = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)


class Receiver(QObject):
    """Notes what arrives, and on which thread."""

    def __init__(self, loader: HistoryLoader) -> None:
        super().__init__()
        self.arrived: list[LoadedHistory] = []
        self.threads: list[int] = []
        loader.loaded.connect(self.take)

    def take(self, loaded: object) -> None:
        assert isinstance(loaded, LoadedHistory)
        self.arrived.append(loaded)
        self.threads.append(threading.get_ident())


def add_elsewhere(db: Database, description: str) -> None:
    """Add an entry as another process does."""
    with open_database(db.path) as other:
        now = clock.now()
        entries.add(other, Draft(description), start=now - 60, stop=now, now=now)


@pytest.fixture
def loader(tracking: Tracking) -> Iterator[HistoryLoader]:
    loading = HistoryLoader(tracking.db.path, tracking)
    yield loading
    loading.stop()


@pytest.fixture
def user(tracking: Tracking, qtbot: QtBot) -> Iterator[User]:
    dialog = QuickStartDialog(tracking, TimeFormat())
    qtbot.addWidget(dialog)
    somebody = User(dialog, qtbot, tracking)
    somebody.open()
    qtbot.waitUntil(lambda: dialog.line._history is not None)
    yield somebody
    dialog.stop()


def test_every_line_shares_one_history(user: User, qtbot: QtBot) -> None:
    other = QuickStartDialog(user.tracking, TimeFormat())
    qtbot.addWidget(other)
    assert other.line._history is user.dialog.line._history
    add_elsewhere(user.tracking.db, "Zebra crossing")
    user.type("zeb")
    qtbot.waitUntil(lambda: user.texts == ["Zebra crossing"])
    assert other.line._history is user.dialog.line._history


def test_a_load_arrives_on_the_thread_of_the_window(loader: HistoryLoader, qtbot: QtBot) -> None:
    receiver = Receiver(loader)
    loader.load()
    assert receiver.arrived == []
    qtbot.waitUntil(lambda: bool(receiver.arrived))
    (loaded,) = receiver.arrived
    assert loaded.history is not None
    assert len(loaded.history) == 4
    assert receiver.threads == [threading.get_ident()]


def test_many_wishes_are_at_most_two_loads(loader: HistoryLoader, qtbot: QtBot) -> None:
    receiver = Receiver(loader)
    for _ in range(20):
        loader.load()
    qtbot.waitUntil(lambda: len(receiver.arrived) == 2)
    qtbot.wait(100)
    assert len(receiver.arrived) == 2


def test_stopping_waits_for_the_load_and_starts_no_other(
    loader: HistoryLoader, qtbot: QtBot
) -> None:
    receiver = Receiver(loader)
    loader.load()
    loader.load()
    loader.stop()
    assert not loader._load.isRunning()
    qtbot.wait(100)
    assert len(receiver.arrived) <= 1


def test_what_cannot_be_loaded_is_a_sentence(tracking: Tracking, qtbot: QtBot) -> None:
    path = Path(tracking.db.path).with_name("damaged.db")
    path.write_bytes(b"this is no database" * 100)
    loader = HistoryLoader(str(path), tracking)
    receiver = Receiver(loader)
    loader.load()
    qtbot.waitUntil(lambda: bool(receiver.arrived))
    (loaded,) = receiver.arrived
    assert loaded.history is None
    assert loaded.problem.endswith(".")


def test_an_unused_history_is_given_back_and_loaded_again_by_the_next_key(
    user: User, qtbot: QtBot
) -> None:
    loader = user.tracking.findChild(HistoryLoader)
    assert isinstance(loader, HistoryLoader)
    given_back = weakref.ref(loader.history)
    loader._unused.start(0)
    qtbot.waitUntil(lambda: given_back() is None)  # and nobody else keeps it
    user.type("w")
    qtbot.waitUntil(lambda: loader.history is not None)
    assert user.texts == [text for text in user.texts if "w" in text.casefold()]


def test_a_history_that_is_replaced_or_given_back_is_closed(
    loader: HistoryLoader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []
    monkeypatch.setattr(Index, "close", lambda index: closed.append(id(index)))
    loaded: list[Index] = []
    for _ in range(2):
        with qtbot.waitSignal(loader.loaded):
            loader.load()
        assert loader.history is not None
        loaded.append(loader.history)
    assert closed == [id(loaded[0])]
    loader._unused.start(0)
    qtbot.waitUntil(lambda: len(closed) == 2)
    assert closed == [id(each) for each in loaded]


def test_a_history_that_is_used_is_kept(loader: HistoryLoader, qtbot: QtBot) -> None:
    loader.load()
    qtbot.waitUntil(lambda: loader.history is not None)
    loader._unused.start(1_000)
    assert loader.history is not None
    assert loader._unused.remainingTime() > 1_000


QUITS_WHILE_LOADING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tray.model.days import Calendar
from tray.store.database import Database
from tray.store.opening import open_database
from tray.ui.quick_start.dialog import QuickStartDialog
from tray.session.tracking import Tracking
from tray.model.days import Calendar
from tray.model.formats import TimeFormat

application = QApplication([])
with open_database(sys.argv[1]) as db:
    dialog = QuickStartDialog(Tracking(db, Calendar()), TimeFormat())
    dialog.open()
    dialog.line._loader.load()
    QTimer.singleShot(0, application.quit)
    application.exec()
    assert not dialog.line._loader._load.isRunning()
"""


def test_quitting_while_it_loads_is_no_crash(tracking: Tracking) -> None:
    command = [sys.executable, "-c", QUITS_WHILE_LOADING, tracking.db.path]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr


def test_a_tracker_is_not_let_go_while_it_loads(
    db: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    may_read = threading.Event()
    monkeypatch.setattr(history_loader, "open_database", lambda path: _slow(path, may_read))
    tracking = Tracking(db, Calendar())
    loader = HistoryLoader.of(tracking, db.path, tracking.changed)
    loader.load()
    threading.Timer(0.05, may_read.set).start()
    tracking.release()
    assert may_read.is_set()
    assert not loader._load.isRunning()


def _slow(path: str, may_read: threading.Event) -> Database:
    may_read.wait(30)
    return open_database(path)


def test_the_thread_has_a_name(loader: HistoryLoader) -> None:
    (thread,) = loader.findChildren(QThread)
    assert thread.objectName() == "history for suggestions"


def test_it_can_be_typed_into_before_the_history_is_there(tracking: Tracking, qtbot: QtBot) -> None:
    dialog = QuickStartDialog(tracking, TimeFormat())
    qtbot.addWidget(dialog)
    user = User(dialog, qtbot, tracking)
    dialog.open()
    assert dialog.line._history is None
    assert user.texts == ["Review", "Call about the figures", "写算法", "Write report"]
    user.type("Email @Acme")
    user.press(ENTER)
    assert user.started().description == "Email"
    dialog.stop()


def test_the_last_history_stays_in_use_until_the_new_one_is_there(user: User) -> None:
    user.press(ESCAPE)
    add_elsewhere(user.tracking.db, "Zebra crossing")
    user.tracking.refresh()
    user.open()
    user.type("rep")
    assert user.texts == ["Write report"]


def test_nothing_is_loaded_while_it_is_closed_or_nothing_has_changed(
    user: User, qtbot: QtBot
) -> None:
    qtbot.wait(500)  # the first load stores the pinyin it has worked out, which is a change too
    history = user.dialog.line._history
    user.press(ESCAPE)
    user.open()
    qtbot.wait(200)
    assert user.dialog.line._history is history
    user.press(ESCAPE)
    add_elsewhere(user.tracking.db, "Zebra crossing")
    user.tracking.refresh()
    qtbot.wait(200)
    assert user.dialog.line._history is history
    assert not user.dialog.line._timer.isActive()
    user.open()
    qtbot.waitUntil(lambda: user.dialog.line._history is not history)


def test_a_history_that_cannot_be_loaded_is_said_and_tried_again(user: User, qtbot: QtBot) -> None:
    user.dialog.line._on_loaded(LoadedHistory(None, "The disk is on fire."))
    assert user.foot == "The disk is on fire."
    user.type("rep")
    assert user.texts == ["Write report"]
    assert "Enter starts" in user.foot
    history = user.dialog.line._history
    user.press(ESCAPE)
    user.open()
    qtbot.waitUntil(lambda: user.dialog.line._history is not history)


def test_a_project_made_elsewhere_is_known_at_once(user: User, qtbot: QtBot) -> None:
    user.type("Plan @Nowhere")
    assert user.dialog.line.chips.texts == ["New project: Nowhere"]
    with open_database(user.tracking.db.path) as other:
        catalogue.create_project(other, "Nowhere", now=clock.now())
    qtbot.waitUntil(lambda: user.dialog.line.chips.texts == ["Nowhere"])


def test_typing_goes_on_while_a_large_history_is_loaded(tracking: Tracking, qtbot: QtBot) -> None:
    now = clock.now()
    with tracking.db.writing():
        tracking.db.run_many(
            "INSERT INTO entry (workspace_id, description, start, stop) VALUES (1, ?, ?, ?)",
            [(f"Thing {number} 写", now - 60, now) for number in range(5_000)],
        )
    dialog = QuickStartDialog(tracking, TimeFormat())
    qtbot.addWidget(dialog)
    user = User(dialog, qtbot, tracking)
    user.open()
    qtbot.waitUntil(dialog.line._loader._load.isRunning)
    longest = 0.0
    while dialog.line._history is None:
        begun = time.perf_counter()
        user.type("x")
        qtbot.wait(1)
        longest = max(longest, time.perf_counter() - begun)
    dialog.stop()
    assert len(dialog.line.edit.text()) > 1
    assert longest < 0.5 * BUSY


def test_an_entry_of_another_process_is_suggested(user: User, qtbot: QtBot) -> None:
    add_elsewhere(user.tracking.db, "Zebra crossing")
    user.type("zeb")
    qtbot.waitUntil(lambda: user.texts == ["Zebra crossing"])


def test_what_is_highlighted_does_not_move_under_the_fingers(user: User, qtbot: QtBot) -> None:
    user.press(DOWN, DOWN)
    before, highlighted = user.texts, user.highlighted
    history = user.dialog.line._history
    add_elsewhere(user.tracking.db, "Zebra crossing")
    qtbot.waitUntil(lambda: user.dialog.line._history is not history)
    assert (user.texts, user.highlighted) == (before, highlighted)
    user.press(UP, UP)
    user.type("z")
    assert user.texts == ["Zebra crossing"]
