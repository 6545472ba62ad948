"""The first section of the settings: the account, or the way to have one."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tray.language import tr
from tray.model.formats import TimeFormat
from tray.session.sign_in_values import SignInActions
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.store import account
from tray.sync.status import Status
from tray.ui.account.sign_in import SignInForm
from tray.ui.account.signed_in import SignedInRows
from tray.ui.settings.sections import Section


class AccountSection(Section):
    """Follows the store, so that what a terminal or the worker does shows, too."""

    sync_wanted = Signal()
    problems_wanted = Signal()

    def __init__(
        self, tracking: Tracking, actions: SignInActions, times: TimeFormat, parent: QWidget
    ) -> None:
        super().__init__("", parent)
        self._tracking = tracking
        self._actions = actions
        self._times = times
        self._again = False
        self.signed_in = SignedInRows(self, actions)
        self._forget = QPushButton(tr("Forget it"), self)
        self._before = self.add("", "", self._forget)
        self.sign_in = SignInForm(self, actions)
        self._forget.clicked.connect(self._on_forget)
        self.signed_in.sync_wanted.connect(self.sync_wanted)
        self.signed_in.problems_wanted.connect(self.problems_wanted)
        self.signed_in.sign_in_wanted.connect(self._on_sign_in_wanted)
        self.sign_in.finished.connect(self._on_finished)
        tracking.changed.connect(self._on_changed)
        self._show()

    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self._times = times
        self._show()

    def focus(self) -> None:
        """Put the caret where one signs in, if nobody is."""
        if self.sign_in.is_shown:
            self.sign_in.focus()

    def _show(self) -> None:
        found = account.read(self._tracking.db)
        status = self._tracking.snapshot.sync
        if found is not None and found.signed_in and status is not None:
            self.signed_in.show(found, status, self._times)
            self._before.setVisible(False)
            if self._again:
                self.sign_in.show(found, again=True)
            else:
                self.sign_in.hide()
            return
        self._again = False
        self.signed_in.hide()
        self._show_before(found, status)
        self.sign_in.show(found)

    def _show_before(self, found: account.LinkedAccount | None, status: Status | None) -> None:
        """Whose the data here is, or why signing in by the environment did not work."""
        self._before.setVisible(found is not None or status is not None)
        self._forget.setVisible(found is not None)
        if found is not None:
            hint = tr("The data here belongs to this account; sign in again to go on")
            self._before.rename(tr("Signed out: {name}").format(name=found.name), hint)
        self._before.say(status.error_text if status is not None else "")

    @Slot()
    def _on_forget(self) -> None:
        self._actions.sign_out("forget")

    @Slot()
    def _on_sign_in_wanted(self) -> None:
        self._again = True
        self._show()
        self.sign_in.focus()

    @Slot(bool)
    def _on_finished(self, had_focus: bool) -> None:
        self._again = False
        self._show()
        if had_focus:
            self.signed_in.sync.setFocus()

    @Slot(object)
    def _on_changed(self, _: Snapshot) -> None:
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()
