"""What is said of a change, as a notification or in a bar, with buttons that put it right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray.desktop.notifier import Action, Notification
from tray.language import in_a_row, tr
from tray.session.tracking import Tracking
from tray.tracker.outcome import Outcome

if TYPE_CHECKING:
    from tray.session.snapshot import Snapshot
    from tray.ui.notice import Notice


def notification(outcome: Outcome, title: str, body: str) -> Notification:
    """Say what was done and what is worth knowing besides, with ways to put it right."""
    actions = [Action(f"undo {outcome.step_id}", tr("Undo"))]
    if outcome.overlaps and outcome.entry is not None:
        actions.append(Action(f"trim {outcome.entry.id}", tr("Trim")))
    text = in_a_row((body, *outcome.remarks))
    return Notification("change", title, text, tuple(actions))


def act(tracking: Tracking, key: str) -> bool:
    """Do what a button of such a notification says; False if it is none of these."""
    word, _, number = key.partition(" ")
    if not number.isdecimal():
        return False
    if word == "undo":
        tracking.undo_step(int(number))
    elif word == "trim":
        tracking.trim(int(number))
    return word in ("undo", "trim")


class BarButtons(QObject):
    """Does what the buttons of a bar say, and takes a bar away whose change is not the last."""

    undone = Signal()
    """The user has taken the change back."""

    def __init__(self, bar: "Notice", tracking: Tracking) -> None:
        super().__init__(bar)
        self._bar, self._tracking = bar, tracking
        bar.undo_wanted.connect(self._on_undo)
        bar.trim_wanted.connect(self._on_trim)
        tracking.changed.connect(self._on_changed)

    @Slot()
    def _on_undo(self) -> None:
        if self._bar.step_id is not None:
            self._tracking.undo_step(self._bar.step_id)
            self.undone.emit()

    @Slot()
    def _on_trim(self) -> None:
        if self._bar.trim_id is None:
            return
        outcome = self._tracking.trim(self._bar.trim_id)
        if outcome is not None:
            self._bar.tell(tr("What it overlapped was shortened."), step_id=outcome.step_id)

    @Slot(object)
    def _on_changed(self, state: "Snapshot") -> None:
        step = self._bar.step_id
        if step and (state.undo is None or state.undo.id != step):
            self._bar.clear()
