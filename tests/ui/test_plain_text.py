"""What people and servers write is shown as it was written: Qt never reads it as HTML."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QSystemTrayIcon,
)
from pytestqt.qtbot import QtBot

from tests.ui.plain import HOSTILE, assert_plain
from tray import clock
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.tracker import catalogue, entries
from tray.tracker.resolve import Draft
from tray.ui import plain_text
from tray.ui.entries.entries_window import EntriesWindow
from tray.ui.menu import TrayMenu
from tray.ui.mini import MiniWindow
from tray.ui.quick_start.dialog import QuickStartDialog
from tray.ui.tray_icon import TrayIcon

TRAY: Final = Path(__file__).parents[2] / "tray"
BANNED: Final = {"setStatusTip", "setWhatsThis", "setHtml", "setInformativeText"}
BOXES: Final = {"critical", "warning", "information", "question", "about"}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(TRAY.rglob("*.py")):
        name = str(path.relative_to(TRAY))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield name, node


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
    assert found == []


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
    balloons = [where for where, _, name in calls() if name == "showMessage"]
    assert [where.partition(":")[0] for where in balloons] == ["ui/tray_icon.py"]


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
    window, dialog = EntriesWindow(hostile, TimeFormat()), QuickStartDialog(hostile, TimeFormat())
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


def test_the_tooltip_and_the_messages_of_the_icon(
    hostile: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    shown: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "setToolTip", lambda _, text: shown.append(text))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, *told: shown.extend(told[:2]))
    icon = TrayIcon(QMenu(), Settings())
    icon.need_attention("<b>why</b>")
    icon.show(hostile.snapshot)
    icon.message("<b>title</b>", "<img src='/dev/zero'>", 1_000)
    assert len(shown) == 3
    assert not any(set("<>") & set(text) for text in shown)


def test_the_menu_has_no_tooltips(hostile: Tracking, qtbot: QtBot) -> None:
    menu = TrayMenu(hostile).menu
    assert not menu.toolTipsVisible()
