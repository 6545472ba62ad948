"""A worker of presence with a user, a desktop and a clock that go by a script.

No time passes: the clock goes on to whatever comes next, the script's or the worker's own.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from tray.desktop.idle import IdleSource, NullIdle
from tray.desktop.in_use import FoundSigns, InUseKind, InUseMonitor, InUseSign
from tray.desktop.power import Happening, PowerWatcher
from tray.desktop.support import WORKS, Level, Support, missing
from tray.model.entities import TimeEntry
from tray.model.presence.events import ClockReading
from tray.model.presence.presence_values import Absence
from tray.settings import Settings
from tray.store import entries
from tray.store.opening import open_database
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.workers.presence_sensors import PresenceSources
from tray.workers.presence_worker import PresencePaths, PresenceWorker
from tray.workers.reminder_planner import Reminder

NOON: Final = 1_772_539_200
"""2026-03-03 12:00:00 UTC, a Tuesday."""
MINUTE: Final = 60
HOUR: Final = 3600


class FakeTime:
    """What all clocks show; nobody sees it pass."""

    def __init__(self) -> None:
        self.at = NOON
        self.mono = 1_000
        self.slept = 0

    def read(self) -> ClockReading:
        return ClockReading(self.at, self.mono, self.slept)

    def pass_to(self, moment: int) -> None:
        """The wall clock comes to show `moment`."""
        self.mono += moment - self.at
        self.at = moment


class FakeIdle(IdleSource):
    """Knows the last input; tells by itself if `signals`."""

    name = "fake"

    def __init__(self, time: FakeTime, *, signals: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.signals = signals
        self.silent = False
        """Whether it has not even an answer."""
        self.knows = True
        """Whether it has the time since the last input."""
        self.takes_seconds = 0
        """How long it takes to answer."""
        self.looks = 0
        self.last_input = time.at
        self.time = time

    @property
    def due(self) -> int | None:
        """When it will tell that nobody is there."""
        if not self.signals or self._away or self._threshold_ms is None:
            return None
        return self.last_input + self._threshold_ms // 1000

    def touch(self) -> None:
        self.last_input = self.time.at
        if self.signals:
            self._learn(0)

    def tell(self) -> None:
        self._learn(1000 * (self.time.at - self.last_input))

    def become(self, support: Support) -> None:
        self._set_support(support)

    def _begin(self) -> None:
        pass

    def _ask(self) -> None:
        self.looks += 1
        self.time.pass_to(self.time.at + self.takes_seconds)
        if self._support.level is Level.MISSING or not self.knows:
            self._answer(None)
        elif not self.silent:
            self._answer(1000 * (self.time.at - self.last_input))


class FakePower(PowerWatcher):
    """Does what the script says, and counts whether a sleep would be delayed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.held = False
        self.on_release: Callable[[], None] = lambda: None

    def delay_sleep(self) -> None:
        self.held = True

    def release(self) -> None:
        if self.held:
            self.on_release()
        self.held = False

    def set(self, happening: Happening, lasts: bool) -> None:
        self._set(happening, lasts)


class FakeFinder:
    """Finds the signs that the script gives."""

    supports: Mapping[InUseKind, Support] = dict.fromkeys(InUseKind, WORKS)

    def __init__(self) -> None:
        self.signs: Iterable[InUseKind] = ()
        self.asked = 0

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        self.asked += 1
        then([InUseSign(kind) for kind in self.signs])

    def stop(self) -> None:
        pass


class Computer:
    """A worker and all around it, in the thread of the test."""

    def __init__(self, folder: Path, *, signals: bool = False, blind: bool = False) -> None:
        self.path = str(folder / "toggl-tray.db")
        self.db = open_database(self.path)
        self.crash_log = folder / "crash.log"
        self.time = FakeTime()
        self.settings = Settings(time_zone="UTC")
        self.signals, self.blind = signals, blind
        self.finder = FakeFinder()
        self.asked: list[Absence] = []
        self.reminded: list[Reminder] = []
        self.heard: list[tuple[str, object]] = []
        """What else was told: the signal, and what it carried."""
        self.worker: PresenceWorker
        self.left_at: int | None = None
        """The last input before the program starts; None: just now."""

    # The program

    def start(self, **settings: object) -> None:
        """Start the program."""
        self.settings = self.settings._replace(**settings)  # type: ignore[arg-type]
        places = PresencePaths(self.path, str(self.crash_log), self._sources, self.time.read)
        self.worker = worker = PresenceWorker(places, self.settings)
        worker.question_due.connect(self.asked.append)
        worker.reminded.connect(self.reminded.append)
        for name in ("support", "present", "failed", "stopped"):
            getattr(worker, name).connect(lambda said, name=name: self.heard.append((name, said)))
        worker.day_may_have_changed.connect(lambda: self.heard.append(("day", None)))
        worker.start()
        self.settle()

    def _sources(self, parent: QObject) -> PresenceSources:
        self.idle = FakeIdle(self.time, signals=self.signals, parent=parent)
        if self.left_at is not None:
            self.idle.last_input = self.left_at
        self.power = FakePower(parent)
        idle = NullIdle("Nobody tells.", parent) if self.blind else self.idle
        return PresenceSources(idle, self.power, InUseMonitor((self.finder,), parent))

    def quit(self) -> None:
        """End the program in good order."""
        self.worker.stop(True)
        self.settle()

    def kill(self) -> None:
        """End it at once; nothing more is written."""
        worker = self.worker
        worker._ended = True
        worker._timer.stop()
        worker._sensors.stop()
        worker._close()

    def close(self) -> None:
        self.kill()
        self.db.close()

    def wait_off(self, seconds: int) -> None:
        """Time passes without the program."""
        self.time.pass_to(self.time.at + seconds)

    def settle(self) -> None:
        """Let Qt do what there is to do."""
        for _ in range(6):
            QCoreApplication.processEvents()

    # Time

    def wait(self, seconds: int) -> None:
        """Let time pass, with all that happens by itself meanwhile."""
        self.wait_until(self.time.at + seconds)

    def wait_until(self, moment: int) -> None:
        for _ in range(10_000):
            self.settle()
            mine, its = self.worker.wakes_at, self.idle.due
            comes = min(each for each in (mine, its, moment) if each is not None)
            if comes >= moment and moment not in (mine, its):
                break
            self.time.pass_to(max(comes, self.time.at))
            if comes == its:
                self.idle.tell()
            else:
                self.worker.wake()
            self.settle()
            if comes >= moment and self.worker.wakes_at != mine:
                break
        self.time.pass_to(moment)
        self.settle()

    def work(self, seconds: int, *, every: int = 30) -> None:
        """Touch the keyboard again and again, to the end."""
        end = self.time.at + seconds
        while self.time.at < end:
            self.touch()
            self.wait(min(every, end - self.time.at))
        self.touch()

    def touch(self) -> None:
        self.idle.touch()
        self.settle()

    def sleep(self, seconds: int) -> None:
        """Close the lid, and open it later; nobody touches anything else."""
        self.power.set(Happening.SLEEPING, True)
        self.settle()
        assert not self.power.held
        self.doze(seconds)
        self.power.set(Happening.SLEEPING, False)
        self.settle()

    def doze(self, seconds: int) -> None:
        """Sleep without a word about it."""
        self.time.pass_to(self.time.at + seconds)
        self.time.slept += seconds

    def lock(self) -> None:
        self.power.set(Happening.LOCKED, True)
        self.settle()

    def unlock(self) -> None:
        """The password is typed, too."""
        self.idle.last_input = self.time.at
        self.power.set(Happening.LOCKED, False)
        self.settle()

    def go_blind(self) -> None:
        self.idle.become(missing("It is gone."))
        self.settle()

    # The tracker

    def run(self, description: str = "Writing", *, by_hand: bool = True) -> int:
        """Start an entry here, or from a terminal elsewhere; return its id."""
        if by_hand:
            self.touch()
        started = timer.start(self.db, Draft(description), now=self.time.at).entry
        assert started is not None
        self.changed()
        return started.id

    def run_elsewhere(self) -> int:
        """An entry comes from the account, which another computer has started."""
        with self.db.writing():
            sql = "INSERT INTO entry (workspace_id, description, start) VALUES (1, 'Phone', ?)"
            entry_id = self.db.run(sql, (self.time.at,)).lastrowid
        assert entry_id is not None
        self.changed()
        return entry_id

    def stop_entry(self) -> None:
        timer.stop(self.db, now=self.time.at)
        self.changed()

    def changed(self) -> None:
        self.worker.running_changed()
        self.settle()

    def entry(self, entry_id: int) -> TimeEntry:
        return entries.get(self.db, entry_id)

    def rows(self) -> list[tuple[object, ...]]:
        return self.db.rows("SELECT cause, state, stretches FROM absence ORDER BY id")
