"""The rows in which somebody signs in: with what, then what becomes of the entries made before."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from tray.api.address import read_address, token_page
from tray.errors import TrayError, Unencrypted
from tray.language import ntr, tr
from tray.model import formats
from tray.session.sign_in_values import FoundAccount, SignInActions, SignInData
from tray.store.account import LinkedAccount
from tray.ui import labels
from tray.ui.menu import shortened
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.theme import UNIT

_TOGGL: Final = "https://api.track.toggl.com/api/v9"
_NAME_COLUMNS: Final = 40


class SignInServer(Enum):
    """Where somebody signs in."""

    TOGGL = auto()
    OWN = auto()
    GATEWAY = auto()


class SignInMethod(Enum):
    """With what somebody signs in; a gateway has a key."""

    TOKEN = auto()
    PASSWORD = auto()


class SignInStage(Enum):
    """How far it has come."""

    FILLING = auto()
    ASKING = auto()
    CHOOSING = auto()


class SignInForm(QObject):
    """Rows of `section`, shown while nobody is signed in, or somebody signs in anew."""

    finished = Signal(bool)
    """It is signed in, or the user gave up signing in anew; whether the focus was in the form."""

    def __init__(self, section: Section, actions: SignInActions) -> None:
        super().__init__(section)
        self._actions = actions
        self._stage = SignInStage.FILLING
        self._shown = False
        self._again = False
        self._had_focus = False
        # In the order of the rows, because Tab visits them as they are made.
        self.server, self.address = QComboBox(section), QLineEdit(section)
        self.way = QComboBox(section)
        self.page = QPushButton(tr("Open it"), section)
        self.token, self.email, self.password = (QLineEdit(section) for _ in range(3))
        self.connection = QLineEdit(section)
        self.choice = QComboBox(section)
        self.leave = QPushButton(tr("Cancel"), section)
        self.accept = QPushButton(section)
        self.accept.setDefault(True)
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
        return {
            "server": row(
                tr("Account at"), tr("To sync this computer with an account"), self.server
            ),
            "address": row(tr("Server address"), "", self.address),
            "way": row(tr("Sign in with"), "", self.way),
            "page": row(tr("Your profile page"), "", self.page),
            "token": row(tr("API token"), "", self.token),
            "email": row(tr("E-mail address"), tr("Of your account there"), self.email),
            "password": row(
                tr("Password"), tr("Used once to fetch the token, and not kept"), self.password
            ),
            "connection": row(
                tr("Connection"), tr("If the gateway has several; else empty"), self.connection
            ),
            "who": section.add("", "", QWidget(section)),
            "choice": row(tr("Entries made here before"), "", self.choice),
            "buttons": section.add("", "", buttons),
        }

    def _fill_choices(self) -> None:
        self.server.addItem(tr("Toggl"), SignInServer.TOGGL)
        self.server.addItem(tr("A server of your own"), SignInServer.OWN)
        self.server.addItem(tr("A gateway to Toggl"), SignInServer.GATEWAY)
        self.way.addItem(tr("API token"), SignInMethod.TOKEN)
        self.way.addItem(tr("E-mail and password"), SignInMethod.PASSWORD)
        self.choice.addItem(tr("Decide later"), "later")
        self.choice.addItem(tr("Upload them"), "upload")
        self.choice.addItem(tr("Keep them here only"), "keep")

    def _connect(self) -> None:
        for box in (self.server, self.way):
            box.currentIndexChanged.connect(self._on_edited)
        for line in (self.token, self.email, self.password, self.address, self.connection):
            line.textChanged.connect(self._on_edited)
            line.returnPressed.connect(self.accept.click)
        self.page.clicked.connect(self._on_page)
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
            self._show_server(known.url, known.auth, known.connection)
        elif known is None and not self.address.text():
            self._fill_from_environment()
        self._go(SignInStage.FILLING)

    def _fill_from_environment(self) -> None:
        """Name the server that the environment does, if it names one."""
        environ = self._actions.environ
        url = environ.get("TOGGL_API_URL", "").strip()
        if url:
            connection = environ.get("TOGGL_API_CONNECTION", "").strip()
            self._show_server(url, environ.get("TOGGL_API_AUTH", "").strip().lower(), connection)

    def _show_server(self, url: str, auth: str, connection: str) -> None:
        server = SignInServer.GATEWAY if auth == "bearer" else SignInServer.OWN
        if url == _TOGGL:
            server = SignInServer.TOGGL
        self.server.setCurrentIndex(self.server.findData(server))
        self.address.setText("" if url == _TOGGL else url)
        self.connection.setText(connection)

    @property
    def is_shown(self) -> bool:
        """Whether somebody can sign in now."""
        return self._shown

    def hide(self) -> None:
        """Hide them, and forget what was typed."""
        if self._shown:
            self._had_focus = self._has_focus()
        self._shown = False
        for line in (self.token, self.password):
            line.clear()
        self._lay_out()

    def _has_focus(self) -> bool:
        """Whether what is typed goes into the form."""
        focused = QApplication.focusWidget()
        return focused is not None and any(row.isAncestorOf(focused) for row in self._rows.values())

    def focus(self) -> None:
        """Put the caret where something is to be typed first."""
        (self.email if self._is_by_password() else self.token).setFocus()

    def _is_by_password(self) -> bool:
        is_gateway = self.server.currentData() is SignInServer.GATEWAY
        return not is_gateway and self.way.currentData() is SignInMethod.PASSWORD

    def _form(self) -> SignInData:
        server, by_password = self.server.currentData(), self._is_by_password()
        return SignInData(
            "" if by_password else self.token.text().strip(),
            self.email.text().strip() if by_password else "",
            self.password.text() if by_password else "",
            "" if server is SignInServer.TOGGL else self.address.text().strip(),
            self.connection.text().strip() if server is SignInServer.GATEWAY else "",
        )

    def _go(self, stage: SignInStage) -> None:
        self._stage = stage
        self._lay_out()

    def _lay_out(self) -> None:
        """Show the rows of this stage."""
        server, by_password = self.server.currentData(), self._is_by_password()
        filling = self._stage is not SignInStage.CHOOSING
        wanted = {
            "server": filling,
            "address": filling and server is not SignInServer.TOGGL,
            "way": filling and server is not SignInServer.GATEWAY,
            "page": filling and not by_password,
            "token": filling and not by_password,
            "email": filling and by_password,
            "password": filling and by_password,
            "connection": filling and server is SignInServer.GATEWAY,
            "who": not filling,
            "choice": not filling,
            "buttons": True,
        }
        for name, row in self._rows.items():
            row.setVisible(self._shown and wanted[name])
        self._let_edit(self._stage is not SignInStage.ASKING)
        self._name_rows(server)
        self._show_buttons()

    def _let_edit(self, may: bool) -> None:
        """Have nothing changed while the server is asked; what has the focus keeps it."""
        for line in (self.address, self.token, self.email, self.password, self.connection):
            line.setReadOnly(not may)
        for box in (self.server, self.way, self.choice):
            box.setEnabled(may or box.hasFocus())

    def _name_rows(self, server: SignInServer) -> None:
        """Speak of the server that is chosen."""
        key, page, where = {
            SignInServer.TOGGL: (
                tr("API token"),
                tr("Your profile page"),
                tr("The token stands at its bottom, at track.toggl.com"),
            ),
            SignInServer.OWN: (
                tr("API token"),
                tr("Your profile page"),
                tr("The token stands there"),
            ),
            SignInServer.GATEWAY: (
                tr("Gateway key"),
                tr("Pages of the gateway"),
                tr("The key comes from there"),
            ),
        }[server]
        is_gateway = server is SignInServer.GATEWAY
        example = "https://…/toggl-track" if is_gateway else "localhost:8080"
        self.address.setPlaceholderText(example)
        address_hint = tr("Such as {example}").format(example=example)
        for name, label, hint in (
            ("page", page, where),
            ("token", key, ""),
            ("address", tr("Server address"), address_hint),
        ):
            self._rows[name].rename(label, hint)
            self._rows[name].control.setAccessibleName(label)
            self._rows[name].control.setAccessibleDescription(hint)

    def _show_buttons(self) -> None:
        asking = self._stage is SignInStage.ASKING
        self.accept.setText(tr("Connect") if self._stage is SignInStage.CHOOSING else tr("Sign in"))
        self.page.setEnabled(bool(self._token_page()))
        form = self._form()
        named = form.url or self.server.currentData() is SignInServer.TOGGL
        complete = bool(named and (form.token or (form.email and form.password)))
        self.accept.setEnabled(complete)  # while it asks, too, or it would lose the focus
        self.leave.setVisible(self._again or self._stage is not SignInStage.FILLING)
        if asking:
            self._rows["buttons"].say(tr("One moment…"), labels.subdued)

    def _token_page(self) -> str:
        """Where the token can be found; empty as long as no server is named."""
        form = self._form()
        if not form.url and self.server.currentData() is not SignInServer.TOGGL:
            return ""
        try:
            return token_page(read_address(form.url))
        except Unencrypted as error:
            return token_page(read_address(form.url, unencrypted=error.host))
        except TrayError:
            return ""

    @Slot()
    def _on_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._token_page()))

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
            self.finished.emit(True)

    @Slot(object)
    def _on_met(self, met: FoundAccount) -> None:
        if met.is_known or not met.entries_here:
            self._actions.join("later")
            return
        name = shortened(met.name, _NAME_COLUMNS)
        hint = ntr(
            "1 entry is not in the account yet",
            "{count} entries are not in the account yet",
            met.entries_here,
        ).format(count=formats.number(met.entries_here))
        self._rows["choice"].rename(tr("Entries made here before"), hint)
        self.choice.setAccessibleDescription(hint)
        self._rows["who"].rename(name, met.host)
        self._rows["buttons"].say("")
        was_here = self._has_focus()
        self._go(SignInStage.CHOOSING)
        if was_here:
            self.choice.setFocus()

    @Slot(object)
    def _on_failed(self, sentence: str) -> None:
        if self._shown and self._stage is not SignInStage.FILLING:
            self._rows["buttons"].say(sentence)
            self._go(SignInStage.FILLING)

    @Slot(object)
    def _on_joined(self, _: str) -> None:
        self._rows["buttons"].say("")
        self._stage = SignInStage.FILLING
        self.hide()
        self.finished.emit(self._had_focus)
