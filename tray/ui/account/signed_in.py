"""The rows that show the account that is signed in: how it stands, and what can be done with it."""

from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QDate, QObject, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QPushButton, QWidget

from tray import clock
from tray.language import ntr, tr
from tray.model import formats
from tray.model.formats import TimeFormat
from tray.session.sign_in_values import SignInActions
from tray.store.account import LinkedAccount
from tray.sync import status_text
from tray.sync.status import Status
from tray.ui import labels
from tray.ui.account.bars import Bars
from tray.ui.menu import shortened
from tray.ui.settings.sections import Section
from tray.ui.theme import UNIT

_NAME_COLUMNS: Final = 40
_OLDEST: Final = QDate(2006, 1, 1)
"""The year in which Toggl began."""
_THREE_MONTHS: Final = timedelta(days=91)


class SignedInRows(QObject):
    """Rows of `section`, shown while there is an account."""

    sync_wanted = Signal()
    problems_wanted = Signal()
    sign_in_wanted = Signal()
    """The token is no good any more, say."""

    def __init__(self, section: Section, actions: SignInActions) -> None:
        super().__init__(section)
        self._actions = actions
        self._times = TimeFormat()
        self.sign_out, self.sync, self.again, self.show_problems, self.upload = (
            QPushButton(text, section)
            for text in (
                tr("Sign out…"),
                tr("Sync now"),
                tr("Sign in again…"),
                tr("Show…"),
                tr("Upload"),
            )
        )
        self.bars = Bars(section)
        self.since = QDateEdit(section)
        self.fetch = QPushButton(section)
        self._rows = {
            "who": section.add("", "", self.sign_out),
            "state": section.add("", "", self.sync),
            "again": section.add(tr("Sign-in"), "", self.again),
            "problems": section.add("", tr("Everything else goes on"), self.show_problems),
            "requests": section.add(
                tr("Requests left in this hour"), tr("As many as your plan allows"), self.bars
            ),
            "apart": section.add("", tr("They are on this computer only"), self.upload),
            "older": section.add(tr("Older history"), "", self._older(section)),
        }
        self.bars.setAccessibleName(tr("Requests left in this hour"))
        self._connect()

    def _older(self, section: Section) -> QWidget:
        """A date and the button that fetches what was tracked since."""
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("yyyy-MM-dd")
        self.since.setMinimumDate(_OLDEST)
        before = date.today() - _THREE_MONTHS  # noqa: DTZ011  # shown in the computer's zone
        self.since.setMaximumDate(QDate(before.year, before.month, before.day))
        self.since.setDate(QDate(before.year - 1, 1, 1))
        self.since.setAccessibleName(tr("Fetch history from this day on"))
        both = QWidget(section)
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(self.since, 1)
        line.addWidget(self.fetch)
        return both

    def _connect(self) -> None:
        self.sync.clicked.connect(self.sync_wanted)
        self.again.clicked.connect(self.sign_in_wanted)
        self.show_problems.clicked.connect(self.problems_wanted)
        self.sign_out.clicked.connect(self._on_sign_out)
        self.upload.clicked.connect(self._on_upload)
        self.fetch.clicked.connect(self._on_fetch)
        self._actions.failed.connect(self._on_failed)
        self._actions.parted.connect(self._on_outcome_text)
        self._actions.joined.connect(self._on_outcome_text)

    def hide(self) -> None:
        """There is no account."""
        for row in self._rows.values():
            row.setVisible(False)

    def show(self, account: LinkedAccount, status: Status, times: TimeFormat) -> None:
        """Show how things stand."""
        self._times = times
        self._account, self._status = account, status
        for row in self._rows.values():
            row.setVisible(True)
        host = urlsplit(account.url).hostname or ""
        self._rows["who"].rename(shortened(account.name, _NAME_COLUMNS), host)
        self._show_state(status, times)
        needs = status_text.for_user(status)
        self._rows["problems"].setVisible(bool(needs))
        self._rows["problems"].rename(needs, tr("Everything else goes on"))
        self._rows["requests"].setVisible(bool(status.buckets))
        self.bars.show_buckets(status.buckets, times)
        self._show_apart(status.local_only)
        self._show_older(account)

    def _show_state(self, status: Status, times: TimeFormat) -> None:
        row = self._rows["state"]
        in_trouble = status.state == "trouble"
        line = status_text.line(status, now=clock.now(), time_of_day=times.time_of_day)
        if in_trouble:
            line = tr("Not synced")
        elif status.state == "attention":  # which has a row of its own
            line = status_text.waiting(status) or tr("Everything else is synced")
        row.rename(line)
        message = status.error_text if in_trouble or status.state == "offline" else ""
        if status.clock_skew:
            message = status_text.wrong_clock(status)
        row.say(message, labels.warning if in_trouble or status.clock_skew else labels.subdued)
        self._rows["again"].setVisible(in_trouble)

    def _show_apart(self, count: int) -> None:
        label = ntr("1 entry stays here", "{count} entries stay here", count)
        self._rows["apart"].rename(
            label.format(count=formats.number(count)),
            tr("On this computer only, not in the account"),
        )
        self._rows["apart"].setVisible(count > 0)

    def _show_older(self, account: LinkedAccount) -> None:
        fetching = account.pull.older_from is not None
        self.since.setEnabled(not fetching)
        self.fetch.setText(tr("Cancel") if fetching else tr("Fetch"))
        self._rows["older"].rename(
            tr("Older history"),
            self._progress() if fetching else tr("From this day on, where the plan has it"),
        )

    def _progress(self) -> str:
        progress = self._status.history
        if progress is None or not progress.is_older:
            return tr("It is being fetched…")
        day = datetime.fromtimestamp(progress.reached, self._times.zone).date()
        return tr("It is being fetched; back to {day} so far").format(day=formats.numeric_date(day))

    @Slot()
    def _on_sign_out(self) -> None:
        from tray.ui.account.sign_out import SignOutDialog

        dialog = SignOutDialog(self._status, self._rows["who"])
        dialog.chosen.connect(self._actions.sign_out)
        dialog.open()

    @Slot()
    def _on_upload(self) -> None:
        self._actions.upload()

    @Slot()
    def _on_fetch(self) -> None:
        if self._account.pull.older_from is not None:
            self._actions.fetch_older(None)
            return
        day = self.since.date()
        begin = datetime(day.year(), day.month(), day.day(), tzinfo=self._times.zone)
        self._actions.fetch_older(int(begin.timestamp()))

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        self._rows["who"].say(sentence)

    @Slot(object)
    def _on_outcome_text(self, sentence: str) -> None:
        self._rows["who"].say(sentence)
