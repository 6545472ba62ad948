from itertools import pairwise

import pytest
from PySide6.QtCore import QDate, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from tests.ui.account.conftest import Page
from tray import clock
from tray.store import account, outbox
from tray.store.database import Database
from tray.sync import status
from tray.tracker.resolve import Draft
from tray.ui.account.sign_in import SignInMethod, SignInServer, SignInStage
from tray.ui.account.sign_out import SignOutDialog


def stored(db: Database) -> account.LinkedAccount:
    found = account.read(db)
    assert found is not None
    return found


def test_without_an_account_there_is_a_form(page: Page) -> None:
    assert page.texts() == ["Account at", "Sign in with", "Your profile page", "API token"]
    assert not page.section.sign_in.accept.isEnabled(), "nothing is filled in yet"


def test_each_way_to_sign_in_asks_for_what_it_needs(page: Page) -> None:
    form = page.section.sign_in
    form.way.setCurrentIndex(form.way.findData(SignInMethod.PASSWORD))
    assert page.texts() == ["Account at", "Sign in with", "E-mail address", "Password"]
    form.server.setCurrentIndex(form.server.findData(SignInServer.GATEWAY))
    assert page.texts() == [
        *("Account at", "Server address", "Pages of the gateway", "Gateway key", "Connection")
    ]
    form.server.setCurrentIndex(form.server.findData(SignInServer.OWN))
    form.way.setCurrentIndex(form.way.findData(SignInMethod.TOKEN))
    assert page.texts() == [
        *("Account at", "Server address", "Sign in with", "Your profile page", "API token")
    ]


@pytest.mark.parametrize("server", SignInServer)
@pytest.mark.parametrize("way", SignInMethod)
def test_tab_goes_down_the_rows_to_where_one_signs_in(
    page: Page, server: SignInServer, way: SignInMethod
) -> None:
    form = page.section.sign_in
    form.server.setCurrentIndex(form.server.findData(server))
    form.way.setCurrentIndex(form.way.findData(way))
    for line in (form.address, form.token, form.email, form.password):
        line.setText("anything")
    fields = [*(row.control for row in page.rows()[:-1]), form.accept]
    fields[0].setFocus()
    for above, below in pairwise(fields):
        QTest.keyClick(above, Qt.Key.Key_Tab)
        assert page.window.focusWidget() is below


def test_hints_speak_of_the_server_that_is_chosen(page: Page) -> None:
    form = page.section.sign_in
    assert "track.toggl.com" in form.page.accessibleDescription()
    form.server.setCurrentIndex(form.server.findData(SignInServer.OWN))
    assert "oggl" not in form.page.accessibleDescription()
    assert "localhost" in form.address.placeholderText()
    form.token.setText("abc")
    assert not form.accept.isEnabled(), "no server is named"
    assert not form.page.isEnabled(), "nor is there a page then"


@pytest.mark.parametrize(
    ("server", "address", "expected"),
    [
        (SignInServer.TOGGL, "", "https://track.toggl.com/profile"),
        (SignInServer.OWN, "localhost:8080", "http://localhost:8080/profile"),
        (SignInServer.OWN, "http://192.168.1.5:8080", "http://192.168.1.5:8080/profile"),
        (SignInServer.OWN, "time.example.com/api/v9", "https://time.example.com/profile"),
        (SignInServer.GATEWAY, "https://gate.example.com/toggl-track", "https://gate.example.com/"),
    ],
)
def test_the_page_with_the_token_is_a_button_away(
    page: Page, server: SignInServer, address: str, expected: str
) -> None:
    opened = Browser()
    QDesktopServices.setUrlHandler("http", opened, "open")  # type: ignore[arg-type]  # it takes a text
    QDesktopServices.setUrlHandler("https", opened, "open")  # type: ignore[arg-type]  # it takes a text
    try:
        form = page.section.sign_in
        form.server.setCurrentIndex(form.server.findData(server))
        form.address.setText(address)
        page.press(form.page)
        assert opened.pages == [expected]
    finally:
        QDesktopServices.unsetUrlHandler("http")
        QDesktopServices.unsetUrlHandler("https")


class Browser(QObject):
    """Notes what it is to open."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.pages.append(url.toString())


def active(page: Page) -> None:
    page.window.activateWindow()
    page.qtbot.waitUntil(page.window.isActiveWindow)


def test_signing_in_keeps_the_focus_where_it_is(page: Page) -> None:
    active(page)
    page.fill("0" * 32)
    form = page.section.sign_in
    form.token.setFocus()
    QTest.keyClick(form.token, Qt.Key.Key_Return)
    assert form.stage is SignInStage.ASKING
    assert form.token.hasFocus(), "while the server is asked"
    QTest.keyClicks(form.token, "x")
    assert form.token.text() == "0" * 32, "nothing changes meanwhile"
    page.qtbot.waitUntil(lambda: form.stage is SignInStage.FILLING)
    assert form.token.hasFocus(), "to be corrected"


def test_the_button_that_signs_in_keeps_the_focus_until_there_is_something_to_choose(
    page: Page,
) -> None:
    active(page)
    page.fill(page.server.account.token)
    form = page.section.sign_in
    form.accept.setFocus()
    QTest.keyClick(form.accept, Qt.Key.Key_Space)
    assert form.stage is SignInStage.ASKING
    assert form.accept.hasFocus()
    page.qtbot.waitUntil(form.choice.hasFocus)
    form.accept.setFocus()
    QTest.keyClick(form.accept, Qt.Key.Key_Space)
    page.qtbot.waitUntil(page.section.signed_in.sync.hasFocus)


def test_who_went_elsewhere_while_it_signs_in_is_left_there(page: Page) -> None:
    elsewhere = QLineEdit(page.window)
    elsewhere.show()
    active(page)
    page.fill(page.server.account.token)
    page.press(page.section.sign_in.accept)
    elsewhere.setFocus()
    page.qtbot.waitUntil(page.section.sign_in.choice.isVisible)
    assert elsewhere.hasFocus()


def test_the_server_of_the_environment_need_not_be_typed(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_URL", page.server.url)
    page.section.sign_in.hide()
    page.tracking.refresh()
    form = page.section.sign_in
    assert form.server.currentData() is SignInServer.OWN
    assert form.address.text() == page.server.url
    QTest.keyClicks(form.token, page.server.account.token)
    page.press(form.accept)
    page.qtbot.waitUntil(form.choice.isVisible)


def test_the_gateway_of_the_environment_need_not_be_typed(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_URL", page.server.gateway_url)
    monkeypatch.setenv("TOGGL_API_AUTH", "Bearer")
    monkeypatch.setenv("TOGGL_API_CONNECTION", "c-1")
    page.section.sign_in.hide()
    page.tracking.refresh()
    assert page.texts() == [
        *("Account at", "Server address", "Pages of the gateway", "Gateway key", "Connection")
    ]
    assert page.section.sign_in.connection.text() == "c-1"


def test_every_control_has_a_name(page: Page) -> None:
    page.sign_in()
    page.press(page.section.signed_in.sign_out)
    for kind in (QLineEdit, QComboBox, QAbstractButton):
        for control in page.section.findChildren(kind):
            own = not control.objectName().startswith("qt_")  # Qt's parts of its own controls
            if own and control.isVisible():
                heard = QAccessible.queryAccessibleInterface(control)
                assert heard.text(QAccessible.Text.Name), control


def test_a_secret_is_neither_shown_nor_told_to_a_screen_reader(page: Page) -> None:
    form = page.section.sign_in
    for line in (form.token, form.password):
        line.setText("a secret")
        assert line.displayText() != "a secret"
        heard = QAccessible.queryAccessibleInterface(line)
        told = [heard.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)]
        assert "a secret" not in told
    assert not any("secret" in label.text() for label in page.section.findChildren(QLabel))


def test_what_is_wrong_is_said_below_and_can_be_corrected(page: Page) -> None:
    page.fill("0" * 32)
    form = page.section.sign_in
    page.press(form.accept)
    assert form.stage is SignInStage.ASKING
    page.qtbot.waitUntil(lambda: form.stage is SignInStage.FILLING)
    assert "127.0.0.1 does not accept the sign-in" in page.texts()[-1]
    QTest.keyClick(form.token, Qt.Key.Key_Backspace)
    assert page.texts()[-1] == "API token", "the sentence goes with what it was about"


def test_signing_in_shows_what_will_be_joined_first(page: Page) -> None:
    page.fill(page.server.account.token)
    form = page.section.sign_in
    QTest.keyClick(form.token, Qt.Key.Key_Return)
    page.qtbot.waitUntil(form.choice.isVisible)
    assert page.texts() == ["Test User", "Entries made here before"]
    assert "4 entries are not in the account yet" in form.choice.accessibleDescription()
    assert account.read(page.tracking.db) is None
    form.choice.setCurrentIndex(form.choice.findData("upload"))
    with page.qtbot.waitSignal(page.desk.joined):
        page.press(form.accept)
    page.qtbot.waitUntil(page.section.signed_in.sync.isVisible)
    assert outbox.count(page.tracking.db).pending == 4
    assert page.tracking.db.rows("SELECT * FROM local_only") == []
    assert form.token.text() == "", "nothing is left of the secret"


def test_one_can_turn_back_before_anything_is_joined(page: Page) -> None:
    page.fill(page.server.account.token)
    form = page.section.sign_in
    page.press(form.accept)
    page.qtbot.waitUntil(form.choice.isVisible)
    page.press(form.leave)
    assert form.token.isVisible()
    assert account.read(page.tracking.db) is None


def test_a_server_that_does_not_answer_can_be_left(page: Page) -> None:
    page.server.faults.next("late")
    page.fill(page.server.account.token)
    form = page.section.sign_in
    page.press(form.accept)
    page.qtbot.waitUntil(lambda: page.server.faults.done != [])
    page.press(form.leave)
    assert form.stage is SignInStage.FILLING
    page.press(form.accept)
    page.qtbot.waitUntil(form.choice.isVisible)


def test_the_account_shows_how_it_stands(page: Page) -> None:
    page.sign_in()
    assert page.texts()[0] == "Test User"
    assert page.texts()[2:] == ["4 entries stay here", "Older history"]
    account.update(page.tracking.db, history_complete=True, last_sync=clock.now())
    page.tracking.start(Draft("Email"))
    assert "1 change waiting" in page.texts()


def test_requests_left_stand_beside_their_bars(page: Page) -> None:
    from tray.store import quota_rows

    page.sign_in()
    now = clock.now()
    with page.tracking.db.writing():
        quota_rows.write(page.tracking.db, "user", ["user", 30, 12, now + 600])
        quota_rows.write(page.tracking.db, "organization 7", ["organization 7", 30, 30, 0])
    page.tracking.refresh()
    first, second = page.section.signed_in.bars.lines()
    assert first.startswith("Looking for changes: 12\u00a0of\u00a030, renewed at ")
    assert second == "Uploading changes: 30\u00a0of\u00a030"
    assert page.section.signed_in.bars.accessibleDescription().startswith("Looking")


def test_trouble_is_said_with_a_way_to_sign_in_again(page: Page) -> None:
    page.sign_in()
    sentence = "127.0.0.1 does not accept the sign-in."
    account.update(
        page.tracking.db, error_kind=account.SyncErrorKind.SIGN_IN_REFUSED, error_text=sentence
    )
    page.tracking.refresh()
    assert page.texts()[1:3] == ["Not synced", sentence]
    page.press(page.section.signed_in.again)
    form = page.section.sign_in
    assert form.token.isVisible()
    assert form.address.text() == page.server.url, "it need not be typed again"
    page.fill(page.server.account.token)
    page.press(form.accept)
    page.qtbot.waitUntil(lambda: not form.token.isVisible())
    assert stored(page.tracking.db).errors.error_kind == ""


def test_a_wrong_clock_is_told(page: Page) -> None:
    page.sign_in()
    account.update(page.tracking.db, clock_skew=7200)
    page.tracking.refresh()
    assert any("clock is 2 hours slow" in text for text in page.texts())


def test_entries_made_before_are_uploaded_by_a_button(page: Page) -> None:
    page.sign_in()
    page.press(page.section.signed_in.upload)
    page.qtbot.waitUntil(lambda: not page.section.signed_in.upload.isVisible())
    assert status.read(page.tracking.db, now=clock.now()).pending == 4


def test_older_history_is_fetched_from_a_day_on_and_can_be_called_off(page: Page) -> None:
    page.sign_in()
    rows = page.section.signed_in
    rows.since.setDate(QDate(2020, 3, 1))
    page.press(rows.fetch)
    page.qtbot.waitUntil(lambda: rows.fetch.text() == "Cancel")
    begin = stored(page.tracking.db).pull.older_from
    assert begin is not None
    assert abs(begin - 1_583_020_800) < 24 * 3600
    account.update(page.tracking.db, older_next=f"[[1], {begin + 86_400 * 40}, null]")
    page.tracking.refresh()
    older = page.rows()[-1]
    assert older.hint.text().startswith("It is being fetched; back to 2020-04-")
    page.press(rows.fetch)
    page.qtbot.waitUntil(lambda: rows.fetch.text() == "Fetch")
    assert stored(page.tracking.db).pull.older_from is None


def dialog(page: Page) -> SignOutDialog:
    page.press(page.section.signed_in.sign_out)
    return next(iter(page.window.findChildren(SignOutDialog)))


def test_signing_out_keeps_the_data_unless_told_otherwise(page: Page) -> None:
    page.sign_in()
    asked = dialog(page)
    assert asked.group.checkedId() == 0
    page.press(asked.accept_button)
    page.qtbot.waitUntil(page.section.sign_in.token.isVisible)
    assert page.texts()[0] == "Signed out: Test User"
    assert not stored(page.tracking.db).signed_in
    assert page.keyring.secrets == {}


def test_nothing_can_be_removed_while_something_is_unsent(page: Page) -> None:
    page.sign_in()
    page.tracking.start(Draft("Unsent"))
    asked = dialog(page)
    keep, forget, remove = asked.group.buttons()
    assert keep.isEnabled()
    assert forget.isEnabled()
    assert not remove.isEnabled()
    assert any("1 change waiting" in label.text() for label in asked.findChildren(QLabel))
    asked.reject()


def test_a_forgotten_account_leaves_the_entries(page: Page) -> None:
    page.sign_in()
    asked = dialog(page)
    asked.group.button(1).setChecked(True)
    page.press(asked.accept_button)
    page.qtbot.waitUntil(lambda: account.read(page.tracking.db) is None)
    page.qtbot.waitUntil(lambda: page.texts()[0] == "Account at")
    assert page.tracking.db.row("SELECT count(*) FROM entry") == (4,)


def test_a_long_name_makes_nothing_wider(page: Page) -> None:
    page.server.account.fullname = "名" * 200
    before = page.section.minimumSizeHint().width()
    page.sign_in()
    page.tracking.refresh()
    assert page.section.minimumSizeHint().width() <= max(before, page.section.width())
    assert page.texts()[0].endswith("…")


def test_the_settings_open_where_it_is(page: Page, tmp_path: object) -> None:
    from tray.ui.settings.settings_window import SettingsWindow

    made: list[QWidget] = []

    def make(parent: QWidget) -> list[QWidget]:
        made.append(QWidget(parent))
        return made

    window = SettingsWindow(f"{tmp_path}/settings.toml", extra={"account": make})
    page.qtbot.addWidget(window)
    window.show()
    assert made[0].isVisible()
    window.show_page("time")
    assert not made[0].isVisible()
    window.show_page("account")
    assert made[0].isVisible()
