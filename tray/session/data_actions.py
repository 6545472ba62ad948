"""Imports, exports, backs up and restores for a window, on a thread that nobody waits for."""

import io
import os
import time
from collections.abc import Callable
from datetime import tzinfo
from threading import Event, Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from tray import clock, files, settings
from tray.errors import BadFile, Refused, TrayError
from tray.ipc import lock
from tray.language import tr
from tray.paths import Paths
from tray.settings import Settings
from tray.store import account, backup
from tray.store.database import Database
from tray.store.opening import open_database
from tray.workers.background import run_aside

if TYPE_CHECKING:
    from tray.tracker.transfer.importing import ImportResult

_PATIENCE_SECONDS: Final = 10
"""By then whoever speaks with the server has left off."""


class ImportChoices(NamedTuple):
    """What the user has said about a file."""

    path: str
    date_format: str | None = None
    """``dmy`` or ``mdy``, if the dates do not tell."""
    users: tuple[str, ...] = ()
    """Whose rows to take, if it is a team's."""
    skip_bad: bool = False
    source: str = ""
    """From which program it is, by its name; empty: its content tells."""
    take: frozenset[int] = frozenset()
    """The numbers of what is taken of that which it only proposes."""


class ImportReport(NamedTuple):
    """What an import would do, or has done."""

    choices: ImportChoices
    result: "ImportResult"
    zone: str
    """In which times were read that say none of their own."""
    step_id: int | None = None
    """What undo takes back; None if nothing was done."""


class ImportQuestion(NamedTuple):
    """What has to be said before a file can be imported."""

    choices: ImportChoices
    sentence: str
    choice: str
    """``dates``, ``people`` or ``problems``, as in `NeedsChoice`."""


class ExportOrder(NamedTuple):
    """What is to be written, and where."""

    path: str
    format: str
    """One of `EXPORT_FORMATS`."""
    between: tuple[int, int] | None = None
    """The moments between which entries were started; None for all."""


class ExportReport(NamedTuple):
    """What was written."""

    path: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks for here
    without_email: bool
    left_out_running: int


class BackupFile(NamedTuple):
    """A backup, as it is listed."""

    path: str
    made_at: int
    size_bytes: int
    content: backup.BackupContent


class DataFailure(NamedTuple):
    """Why something was not done."""

    of: str
    """``import``, ``export``, ``backup`` or ``restore``."""
    sentence: str


class DataActions(QObject):
    """Lives on the main thread; each job opens the database for itself.

    Args:
        places: where it and its backups are.
        parent: ends it.
    """

    previewed = Signal(object)
    """The `ImportReport` of what an import would do."""
    unclear = Signal(object)
    """An `ImportQuestion` to answer first."""
    progressed = Signal(object)
    """How far what an import does is, in percent."""
    cancelled = Signal()
    """An import has ended with nothing done, as `cancel_import` wanted."""
    imported = Signal(object)
    """The `ImportReport` of what it has done."""
    exported = Signal(object)
    """An `ExportReport`."""
    listed = Signal(object)
    """A tuple of `BackupFile`, the newest first."""
    restoring = Signal()
    """Whoever speaks with the server has to leave off before this returns."""
    restored = Signal(object)
    """The `BackupFile` whose content is here now."""
    failed = Signal(object)
    """A `DataFailure`."""

    def __init__(self, places: Paths, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = Settings()
        self._places = places
        self._turn = Lock()
        """Whose job it is: what is listed last is what there was last."""
        self._unwanted = Event()
        """Whether the import that is at work is to end."""

    def preview(self, choices: ImportChoices) -> None:
        """See what an import would add; ends in `previewed`, `unclear` or `failed`."""
        self._unwanted.clear()
        self._do("import", lambda db: self._import(db, choices, dry_run=True))

    def carry_out(self, choices: ImportChoices) -> None:
        """Import; ends in `imported`, `unclear` or `failed`."""
        self._unwanted.clear()
        self._do("import", lambda db: self._import(db, choices, dry_run=False))

    def cancel_import(self) -> None:
        """End an import or its preview; ends in `cancelled`, unless it was too late."""
        self._unwanted.set()

    def export(self, order: ExportOrder) -> None:
        """Write a file; ends in `exported` or `failed`."""
        self._do("export", lambda db: self._export(db, order))

    def list_backups(self) -> None:
        """Look which backups there are; ends in `listed`."""
        self._do("backup", lambda _: self.listed.emit(self._backups()))

    def back_up(self) -> None:
        """Make a backup that stays; ends in `listed` or `failed`."""

        def make(db: Database) -> None:
            backup.on_demand(db, clock.now())
            self.listed.emit(self._backups())

        self._do("backup", make)

    def restore(self, chosen: BackupFile) -> None:
        """Go back to a backup, after one of what is there now; ends in `restored` or `failed`."""
        self.restoring.emit()
        self._do("restore", lambda db: self._restore(db, chosen))

    def _do(self, of: str, job: Callable[[Database], None]) -> None:
        def run() -> None:
            try:
                with self._turn, open_database(self._places.database) as db:
                    job(db)
            except Exception as error:  # a bug, too: the window waits for an end
                self.failed.emit(DataFailure(of, self._sentence(error)))

        run_aside(run, name=f"{of} of data")

    def _sentence(self, error: Exception) -> str:
        """What to tell the user of an error; an unexpected one is in the crash log then."""
        if isinstance(error, TrayError):
            return str(error)
        from tray.log import record_crash

        return record_crash(self._places.crash_log, error)

    def _import(self, db: Database, choices: ImportChoices, *, dry_run: bool) -> None:
        from tray.store import undoing
        from tray.tracker.transfer.content import NeedsChoice
        from tray.tracker.transfer.import_progress import ImportCancelled
        from tray.tracker.transfer.importing import import_file
        from tray.tracker.transfer.proposals import Take

        zone, zone_name = self._zone(db)
        try:
            result = import_file(
                db,
                choices.path,
                now=clock.now(),
                zone=zone,
                skip_bad=choices.skip_bad,
                dry_run=dry_run,
                date_format=choices.date_format,
                users=choices.users,
                source=choices.source,
                take=Take(numbers=choices.take),
                tell=self._tell_progress,
            )
        except ImportCancelled:
            self.cancelled.emit()
            return
        except NeedsChoice as error:
            self.unclear.emit(ImportQuestion(choices, str(error), error.choice))
            return
        report = ImportReport(choices, result, zone_name)
        if dry_run:
            self.previewed.emit(report)
            return
        done = undoing.undoable(db) if result.changed else None
        self.imported.emit(report._replace(step_id=done.id if done else None))

    def _tell_progress(self, percent: int) -> None:
        from tray.tracker.transfer.import_progress import ImportCancelled

        if self._unwanted.is_set():
            raise ImportCancelled
        self.progressed.emit(percent)

    def _zone(self, db: Database) -> tuple[tzinfo | None, str]:
        """The zone of the account, else the one in which times are shown; and its name."""
        known = account.read(db)
        theirs = known.time_zone if known else ""
        if theirs and not settings.problem_with("time_zone", theirs):
            return Settings(time_zone=theirs).zone, theirs
        return self.settings.zone, self.settings.zone_name

    def _export(self, db: Database, order: ExportOrder) -> None:
        from tray.tracker.transfer.exporting import ExportOptions, export
        from tray.tracker.transfer.people import NOBODY, account_person

        written = io.StringIO(newline="")
        zone, _ = self._zone(db)
        person = account_person(db) or NOBODY
        options = ExportOptions(order.format, zone, person, clock.now(), order.between)
        result = export(db, written, options)
        try:
            files.replace_whole(order.path, written.getvalue().encode())
        except OSError as error:
            raise _unwritable(order.path, error) from error
        report = ExportReport(
            order.path, result.count, result.without_email, result.left_out_running
        )
        self.exported.emit(report)

    def _backups(self) -> tuple[BackupFile, ...]:
        return tuple(map(_looked_at, backup.newest_first(self._places.backups)))

    def _restore(self, db: Database, chosen: BackupFile) -> None:
        from tray.store.recovery.restore import restore

        held = _wait_for(self._places.sync_lock)
        try:
            backup.before_restore(db, clock.now())
            restore(db, chosen.path)
        finally:
            held.release()
        self.restored.emit(chosen)
        self.listed.emit(self._backups())


def _unwritable(path: str, error: OSError) -> BadFile:
    sentence = tr("{path} cannot be written ({reason}).")
    return BadFile(sentence.format(path=path, reason=error.strerror))


def _looked_at(path: str) -> BackupFile:
    status = os.stat(path)
    return BackupFile(path, int(status.st_mtime), status.st_size, backup.content_of(path))


def _wait_for(path: str) -> lock.Lock:
    """The right to speak with the server, so that no answer meets changed data.

    Raises:
        Refused: somebody else keeps it.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (held := lock.acquire(path)) is None:
        if time.monotonic() > deadline:
            raise Refused(tr("The account is still being synced. Try again in a moment."))
        time.sleep(lock.PAUSE_SECONDS)
    return held
