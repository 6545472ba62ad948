"""The main thread's hold on the tracker: runs its verbs at once, tells every window of changes."""

import os
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QFileSystemWatcher,
    QObject,
    QThread,
    QTimer,
    Signal,
    Slot,
)

from tray import clock
from tray.errors import DamagedDatabase, TrayError
from tray.model.days import Calendar
from tray.model.entities import What
from tray.session import snapshot
from tray.session.snapshot import Goals, Snapshot
from tray.store import catalogue
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import entries, timer, undo
from tray.tracker.default_project import DefaultProject, default_project
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.workers.precise_timer import make_precise

LOOK_AFTER_MS: Final = (20, 40, 80, 160, 320, 640)
"""When to look whether something was committed, after its log was written to: a commit counts only
once its pages have reached the disk, and nothing tells of that."""
PAUSE_MS: Final = 250
"""The least between two looks that found something."""
LONGEST_PAUSE_MS: Final = 1_000
"""The same when they go on finding something: the first exchange with an account commits a hundred
times a second, and whoever shows the history goes through all of it each time."""


class Tracking(QObject):
    """Owns the main thread's connection to the store.

    A verb is on disk before its method returns. What another process writes is noticed by watching
    the write-ahead log, so nothing is polled.
    """

    changed = Signal(object)
    """The new `Snapshot`, after anything changed, here or in another process."""
    done = Signal(object)
    """The `Outcome` of a verb of this process."""
    failed = Signal(object)
    """One sentence for the user: what a verb was refused for."""
    mending = Signal()
    """The database is about to be replaced: whoever else has it open in this process lets go."""

    def __init__(
        self,
        db: Database,
        calendar: Calendar,
        parent: QObject | None = None,
        *,
        goals: Goals | None = None,
    ) -> None:
        super().__init__(parent)
        self.db = db
        db.keep_little()
        self._is_own = False
        """Whether `db` was opened here, in place of one that was damaged."""
        self._calendar = calendar
        self._goals = goals or Goals()
        self._version = self._data_version()
        self._sign_in_failed = ""
        self.default_wanted = ""
        """The default project, as the settings name it."""
        self.snapshot: Snapshot = self._read()
        self._day_end = QTimer(self)
        self._day_end.setObjectName("end of the day")
        self._day_end.setSingleShot(True)
        make_precise(self._day_end)
        self._day_end.timeout.connect(self.refresh)
        self._wait_for_day_end()
        self._looks: Iterator[int] = iter(())
        self._look = QTimer(self)
        self._look.setObjectName("look at what was written")
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._on_look)
        self._since_found = QElapsedTimer()
        self._pause_ms = PAUSE_MS
        self._watcher = QFileSystemWatcher(self)
        self._watcher.addPath(os.path.dirname(db.path))
        self._watch()
        self._watcher.fileChanged.connect(self._on_file_changed)
        self._watcher.directoryChanged.connect(self._on_file_changed)

    @property
    def calendar(self) -> Calendar:
        """Where the user's days begin."""
        return self._calendar

    def use_calendar(self, calendar: Calendar, goals: Goals | None = None) -> None:
        """Count days as `calendar` says from now on, and towards these goals."""
        self._calendar = calendar
        self._goals = self._goals if goals is None else goals
        self.refresh()

    def default_project(self) -> DefaultProject:
        """What an entry gets that is started without a project."""
        if not self.default_wanted:
            return DefaultProject()
        here = catalogue.workspace_of_new(self.db)
        return default_project(self.default_wanted, self.snapshot.names, here)

    def start(self, what: Draft | What, *, at: int | None = None) -> Outcome | None:
        """Start an entry; None if that was refused, which `failed` tells."""
        return self.run(lambda now: timer.start(self.db, what, now=now, at=at))

    def stop(self, *, at: int | None = None) -> Outcome | None:
        """Stop what runs, now or at an earlier moment."""
        return self.run(lambda now: timer.stop(self.db, now=now, at=at))

    def trim(self, entry_id: int) -> Outcome | None:
        """Shorten what an entry lies over."""
        return self.run(lambda now: entries.edit(self.db, [entry_id], {}, now=now, trim=True))

    def resume(self, entry_id: int | None = None) -> Outcome | None:
        """Continue an entry, the latest if none is named."""
        return self.run(lambda now: timer.resume(self.db, entry_id, now=now))

    def toggle(self) -> Outcome | None:
        """Stop what runs, else continue the latest."""
        return self.run(lambda now: timer.toggle(self.db, now=now))

    def switch(self, on: bool) -> Outcome | None:
        """Have the latest run, or nothing; nothing is done, or said, if that is so already."""
        self.refresh_if_written()  # not to write at each step of a wheel
        if on == (self.snapshot.running is not None):
            return None
        return self.run(lambda now: timer.switch(self.db, on, now=now))

    @Slot()
    def undo(self) -> Outcome | None:
        """Take back what was done last, here or in a terminal."""
        return self.run(lambda _: undo.undo(self.db)[0])

    def undo_step(self, step_id: int) -> Outcome | None:
        """Take back one step, whatever was done after it."""
        return self.run(lambda _: undo.undo(self.db, step_id)[0])

    def redo(self) -> Outcome | None:
        """Do what was taken back again."""
        return self.run(lambda _: undo.redo(self.db)[0])

    def run(self, verb: Callable[[int], Outcome | None]) -> Outcome | None:
        """Carry out any verb, given the moment it is done at; None also if it had nothing to do."""
        try:
            outcome = verb(clock.now())
        except DamagedDatabase:
            self.mend()
            return None
        except TrayError as error:
            self.failed.emit(str(error))
            return None
        self.refresh()
        if outcome is not None:
            self.done.emit(outcome)
        return outcome

    def release(self) -> None:
        """Touch the database no more; its owner is about to close it, and perhaps this."""
        for thread in self.findChildren(QThread):
            thread.wait()  # what reads for the windows; Qt ends a process that destroys it running
        self._look.stop()
        self._day_end.stop()
        self._watcher.fileChanged.disconnect(self._on_file_changed)
        self._watcher.directoryChanged.disconnect(self._on_file_changed)
        self._watcher.deleteLater()  # or what it watches with is kept as long as this
        if self._is_own:
            self.db.close()

    @Slot()
    def refresh(self) -> None:
        """Read everything anew and tell whoever shows it."""
        try:
            self.snapshot = self._read()
        except DamagedDatabase:
            self.mend()
            return
        except TrayError as error:
            self.failed.emit(str(error))
            return
        self._wait_for_day_end()
        self.changed.emit(self.snapshot)

    @Slot(object)
    def note_sign_in(self, sentence: str) -> None:
        """Show why there is no account though one is named; empty: there is nothing to say."""
        self._sign_in_failed = sentence
        self.refresh()

    def _read(self) -> Snapshot:
        found = snapshot.read(self.db, self._calendar, self._goals, now=clock.now())
        if self._sign_in_failed and found.sync is None:
            from tray.sync.status import Status

            return found._replace(sync=Status("trouble", error_text=self._sign_in_failed))
        return found

    @Slot()
    def mend(self) -> None:
        """Repair the database, which was found damaged, and go on with what became of it."""
        from tray.store.recovery.rescue import rescue

        path = self.db.path
        self.mending.emit()
        self.db.close()
        try:
            sentence = rescue(path, now=clock.now())
        except TrayError as error:
            sentence = str(error)
        try:
            self.db, self._is_own = open_database(path), True
            self.snapshot = self._read()
        except TrayError as error:
            self.failed.emit(f"{sentence} {error}")
            QCoreApplication.exit(1)
            return
        self._version = self._data_version()
        self._wait_for_day_end()
        self._watch()
        self.failed.emit(sentence)
        self.changed.emit(self.snapshot)

    def _wait_for_day_end(self) -> None:
        """Read anew when today is over; should that turn out to be too early, wait for the rest."""
        self._day_end.start(1000 * max(0, self.snapshot.day[1] - clock.now()))

    @Slot()
    def refresh_if_other_day(self) -> None:
        """Read anew if today is not the day that was read.

        The timer does not know of it yet when the computer slept, or its clock was set.
        """
        begin, end = self.snapshot.day
        if not begin <= clock.now() < end:
            self.refresh()

    @Slot()
    def refresh_if_written(self) -> bool:
        """Read anew if another process has committed since the last look; say whether."""
        version = self._data_version()
        if version == self._version:
            return False
        self._version = version
        self.refresh()
        return True

    def _data_version(self) -> int:
        return int(self.db.row("PRAGMA data_version")[0])

    def _watch(self) -> None:
        """Watch the log, which every commit of every process appends to."""
        log = f"{self.db.path}-wal"
        if log not in self._watcher.files():
            self._watcher.addPath(log)

    @Slot(str)
    def _on_file_changed(self, _: str) -> None:
        self._watch()
        self._looks = iter(LOOK_AFTER_MS)
        left_ms = self._pause_ms - self._ms_since_found()
        if left_ms > 0:
            self._look.start(left_ms)
        else:
            self._on_look()

    def _ms_since_found(self) -> int:
        """How long ago a look found something."""
        return self._since_found.elapsed() if self._since_found.isValid() else LONGEST_PAUSE_MS

    @Slot()
    def _on_look(self) -> None:
        if self.refresh_if_written():
            goes_on = self._ms_since_found() < 2 * self._pause_ms
            self._pause_ms = min(2 * self._pause_ms, LONGEST_PAUSE_MS) if goes_on else PAUSE_MS
            self._since_found.start()
        elif (wait := next(self._looks, None)) is not None:
            self._look.start(wait)
