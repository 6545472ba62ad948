"""The user's own calendars in the settings: which there are, and the ways to add one."""

import os
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.feed_thread import FeedThread
from tray.store.feeds import Feed
from tray.ui import labels
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.theme import UNIT

_FILES: Final = "iCalendar (*.ics *.ical);;* (*)"
_NAME_WIDTH: Final = 20 * UNIT
_MOST_NAME: Final = 60


class FeedSection(Section):
    """A row for an address, one for a file, and one for each calendar below them."""

    def __init__(self, feeds: FeedThread, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(tr("Beside your entries"), parent)
        self._feeds, self._times = feeds, times
        self.rows: dict[int, SettingRow] = {}
        self._shown: list[Feed] = []
        self.box: QMessageBox | None = None
        self.choose = QPushButton(tr("Choose a file…"), self)
        self.again = QPushButton(tr("Read again"), self)
        self._address_row = self.add(
            tr("From an address"),
            tr(
                "The secret iCal address that Google, Outlook, Nextcloud and others offer. It is "
                "kept in the keyring, and read every 15 minutes."
            ),
            self._address_line(),
            wide=True,
        )
        hint = tr("An .ics file on this computer, read again when it has changed")
        self._file_row = self.add(tr("From a file"), hint, self.choose)
        self._again_row = self.add(tr("All calendars"), "", self.again)
        self._connect()

    def _address_line(self) -> QWidget:
        line = QWidget(self)
        self.name, self.address = QLineEdit(line), QLineEdit(line)
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name of the calendar"))
        self.name.setMaxLength(_MOST_NAME)
        self.name.setMaximumWidth(_NAME_WIDTH)
        self.address.setPlaceholderText("https://…/basic.ics")
        self.address.setAccessibleName(tr("Address of the calendar"))
        self.address.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.go = QPushButton(tr("Add"), line)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, UNIT // 2, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.address, 2)
        layout.addWidget(self.go)
        return line

    def _connect(self) -> None:
        self.go.clicked.connect(self._on_address)
        self.address.returnPressed.connect(self._on_address)
        self.choose.clicked.connect(self._on_choose)
        self.again.clicked.connect(self._on_again)
        self._feeds.changed.connect(self._show)
        self._feeds.refused.connect(self._on_refused)

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times

    @Slot()
    def _on_address(self) -> None:
        address = self.address.text().strip()
        if address:
            name = self.name.text().strip() or _host(address) or tr("Calendar")
            self._address_row.say(tr("Asking the keyring…"), labels.subdued)
            self._feeds.add_address(name, address)

    @Slot()
    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("A calendar"), "", _FILES)
        if path:
            self.add_file(path)

    def add_file(self, path: str) -> None:
        """Show what is in a file."""
        name = os.path.splitext(os.path.basename(path))[0]
        self._feeds.add_file(name[:_MOST_NAME] or tr("Calendar"), path)

    @Slot()
    def _on_again(self) -> None:
        self._again_row.say(tr("Reading…"), labels.subdued)
        self._feeds.read_again()

    @Slot(object)
    def _on_refused(self, sentence: object) -> None:
        self._address_row.say(str(sentence))

    @Slot()
    def _show(self) -> None:
        found = self._feeds.feeds
        if len(found) > len(self._shown):
            self.name.clear()
            self.address.clear()
            self._address_row.say("")
        self._again_row.say("")
        self._again_row.setVisible(bool(found))
        if [each.id for each in found] != [each.id for each in self._shown]:
            for row in self.rows.values():
                self.remove(row)
            self.rows = {each.id: self._row(each) for each in found}
        self._shown = found
        for each in found:
            self._say(self.rows[each.id], each)

    def _row(self, feed: Feed) -> SettingRow:
        button = QPushButton(tr("Remove…"), self)
        button.setAccessibleName(tr("Remove the calendar {name}").format(name=feed.name))
        button.clicked.connect(partial(self.ask, feed))
        return self.add(feed.name, "", button)

    def _say(self, row: SettingRow, feed: Feed) -> None:
        where = feed.path or tr("An address, in the keyring")
        read = tr("not read yet")
        if feed.read_at is not None:
            read = tr("read {when}").format(when=self._times.date_and_time(feed.read_at))
        row.rename(feed.name, f"{where} · {read}")
        row.say(feed.problem, labels.warning)

    def ask(self, feed: Feed) -> None:
        """Ask whether a calendar is to go."""
        box = QMessageBox(self)
        box.setWindowTitle(tr("Remove a calendar"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        question = tr("Show the calendar “{name}” no more?").format(name=feed.name)
        rest = tr("Entries that were made from its events stay.")
        if feed.keyring_name:
            rest = tr("Its address is forgotten. Entries that were made from its events stay.")
        box.setText(f"{question}\n\n{rest}")
        remove = box.addButton(tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        remove.clicked.connect(partial(self._feeds.remove, feed))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.box = box
        box.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
