"""The backups there are, each with what it holds, and the ways to make one and go back to one."""

import os
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tray.language import described, in_a_row, mark, tr, tr_marked
from tray.model.formats import TimeFormat
from tray.session.data_actions import BackupFile, DataActions, DataFailure
from tray.ui import labels
from tray.ui.data.data_words import counted_entries, size
from tray.ui.settings.sections import Section, SettingRow

_KINDS: Final = {
    "daily": mark("daily"),
    "made": mark("made by you"),
    "before-import": mark("before an import"),
    "before-restore": mark("before going back to a backup"),
    "before-removal": mark("before an account was removed"),
    "before-schema": mark("before an update"),
    "before-new": mark("of a database that was replaced"),
}


class BackupSection(Section):
    """A row for each backup, below the one that makes another."""

    def __init__(self, actions: DataActions, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(tr("Backups"), parent)
        self._actions, self._times = actions, times
        self.make = QPushButton(tr("Back up now"), self)
        hint = tr("One is made on each day with a change, and kept for a week")
        self._first = self.add(tr("This computer's backups"), hint, self.make)
        self.rows: dict[str, SettingRow] = {}
        self.box: QMessageBox | None = None
        self.make.clicked.connect(self._on_make)
        actions.listed.connect(self._on_listed)
        actions.restored.connect(self._on_restored)
        actions.failed.connect(self._on_failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._actions.list_backups()

    @Slot(object)
    def _on_listed(self, backups: tuple[BackupFile, ...]) -> None:
        self.make.setEnabled(True)
        if self._first.message.text() == tr("Backing up…"):
            self._first.say("")
        for row in self.rows.values():
            self.remove(row)
        self.rows = {each.path: self._row(each) for each in backups}

    def _row(self, each: BackupFile) -> SettingRow:
        button = QPushButton(tr("Restore…"), self)
        when = self._times.date_and_time(each.made_at)
        button.setAccessibleName(tr("Restore the backup of {when}").format(when=when))
        button.setEnabled(each.content.entries is not None)
        button.clicked.connect(partial(self.ask, each))
        return self.add(f"{when} · {_kind(each.path)}", self._holds(each), button)

    def _holds(self, each: BackupFile) -> str:
        entries, latest = each.content
        if entries is None:
            return tr("Cannot be read")
        parts = [counted_entries(entries)]
        if latest is not None:
            when = self._times.date_and_time(latest)
            parts.append(tr("the last of {when}").format(when=when))
        return described(parts) + f" · {size(each.size_bytes)}"

    def ask(self, chosen: BackupFile) -> None:
        """Ask whether to go back to a backup."""
        box = QMessageBox(self)
        box.setWindowTitle(tr("Restore a backup"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        when = self._times.date_and_time(chosen.made_at)
        question = tr("Go back to the backup of {when}?").format(when=when)
        holds = tr("It holds {what}.").format(what=self._holds(chosen))
        safe = tr("What is here now is backed up first.")
        box.setText(f"{question}\n\n{in_a_row((holds, safe))}")
        restore = box.addButton(tr("Restore"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        restore.clicked.connect(partial(self._on_agreed, chosen))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.box = box
        box.open()

    def _on_agreed(self, chosen: BackupFile) -> None:
        self._first.say(tr("Restoring…"), labels.subdued)
        self._actions.restore(chosen)

    @Slot()
    def _on_make(self) -> None:
        self.make.setEnabled(False)
        self._first.say(tr("Backing up…"), labels.subdued)
        self._actions.back_up()

    @Slot(object)
    def _on_restored(self, chosen: BackupFile) -> None:
        entries = counted_entries(chosen.content.entries or 0)
        self._first.say(tr("Restored {entries}.").format(entries=entries), labels.subdued)

    @Slot(object)
    def _on_failed(self, failure: DataFailure) -> None:
        if failure.of in ("backup", "restore"):
            self.make.setEnabled(True)
            self._first.say(failure.sentence)


def _kind(path: str) -> str:
    """Why a backup was made, by its name."""
    name = os.path.basename(path)
    return next(
        (tr_marked(words) for start, words in _KINDS.items() if name.startswith(start)), name
    )
