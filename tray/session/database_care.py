"""Looks after the database while the tray runs: is it sound, and is there a copy of today?"""

import os
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tray import clock
from tray.errors import DamagedDatabase, StorageError
from tray.session.tracking import Tracking
from tray.spare_memory import give_back
from tray.workers.background import run_aside

FIRST_LOOK_MS: Final = 20_000
"""After the start, when the panel, the icon and the first exchange are done with."""
LOOK_EVERY_MS: Final = 3_600_000


class DatabaseCare(QObject):
    """Has the database checked, and copied once a day, on a thread that nobody waits for."""

    failed = Signal(object)
    """A sentence: why there is no copy of today."""
    _found_damage = Signal()
    _could_not_copy = Signal(object)

    def __init__(self, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._last_failure = ""
        self._is_checked = False
        self._path = tracking.db.path
        self._found_damage.connect(tracking.mend)
        self._could_not_copy.connect(self._on_could_not_copy)
        self._timer = QTimer(self)
        self._timer.setObjectName("look after the database")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Look soon, and every hour from then on."""
        self._timer.start(FIRST_LOOK_MS)

    @Slot()
    def _on_time(self) -> None:
        self._timer.start(LOOK_EVERY_MS)
        self.look()

    def look(self) -> None:
        """Check the database, and copy it if it was changed since the last copy."""
        run_aside(self._look, name="care of the database")

    def check(self) -> None:
        """Check every value: something that should not happen has happened."""
        run_aside(self._check, name="check of the database")

    def _look(self) -> None:
        from tray.store import backup, entry_changes, health
        from tray.store.opening import open_database

        try:
            if not _has_copy(self._path):
                with open_database(self._path) as db:
                    entry_changes.prune(db)
                    backup.daily(db, clock.now())
            elif not self._is_checked:
                health.check(self._path, thorough=False)
            self._is_checked = True
        except DamagedDatabase:
            self._found_damage.emit()
        except StorageError as error:
            self._could_not_copy.emit(str(error))
        give_back()  # it read much

    def _check(self) -> None:
        from tray.store import health

        try:
            health.check(self._path)
        except DamagedDatabase:
            self._found_damage.emit()
        except StorageError:
            return  # whoever uses it next says so

    @Slot(object)
    def _on_could_not_copy(self, sentence: str) -> None:
        if sentence != self._last_failure:
            self._last_failure = sentence
            self.failed.emit(sentence)


def _has_copy(path: str) -> bool:
    """Whether there is a copy of today, or nothing was changed since the latest one."""
    from tray.store import backup, backup_paths

    if os.path.exists(backup_paths.path_of_day(path, clock.now())):
        return True
    copies = backup.newest_first(backup_paths.folder_of(path))
    return bool(copies) and os.path.getmtime(copies[0]) + 1 > backup.changed_at(path)


def begin_care(tracking: Tracking, tell: Callable[[str], object], parent: QObject) -> DatabaseCare:
    """Begin to look after the database; `tell` is a slot for what is wrong with it."""
    care = DatabaseCare(tracking, parent)
    care.failed.connect(tell)
    care.start()
    return care
