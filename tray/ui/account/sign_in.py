"""The rows in which somebody signs in: with what, then what becomes of the entries made before."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from tray.session.sign_in_values import FoundAccount, SignInActions, SignInData
from tray.store.account import LinkedAccount
from tray.ui import labels
from tray.ui.menu import shortened
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.theme import UNIT
from tray.ui.wording import tr

_TOGGL: Final = "https://api.track.toggl.com/api/v9"
_NAME_COLUMNS: Final = 40


class SignInMethod(Enum):
    """With what somebody signs in."""

    TOKEN = auto()
    PASSWORD = auto()
    GATEWAY = auto()


class SignInStage(Enum):
    """How far it has come."""

    FILLING = auto()
    ASKING = auto()
    CHOOSING = auto()


class SignInForm(QObject):
    """Rows of `section`, shown while nobody is signed in, or somebody signs in anew."""

    finished = Signal()
    """It is signed in, or the user gave up signing in anew."""

    def __init__(self, section: Section, actions: SignInActions) -> None:
        super().__init__(section)
        self._actions = actions
        self._stage = SignInStage.FILLING
        self._shown = False
        self._again = False
        self.way = QComboBox(section)
        self.token, self.email, self.password = (QLineEdit(section) for _ in range(3))
        self.elsewhere = QCheckBox(section)
        self.address, self.connection = QLineEdit(section), QLineEdit(section)
        self.choice = QComboBox(section)
        self.leave = QPushButton(tr("Cancel"), section)
        self.accept = QPushButton(section)
        self._rows = self._made_rows(section)
        self._fill_choices()
        self._connect()

    def _made_rows(self, section: Section) -> dict[str, SettingRow]:
        """By what they are for, in their order on the page."""

        def row(label: str, hint: str, control: QWidget) -> SettingRow:
            control.setAccessibleName(label)
            control.setAccessibleDescription(hint)
            return section.add(label, hint, control)

        buttons = QWidget(section)
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addStretch()
        line.addWidget(self.leave)
        line.addWidget(self.accept)
        for secret in (self.token, self.password):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.address.setPlaceholderText("https://…/api/v9")
        return {
            "way": row(
                tr("Sign in with"),
                tr("To keep this computer and your Toggl account in step"),
                self.way,
            ),
            "token": row(
                tr("API token"),
                tr("At the bottom of your profile page at track.toggl.com"),
                self.token,
            ),
            "email": row(tr("E-mail address"), tr("Of your Toggl account"), self.email),
            "password": row(
                tr("Password"), tr("Used once to fetch the token, and not kept"), self.password
            ),
            "elsewhere": row(
                tr("Another server"), tr("One that is not Toggl's own"), self.elsewhere
            ),
            "address": row(tr("Server address"), tr("With the path of its API"), self.address),
            "connection": row(
                tr("Connection"), tr("If the gateway has several; else empty"), self.connection
            ),
            "who": section.add("", "", QWidget(section)),
            "choice": row(tr("Entries made here before"), "", self.choice),
            "buttons": section.add("", "", buttons),
        }

    def _fill_choices(self) -> None:
        self.way.addItem(tr("API token"), SignInMethod.TOKEN)
        self.way.addItem(tr("E-mail and password"), SignInMethod.PASSWORD)
        self.way.addItem(tr("Key of a gateway"), SignInMethod.GATEWAY)
        self.choice.addItem(tr("Decide later"), "later")
        self.choice.addItem(tr("Upload them"), "upload")
        self.choice.addItem(tr("Keep them here only"), "keep")

    def _connect(self) -> None:
        self.way.currentIndexChanged.connect(self._on_edited)
        self.elsewhere.toggled.connect(self._on_edited)
        for line in (self.token, self.email, self.password, self.address, self.connection):
            line.textChanged.connect(self._on_edited)
            line.returnPressed.connect(self.accept.click)
        self.accept.clicked.connect(self._on_accept)
        self.leave.clicked.connect(self._on_leave)
        self._actions.met.connect(self._on_met)
        self._actions.failed.connect(self._on_failed)
        self._actions.joined.connect(self._on_joined)

    @property
    def stage(self) -> SignInStage:
        """How far it has come."""
        return self._stage

    def show(self, known: LinkedAccount | None, *, again: bool = False) -> None:
        """Show the rows; `known` is the account that the data here belongs to."""
        if self._shown and self._again == again:
            return
        self._shown, self._again = True, again
        if known is not None and not self.address.text():
            elsewhere = known.url != _TOGGL
            self.address.setText(known.url if elsewhere else "")
            self.connection.setText(known.connection)
            self.elsewhere.setChecked(elsewhere)
            self.way.setCurrentIndex(self.way.findData(_way_of(known.auth)))
        elif known is None and not self.address.text():
            self._fill_from_environment()
        self._go(SignInStage.FILLING)

    def _fill_from_environment(self) -> None:
        """Name the server that the environment does, if it names one."""
        environ = self._actions.environ
        url = environ.get("TOGGL_API_URL", "").strip()
        if url:
            self.address.setText(url)
            self.connection.setText(environ.get("TOGGL_API_CONNECTION", "").strip())
            self.elsewhere.setChecked(True)
            auth = environ.get("TOGGL_API_AUTH", "").strip().lower()
            self.way.setCurrentIndex(self.way.findData(_way_of(auth)))

    def hide(self) -> None:
        """Hide them, and forget what was typed."""
        self._shown = False
        for line in (self.token, self.password):
            line.clear()
        self._lay_out()

    def focus(self) -> None:
        """Put the caret where something is to be typed first."""
        way = self.way.currentData()
        (self.email if way is SignInMethod.PASSWORD else self.token).setFocus()

    def _form(self) -> SignInData:
        way = self.way.currentData()
        elsewhere = way is SignInMethod.GATEWAY or self.elsewhere.isChecked()
        by_password = way is SignInMethod.PASSWORD
        return SignInData(
            "" if by_password else self.token.text().strip(),
            self.email.text().strip() if by_password else "",
            self.password.text() if by_password else "",
            self.address.text().strip() if elsewhere else "",
            self.connection.text().strip() if way is SignInMethod.GATEWAY else "",
        )

    def _go(self, stage: SignInStage) -> None:
        self._stage = stage
        self._lay_out()

    def _lay_out(self) -> None:
        """Show the rows of this stage."""
        way = self.way.currentData()
        filling = self._stage is not SignInStage.CHOOSING
        elsewhere = way is SignInMethod.GATEWAY or self.elsewhere.isChecked()
        wanted = {
            "way": filling,
            "token": filling and way is not SignInMethod.PASSWORD,
            "email": filling and way is SignInMethod.PASSWORD,
            "password": filling and way is SignInMethod.PASSWORD,
            "elsewhere": filling and way is not SignInMethod.GATEWAY,
            "address": filling and elsewhere,
            "connection": filling and way is SignInMethod.GATEWAY,
            "who": not filling,
            "choice": not filling,
            "buttons": True,
        }
        for name, row in self._rows.items():
            row.setVisible(self._shown and wanted[name])
            row.control.setEnabled(self._stage is not SignInStage.ASKING or name == "buttons")
        key = tr("Gateway key") if way is SignInMethod.GATEWAY else tr("API token")
        self._rows["token"].name.setText(key)
        self._rows["token"].hint.setVisible(way is not SignInMethod.GATEWAY)
        self.token.setAccessibleName(key)
        self._show_buttons()

    def _show_buttons(self) -> None:
        asking = self._stage is SignInStage.ASKING
        self.accept.setText(tr("Connect") if self._stage is SignInStage.CHOOSING else tr("Sign in"))
        form = self._form()
        complete = bool(form.token or (form.email and form.password))
        self.accept.setEnabled(complete and not asking)
        self.leave.setVisible(self._again or self._stage is not SignInStage.FILLING)
        if asking:
            self._rows["buttons"].say(tr("One moment…"), labels.subdued)

    @Slot()
    def _on_edited(self) -> None:
        if self._stage is SignInStage.FILLING:
            self._rows["buttons"].say("")
            self._lay_out()

    @Slot()
    def _on_accept(self) -> None:
        if self._stage is SignInStage.CHOOSING:
            self._go(SignInStage.ASKING)
            self._actions.join(self.choice.currentData())
        elif self._stage is SignInStage.FILLING:
            self._go(SignInStage.ASKING)
            self._actions.ask(self._form())

    @Slot()
    def _on_leave(self) -> None:
        self._actions.cancel()
        self._rows["buttons"].say("")
        was, self._stage = self._stage, SignInStage.FILLING
        self._lay_out()
        if was is SignInStage.FILLING:
            self.finished.emit()

    @Slot(object)
    def _on_met(self, met: FoundAccount) -> None:
        if met.is_known or not met.entries_here:
            self._actions.join("later")
            return
        name = shortened(met.name, _NAME_COLUMNS)
        entries = tr("1 entry is") if met.entries_here == 1 else tr("{count} entries are")
        hint = tr("{entries} not in the account yet").format(
            entries=entries.format(count=f"{met.entries_here:,}")
        )
        self._rows["choice"].rename(tr("Entries made here before"), hint)
        self.choice.setAccessibleDescription(hint)
        self._rows["who"].rename(name, met.host)
        self._rows["buttons"].say("")
        self._go(SignInStage.CHOOSING)
        self.choice.setFocus()

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        if self._shown and self._stage is not SignInStage.FILLING:
            self._rows["buttons"].say(sentence)
            self._go(SignInStage.FILLING)
            self.focus()

    @Slot(object)
    def _on_joined(self, _: str) -> None:
        self._rows["buttons"].say("")
        self._stage = SignInStage.FILLING
        self.hide()
        self.finished.emit()


def _way_of(auth: str) -> SignInMethod:
    return SignInMethod.GATEWAY if auth == "bearer" else SignInMethod.TOKEN
