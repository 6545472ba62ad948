"""What can be done with the selected entries, each with its key."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QMenu

from tray import clock
from tray.language import in_a_row, ntr, tr
from tray.model.entities import TimeEntry
from tray.model.quick_entry.write import write_line
from tray.session.tracking import Tracking
from tray.tracker import entries, favourites
from tray.tracker.outcome import Outcome
from tray.ui import plain_text, wording
from tray.ui.entries.step_size import MOST_AT_ONCE, few_enough
from tray.ui.entry_line.line_names import line_of


class Selection(Protocol):
    """The selected entries of a list, and how others are selected."""

    def selected_ids(self) -> list[int]:
        """The ids of the selected entries, newest first."""

    def first_selected(self) -> int:
        """The first row that is selected; 0 if none is."""

    def selected(self, most: int) -> list[TimeEntry]:
        """The selected entries; none if they are more than that."""

    def select(self, entry_id: int, start: int) -> None:
        """Select one entry, if it is in the list."""

    def choose_near(self, row: int) -> None:
        """Select the entry in a row, else one close to it."""


class EntryActions(QObject):
    """Actions on what is selected in a view; its keys work while the view has the focus."""

    message = Signal(object)
    """What was done, in a sentence."""
    edit_wanted = Signal()
    split_wanted = Signal()

    def __init__(self, tracking: Tracking, view: QAbstractScrollArea, selection: Selection) -> None:
        super().__init__(view)
        self._tracking = tracking
        self._view = view
        self._selection = selection
        self._entry: TimeEntry | None = None
        """The one that is selected, if it is only one."""
        self._same: TimeEntry | None = None
        """What is selected, if it is equal but for its times: the latest of it."""
        self.resume = self._action(tr("Continue"), self._on_resume, "Ctrl+Return", "Ctrl+Enter")
        self.edit = self._action(tr("Edit…"), self.edit_wanted, "F2", "Return", "Enter")
        self.duplicate = self._action(tr("Duplicate"), self._on_duplicate, "Ctrl+D")
        self.split = self._action(tr("Split…"), self.split_wanted, "Ctrl+Shift+S")
        self.merge = self._action(tr("Merge"), self._on_merge, "Ctrl+M")
        self.copy = self._action(tr("Copy as text"), self._on_copy, "Ctrl+C")
        self.pin = self._action(tr("Pin as favourite"), self._on_pin, "Ctrl+P")
        self.pin.setIconText(tr("Pin"))
        self.delete = self._action(tr("Delete"), self._on_delete, "Del")
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu)
        self.update()

    @property
    def all(self) -> tuple[QAction, ...]:
        """In the order in which they are shown."""
        return (
            self.resume,
            self.edit,
            self.duplicate,
            self.split,
            self.merge,
            self.pin,
            self.delete,
        )

    def _action(self, text: str, do: Callable[[], None] | SignalInstance, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(plain_text.tooltip(f"{text.rstrip('…')} ({keys[0]})"))
        action.triggered.connect(do)
        self._view.addAction(action)
        return action

    @Slot()
    def update(self) -> None:
        """Enable what can be done with the selection as it is."""
        ids = self._selection.selected_ids()
        found = self._selection.selected(most=MOST_AT_ONCE)
        if len(ids) <= MOST_AT_ONCE:
            ids = [each.id for each in found]  # without what was deleted elsewhere
        self._entry = found[0] if len(found) == 1 else None
        alike = len({each.what for each in found}) == 1
        self._same = max(found, key=lambda each: each.start) if alike else None
        runs = any(each.running for each in found)
        stops = self._same is not None and runs
        self.resume.setText(tr("Stop") if stops else tr("Continue"))
        for action, possible in (
            (self.resume, alike),
            (self.edit, bool(ids)),
            (self.duplicate, bool(ids) and not runs),
            (self.split, len(ids) == 1),
            (self.merge, len(ids) > 1),
            (self.copy, bool(found)),
            (self.pin, alike),
            (self.delete, bool(ids)),
        ):
            action.setEnabled(possible)

    def _run(self, verb: Callable[[int], Outcome], message: str) -> None:
        row = self._selection.first_selected()
        outcome = self._tracking.run(verb)
        if outcome is None:
            return
        if outcome.entry is not None:
            self._selection.select(outcome.entry.id, outcome.entry.start)
        elif outcome.verb == "delete":
            self._selection.choose_near(row)
        self.message.emit(in_a_row((message, *outcome.remarks)))

    def _name(self, entry: TimeEntry) -> str:
        return wording.title(entry, self._tracking.snapshot.names)

    @Slot()
    def _on_resume(self) -> None:
        if self._same is not None:
            self.press_button(self._same.id)

    def _continue(self, entry_id: int) -> None:
        outcome = self._tracking.resume(entry_id)
        if outcome is not None and outcome.entry is not None:
            self._selection.select(outcome.entry.id, outcome.entry.start)

    @Slot(object)
    def press_button(self, entry_id: object) -> None:
        """Stop the entry whose button was pressed if it runs, else continue it."""
        running = self._tracking.snapshot.running
        if running is not None and running.id == entry_id:
            self._tracking.stop()
        elif isinstance(entry_id, int):
            self._continue(entry_id)

    @Slot()
    def _on_duplicate(self) -> None:
        ids = self._selection.selected_ids()
        message = tr("Duplicated {count} entries.").format(count=len(ids))
        if self._entry is not None:
            message = tr("Duplicated “{name}”.").format(name=self._name(self._entry))
        self._run(
            lambda now: entries.duplicate(self._tracking.db, *few_enough(ids), now=now), message
        )

    @Slot()
    def _on_merge(self) -> None:
        ids = self._selection.selected_ids()
        message = tr("Merged {count} entries.").format(count=len(ids))
        self._run(lambda now: entries.merge(self._tracking.db, few_enough(ids), now=now), message)

    @Slot()
    def _on_copy(self) -> None:
        """Copy each on a line of its own, the earliest first, as quick start reads it."""
        names, zone = self._tracking.snapshot.names, self._tracking.calendar.zone
        found = sorted(self._selection.selected(most=MOST_AT_ONCE), key=lambda each: each.start)
        lines = [write_line(line_of(entry, names), now=clock.now(), zone=zone) for entry in found]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.message.emit(
                ntr("Copied {count} entry.", "Copied {count} entries.", len(lines)).format(
                    count=len(lines)
                )
            )

    @Slot()
    def _on_pin(self) -> None:
        if self._same is not None:
            what = self._same.what
            self._run(
                lambda now: favourites.pin(self._tracking.db, what, now=now),
                tr("Pinned “{name}” to the favourites.").format(name=self._name(self._same)),
            )

    @Slot()
    def _on_delete(self) -> None:
        ids = self._selection.selected_ids()
        message = tr("Deleted {count} entries.").format(count=len(ids))
        if self._entry is not None:
            message = tr("Deleted “{name}”.").format(name=self._name(self._entry))
        self._run(lambda now: entries.delete(self._tracking.db, few_enough(ids), now=now), message)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        if not self._selection.selected_ids():
            return
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([*self.all[:-1], self.copy])
        menu.addSeparator()
        menu.addAction(self.delete)
        menu.popup(self._view.viewport().mapToGlobal(place))
