"""What people and servers write is shown as it was written: Qt never reads it as HTML."""

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QFontMetrics, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.tray_item import PanelItem
from tests.ui.plain import HOSTILE, assert_plain
from tray import clock
from tray.credentials import SecretStore
from tray.desktop.support import partly
from tray.model.formats import TimeFormat
from tray.model.panels import GNOME
from tray.session.account_actions import AccountActions
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store import account, conflicts, outbox
from tray.store.conflicts import ConflictRow
from tray.sync.status import Status
from tray.tracker import catalogue, entries
from tray.tracker.resolve import Draft
from tray.ui import plain_text
from tray.ui.account.problems import ProblemsWindow
from tray.ui.account.section import AccountSection
from tray.ui.entries.timer_page import TimerPage
from tray.ui.hotkey_bindings import HotkeyState, Standing
from tray.ui.menu import TrayMenu, shortened
from tray.ui.mini import MiniWindow
from tray.ui.quick_start.dialog import QuickStartDialog
from tray.ui.settings.settings_window import SettingsWindow
from tray.ui.tray_icon import TrayIcon
from tray.workers.background import KeyringThread

TRAY: Final = Path(__file__).parents[2] / "tray"
BANNED: Final = {"setStatusTip", "setWhatsThis", "setHtml", "setInformativeText"}
BOXES: Final = {"critical", "warning", "information", "question", "about"}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(TRAY.rglob("*.py")):
        name = str(path.relative_to(TRAY))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield name, node


ITEM: Final = "desktop/qt_item.py"
"""Gets all its texts from the icon, which has made them plain."""


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call, with the name of what is called."""
    for name, node in sources():
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield f"{name}:{node.lineno}", node, called.attr
            elif isinstance(called, ast.Name):
                yield f"{name}:{node.lineno}", node, called.id


def _is_ours(text: ast.expr) -> bool:
    """Whether nobody else can have written it, or it went through `plain_text`."""
    match text:
        case ast.Constant(value=str()):
            return True
        case ast.Call(func=ast.Name(id="tr"), args=[ast.Constant()]):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="plain_text"))):
            return True
    return False


def test_what_may_be_read_as_markup_goes_through_the_one_helper() -> None:
    text_at = {"setToolTip": 0, "showText": 1}
    found = [
        where
        for where, call, name in calls()
        if name in text_at and not _is_ours(call.args[text_at[name]])
    ]
    assert {where.partition(":")[0] for where in found} == {ITEM}


def test_labels_are_those_that_show_plain_text_and_nothing_else_shows_html() -> None:
    made = [where for where, _, name in calls() if name == "QLabel"]
    bases = {
        name
        for name, node in sources()
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QLabel" for base in node.bases)
    }
    assert (made, bases) == ([], {"ui/labels.py"})
    assert [where for where, _, name in calls() if name in BANNED] == []
    boxes = [
        where
        for where, call, name in calls()
        if name in BOXES
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "QMessageBox"
    ]
    assert boxes == [], "these guess what their text is; make one, and set its format"
    balloons = {where.partition(":")[0] for where, _, name in calls() if name == "showMessage"}
    assert balloons == {ITEM}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_tooltip_is_html(text: str, qapp: QApplication) -> None:
    shown = plain_text.tooltip(text)
    assert not Qt.mightBeRichText(shown)
    assert shown.replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["", "Write report", "a < b & c", "R&D"])
def test_what_looks_like_nothing_stays_as_it_is(text: str, qapp: QApplication) -> None:
    assert plain_text.tooltip(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_panel_gets_a_tag(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    shown = plain_text.panel(text)
    assert "<" not in shown
    assert ">" not in shown
    monkeypatch.setattr("sys.platform", "win32")
    assert plain_text.panel(text) == text


@pytest.fixture(params=HOSTILE)
def hostile(tracking: Tracking, request: pytest.FixtureRequest) -> Tracking:
    """Such a description, project and tag on what runs, and on what has been done."""
    text: str = request.param
    now = clock.now()
    name = " ".join(text.split())
    catalogue.create_project(tracking.db, name, now=now)
    draft = Draft(text, name, None, (name,))
    entries.add(tracking.db, draft, start=now - 600, stop=now - 300, now=now)
    tracking.start(draft)
    tracking.refresh()
    assert tracking.snapshot.running is not None
    return tracking


def test_the_small_window(hostile: Tracking, qtbot: QtBot) -> None:
    window = MiniWindow(hostile, QMenu())
    qtbot.addWidget(window)
    window.show()
    assert_plain(window)
    hostile.stop()
    assert_plain(window)


def test_the_entries_and_quick_start(hostile: Tracking, qtbot: QtBot) -> None:
    window, dialog = TimerPage(hostile, TimeFormat()), QuickStartDialog(hostile, TimeFormat())
    for each in (window, dialog):
        qtbot.addWidget(each)
        each.show()
    window.view.selectAll()
    window.notice.tell(hostile.snapshot.recent[0].description)
    dialog.line.edit.setText(hostile.snapshot.recent[0].description)
    for each in (window, dialog):
        assert_plain(each)
    dialog.stop()
    window.close()


def test_the_texts_and_the_messages_of_the_icon(hostile: Tracking, qtbot: QtBot) -> None:
    item = PanelItem()
    icon = TrayIcon(item, Settings(icon_label="time and entry"))
    item.be_placed(True, GNOME)
    icon.need_attention("<b>why</b>")
    icon.show(hostile.snapshot)
    icon.message("<b>title</b>", "<img src='/dev/zero'>", 1_000)
    shown = [item.title, *item.lines, item.label, *item.messages[0]]
    assert len(shown) > 5
    assert not any(set("<>") & set(text) for text in shown)


def test_the_problems(hostile: Tracking, qtbot: QtBot) -> None:
    text = hostile.snapshot.recent[0].description
    assert hostile.snapshot.running is not None
    refused, changed = hostile.snapshot.recent[0].id, hostile.snapshot.running.id
    account.write(hostile.db, account.LinkedAccount("http://127.0.0.1/api", "basic", "", 1, text))
    with hostile.db.writing():
        outbox.add(hostile.db, "entry", refused)
        item = outbox.of(hostile.db, "entry", refused)
        assert item is not None
        outbox.update(hostile.db, item.id, state="refused", field="project_id", error=text)
        values: dict[str, int | str | None] = {"description": text}
        conflict = ConflictRow(0, "entry", changed, "description", values, values, "ours", 0)
        conflicts.add(hostile.db, conflict)
    hostile.refresh()
    window = ProblemsWindow(hostile, TimeFormat())
    qtbot.addWidget(window)
    window.show()
    assert len(window.cards) == 2
    assert_plain(window)


def test_the_account_in_the_settings(hostile: Tracking, qtbot: QtBot, tmp_path: Path) -> None:
    text = hostile.snapshot.recent[0].description
    linked = account.LinkedAccount("http://127.0.0.1/api", "basic", "", 1, text)
    account.write(hostile.db, linked)
    hostile.refresh()
    keyring = KeyringThread(lambda: SecretStore(FakeKeyring))
    actions = AccountActions(hostile.db.path, keyring, hostile, crash_log=str(tmp_path / "crash"))

    def section(parent: QWidget) -> list[AccountSection]:
        return [AccountSection(hostile, actions, TimeFormat(), parent)]

    file = tmp_path / "settings.toml"
    file.write_text(f"hotkey_toggle = {json.dumps(text)}\n", encoding="utf-8")
    window = SettingsWindow(str(file), Autostart(text), extra={"account": section})
    qtbot.addWidget(window)
    window.show()
    window.show_support(text)
    refused = HotkeyState(Standing.REFUSED, why=text)
    window.show_hotkeys({"quick": refused, "toggle": refused})
    window.rail.search.setText(" ")  # every page is made for it
    window.rail.search.setText("e")
    shown = [label.text() for label in window.findChildren(QLabel)]
    assert sum(text in each for each in shown) >= 4, "else nothing hostile was tried"
    assert_plain(window)
    for status in (Status("trouble", text, error_text=text), Status("signed out", text)):
        hostile.snapshot = hostile.snapshot._replace(sync=status)
        hostile.changed.emit(hostile.snapshot)
        assert_plain(window)


class Autostart:
    """One that cannot be had, for the reason that a test gives."""

    def __init__(self, why: str) -> None:
        self.support = partly(why)

    def enabled(self) -> bool:
        return False

    def matches(self, command: Sequence[str]) -> bool:
        return not command

    def enable(self, command: Sequence[str]) -> None:
        raise NotImplementedError

    def disable(self) -> None:
        raise NotImplementedError


def test_the_menu_has_no_tooltips(hostile: Tracking, qtbot: QtBot) -> None:
    shown = TrayMenu(hostile)
    menu = shown.menu
    assert not menu.toolTipsVisible()


def test_what_has_several_lines_is_painted_on_one(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert plain_text.elided("Plan\r\nthe\tweek\x1b", metrics, 10_000) == "Plan the week"
    assert plain_text.elided("Plan\nthe week", metrics, metrics.averageCharWidth() * 6)[-1] == "…"
    assert shortened("Plan\r\nthe week") == "Plan the week"


def test_nothing_is_shortened_that_could_have_several_lines() -> None:
    shortening = {name.split(":")[0] for name, _, called in calls() if called == "elidedText"}
    own = {
        *("ui/plain_text.py", "ui/entry_line/candidate_delegate.py", "ui/away/answer_button.py"),
        "desktop/linux/notification_buttons.py",
    }
    assert shortening <= own
