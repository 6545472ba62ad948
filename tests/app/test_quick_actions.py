"""What is done at once: stop or continue, quick start, and the text of the clipboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from tray.app import clipboard_start
from tray.app.quick_actions import QuickActions
from tray.model import limits
from tray.model.days import Calendar
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store.opening import open_database
from tray.tracker.resolve import Draft
from tray.ui.quick_start.dialog import QuickStartDialog


@pytest.fixture
def tracking(tmp_path: Path, qtbot: QtBot) -> Iterator[Tracking]:
    del qtbot
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        yield (tracked := Tracking(db, Calendar()))
        tracked.release()


@pytest.fixture
def quick(tracking: Tracking) -> Iterator[QuickActions]:
    yield (made := QuickActions(tracking, Settings(), tracking))
    if made.dialog is not None:
        made.dialog.stop()
        made.dialog.close()
        made.dialog.deleteLater()
    QGuiApplication.clipboard().clear()


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def dialog(quick: QuickActions) -> QuickStartDialog:
    assert quick.dialog is not None
    return quick.dialog


HOSTILE = "Fix\n@home #12 at 9:30-10:15 -15m $ \\@x \u202egnp.exe"
PLAIN = "Fix @home #12 at 9:30-10:15 -15m $ \\@x gnp.exe"


def test_the_text_is_proposed_as_text(quick: QuickActions, tracking: Tracking) -> None:
    copy(HOSTILE)
    quick.start_from_clipboard()
    line = dialog(quick).line
    assert dialog(quick).isVisible()
    assert line.typed.description == PLAIN
    assert line.typed == line.typed._replace(project=None, tags=(), start=None, billable=False)
    line.submit()
    assert tracking.snapshot.running is not None
    assert tracking.snapshot.running.description == PLAIN


def test_it_starts_at_once_where_the_settings_say_so(
    quick: QuickActions, tracking: Tracking
) -> None:
    quick.use(Settings(clipboard_starts=True))
    copy(HOSTILE)
    quick.start_from_clipboard()
    assert tracking.snapshot.running is not None
    assert tracking.snapshot.running.description == PLAIN
    assert not dialog(quick).isVisible()
    tracking.undo()
    assert tracking.snapshot.running is None


@pytest.mark.parametrize("at_once", [True, False])
def test_nothing_to_read_is_a_sentence(
    quick: QuickActions, tracking: Tracking, qtbot: QtBot, at_once: bool
) -> None:
    quick.use(Settings(clipboard_starts=at_once))
    picture = QImage(2, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    held = QMimeData()
    held.setImageData(picture)
    QGuiApplication.clipboard().setMimeData(held)
    with qtbot.waitSignal(quick.failed) as failed:
        quick.start_from_clipboard()
    assert len(failed.args[0]) > 20
    copy(" \n\t ")
    with qtbot.waitSignal(quick.failed):
        quick.start_from_clipboard()
    assert tracking.snapshot.running is None


def test_a_line_that_is_being_typed_stays(quick: QuickActions) -> None:
    quick.open_quick_start()
    dialog(quick).line.edit.put("half a tho")
    copy("Other")
    quick.start_from_clipboard()
    assert dialog(quick).line.edit.text() == "half a tho"
    assert "Other" in dialog(quick).line.hint.text()


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_too_long_is_cut_and_said(
    quick: QuickActions, tracking: Tracking, qtbot: QtBot, at_once: bool
) -> None:
    quick.use(Settings(clipboard_starts=at_once))
    copy("word " * 5_000)
    if at_once:
        with qtbot.waitSignal(quick.failed):
            quick.start_from_clipboard()
    else:
        quick.start_from_clipboard()
        assert dialog(quick).line.has_message
        dialog(quick).line.submit()
    assert tracking.snapshot.running is not None
    assert len(tracking.snapshot.running.description) > limits.MAX_DESCRIPTION - 5


def test_on_wayland_it_is_read_once_a_window_of_ours_has_the_keyboard(
    quick: QuickActions, tracking: Tracking, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is None)
    monkeypatch.setattr(clipboard_start, "can_leave_the_focus", lambda: False)
    quick.use(Settings(clipboard_starts=True))
    copy("Late")
    quick.start_from_clipboard()
    assert tracking.snapshot.running is None
    assert dialog(quick).isVisible()
    qtbot.waitUntil(lambda: tracking.snapshot.running is not None)
    assert not dialog(quick).isVisible()


def test_toggle_stops_continues_and_asks_the_first_time(
    quick: QuickActions, tracking: Tracking
) -> None:
    quick.toggle()
    assert dialog(quick).isVisible()
    tracking.start(Draft("Email"))
    quick.toggle()
    assert tracking.snapshot.running is None
    quick.toggle()
    assert tracking.snapshot.running is not None
