"""The row that has a new token made, which is asked twice: every other computer is signed out."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton

from tray.language import tr
from tray.session.online_values import OnlineRequests
from tray.store.account import LinkedAccount
from tray.ui import labels
from tray.ui.account.online_task import OnlineTask
from tray.ui.settings.sections import Section


class TokenRow(QObject):
    """Two rows of `section`; the second is the way out once it is asked."""

    def __init__(self, section: Section, online: OnlineRequests) -> None:
        super().__init__(section)
        self._online = online
        self._questions = 0
        self.button = QPushButton(tr("New token…"), section)
        self.keep = QPushButton(tr("Keep it"), section)
        self.row = section.add(
            tr("API token"),
            tr("If somebody else may have seen it, have a new one made"),
            self.button,
        )
        self.keep_row = section.add(tr("The present token"), "", self.keep)
        self.keep_row.setVisible(False)
        self.task = OnlineTask(online, self.row, self.button)
        self.task.done.connect(self._on_made)
        self.button.clicked.connect(self._on_pressed)
        self.keep.clicked.connect(self._on_kept)

    def show_for(self, account: LinkedAccount | None) -> None:
        """Show the row, if there is an account that has a token; that of a gateway has none."""
        has_token = account is not None and account.auth != "bearer"
        self.row.setVisible(has_token)
        self.keep_row.setVisible(has_token and self._questions > 0)

    @Slot()
    def _on_pressed(self) -> None:
        self._questions += 1
        if self._questions == 1:
            self.row.say(
                tr(
                    "Every other computer, phone and script that signs in with the present token "
                    "stops, and has to sign in with the new one."
                )
            )
            self._offer(tr("Make a new token"))
        elif self._questions == 2:
            self.row.say(tr("The present token cannot be had back. Are you sure?"))
            self._offer(tr("Yes, make a new token"))
        else:
            self._ask_no_more()
            number = self._online.reset_token()
            self.task.follow(number, tr("Making a new token…"), may_cancel=False)

    def _offer(self, word: str) -> None:
        self.button.setText(word)
        self.keep_row.setVisible(True)

    def _ask_no_more(self) -> None:
        self._questions = 0
        self.button.setText(tr("New token…"))
        self.keep_row.setVisible(False)

    @Slot()
    def _on_kept(self) -> None:
        self._ask_no_more()
        self.row.say("")
        self.button.setFocus()

    @Slot(object)
    def _on_made(self, problem: str) -> None:
        self.row.say(
            problem
            or tr("There is a new token, and this computer has it. Sign in anew on the others."),
            labels.warning if problem else labels.subdued,
        )
