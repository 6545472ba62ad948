"""Carries out what was dragged in the grid, each as one step that can be undone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tray import clock
from tray.language import tr
from tray.model.calendar_event import CalendarEvent
from tray.model.day_grid.day_columns import DayGap
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.tracker import entries
from tray.tracker.outcome import Outcome
from tray.tracker.resolve import Draft
from tray.ui import wording
from tray.ui.entries import captions
from tray.ui.entries.panel import PanelResult

if TYPE_CHECKING:
    from tray.ui.calendar.grid_paint import Dragged


class GridChanges(QObject):
    """The verbs of the calendar page."""

    done = Signal(object)
    """The `PanelResult` of what was carried out."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self.times = times

    def move(self, entry: TimeEntry, to: "Dragged") -> None:
        """Give an entry other times."""
        if (to.start, to.stop) == (entry.start, entry.stop):
            return
        changes = entries.Changes(start=to.start)
        if to.stop is not None:
            changes["stop"] = to.stop
        outcome = self._edit(entry, changes)
        if outcome is not None and outcome.entry is not None:
            times = captions.times(outcome.entry, self.times)
            sentence = tr("“{name}” is at {times} now.")
            self._tell(outcome, sentence.format(name=self._name(entry), times=times))

    def copy(self, entry: TimeEntry, to: "Dragged") -> None:
        """Add the same at other times."""
        stop = clock.now() if to.stop is None else to.stop
        outcome = self._tracking.run(
            lambda now: entries.add(
                self._tracking.db, entry.what, start=to.start, stop=stop, now=now
            )
        )
        self._tell(outcome, tr("Copied “{name}”.").format(name=self._name(entry)))

    def track(self, event: CalendarEvent, start: int, stop: int) -> None:
        """Make an entry of an event."""
        outcome = self._tracking.run(
            lambda now: entries.add(
                self._tracking.db, Draft(event.title), start=start, stop=stop, now=now
            )
        )
        self._tell(outcome, tr("Added “{name}”.").format(name=event.title))

    def widen_before(self, entry: TimeEntry, gap: DayGap) -> None:
        """Have what was before a gap last through it."""
        self._tell(self._edit(entry, {"stop": gap.end}), tr("The gap is filled."))

    def widen_after(self, entry: TimeEntry, gap: DayGap) -> None:
        """Have what comes after a gap begin with it."""
        self._tell(self._edit(entry, {"start": gap.begin}), tr("The gap is filled."))

    def _edit(self, entry: TimeEntry, changes: entries.Changes) -> Outcome | None:
        db, edited = self._tracking.db, [entry.id]
        return self._tracking.run(lambda now: entries.edit(db, edited, changes, now=now))

    def _name(self, entry: TimeEntry) -> str:
        return wording.title(entry, self._tracking.snapshot.names)

    def _tell(self, outcome: Outcome | None, message: str) -> None:
        if outcome is not None:
            self.done.emit(PanelResult(outcome, message))
