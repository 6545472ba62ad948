"""Starts or adds what an entry line says; what speaks against it is said below the line."""

from PySide6.QtCore import QObject, Signal, Slot

from tray import clock
from tray.errors import NotConfirmed, Refused, TrayError
from tray.language import in_a_row, tr
from tray.model import limits
from tray.model.typed_times import check_start
from tray.session.tracking import Tracking
from tray.tracker import entries, timer
from tray.tracker.outcome import Outcome
from tray.ui.entry_line.entry_line import EntryLine, Submission
from tray.ui.entry_line.hints import hint


class LineStarter(QObject):
    """The owner of a line whose Enter makes an entry."""

    done = Signal()
    """The entry is on disk."""

    def __init__(self, tracking: Tracking, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self._line: EntryLine | None = None
        self._doubted: str | None = None
        """The line that was said to look like a slip; Enter once more means it."""

    def serve(self, line: EntryLine) -> None:
        """Carry out what is submitted there."""
        self._line = line
        line.submitted.connect(self._on_submitted)

    def start_anew(self) -> None:
        """Forget what was doubted."""
        self._doubted = None

    def problem(self, submission: Submission) -> str:
        """Nothing ended yet without its times; and once, that they look like a slip."""
        start, stop = _times(submission)
        if start is None:
            missing = tr("When was it? Add its times, such as 9:30-10:15 or -45m.")
            return missing if submission.finished else ""
        try:
            limits.check_times(start, stop)
            if submission.text != self._doubted:
                if stop is None:
                    now, zone = clock.now(), self._tracking.calendar.zone
                    check_start(submission.text, start, now=now, zone=zone)
                limits.check_likely(start, stop, now=clock.now())
        except NotConfirmed as doubt:
            self._doubted = submission.text
            insisting = tr("Enter once more adds it.")
            if stop is None:
                insisting = tr("Enter once more starts it.")
            return in_a_row((str(doubt), insisting))
        except Refused as refusal:
            return str(refusal)
        return ""

    def usual_hint(self, line: EntryLine) -> str:
        """The keys that matter now."""
        listed = bool(line.list.candidates)
        return hint(line.edit.text(), line.entry, line.list.highlighted(), listed=listed)

    @Slot(object)
    def _on_submitted(self, submission: Submission) -> None:
        db, what = self._tracking.db, submission.what
        start, stop = _times(submission)

        def verb(now: int) -> Outcome:
            try:
                if start is None or stop is None:
                    return timer.start(db, what, now=now, at=start)
                return entries.add(db, what, start=start, stop=stop, now=now)
            except TrayError as error:
                if self._line is not None:
                    self._line.show_message(str(error))
                raise

        if self._tracking.run(verb) is not None:
            self.done.emit()


def _times(submission: Submission) -> tuple[int | None, int | None]:
    """When it began and ended, as far as that is said."""
    start, stop = submission.typed.start, submission.typed.stop
    return start, clock.now() if submission.finished and stop is None else stop
