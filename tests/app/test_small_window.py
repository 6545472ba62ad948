"""The small window where the desktop gives every new window the keyboard."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray.app import small_window
from tray.app.small_window import AGAIN_MS, OFFER, SmallWindow
from tray.desktop.notifier import ActionInvoked
from tray.model.days import Calendar
from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.store.opening import open_database
from tray.ui.menu import TrayMenu


class FakeIcon(QObject):
    appeared = Signal()
    homeless = Signal()
    placed = False


class Watched(SmallWindow):
    """Counts instead of making a window."""

    opened = 0

    def _open(self) -> None:
        self.opened += 1


@pytest.fixture
def icon() -> FakeIcon:
    return FakeIcon()


@pytest.fixture
def small(icon: FakeIcon, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(small_window, "can_leave_the_focus", lambda: False)
    nothing = cast("Any", SimpleNamespace())
    return Watched(nothing, nothing, cast("Any", icon), Settings(), "", icon)


def focused(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_it_is_offered_and_comes_when_it_is_asked_for(
    small: Watched, icon: FakeIcon, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(small.notified) as offered:
        icon.homeless.emit()
    assert offered.args[0].id == OFFER
    assert small.opened == 0
    small.answer(ActionInvoked("another", "show"))
    assert small.opened == 0
    small.answer(ActionInvoked(OFFER, "show"))
    assert small.opened == 1


def test_an_icon_that_found_its_place_takes_the_offer_back(
    small: Watched, icon: FakeIcon, qtbot: QtBot
) -> None:
    icon.homeless.emit()
    icon.placed = True
    with qtbot.waitSignal(small.withdrawn) as taken:
        icon.appeared.emit()
    assert taken.args == [OFFER]
    small.answer(ActionInvoked(OFFER, "show"))
    small.on_unseen(OFFER)
    assert small.opened == 0


def test_what_cannot_be_offered_waits_until_no_window_of_ours_has_the_keyboard(
    small: Watched, icon: FakeIcon, qtbot: QtBot
) -> None:
    window = focused(qtbot)
    icon.homeless.emit()
    small.on_unseen(OFFER)
    assert small.opened == 0
    window.close()
    qtbot.waitUntil(lambda: small.opened == 1)


def test_an_icon_that_found_its_place_meanwhile_needs_none(
    small: Watched, icon: FakeIcon, qtbot: QtBot
) -> None:
    window = focused(qtbot)
    icon.homeless.emit()
    small.on_unseen(OFFER)
    icon.placed = True
    window.close()
    qtbot.wait(2 * AGAIN_MS)
    assert small.opened == 0


def test_with_no_window_of_ours_it_comes_at_once(small: Watched, icon: FakeIcon) -> None:
    icon.homeless.emit()
    small.on_unseen("another")
    assert small.opened == 0
    small.on_unseen(OFFER)
    assert small.opened == 1


def test_where_it_can_leave_the_keyboard_it_comes_and_says_so(
    small: Watched, icon: FakeIcon, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(small_window, "can_leave_the_focus", lambda: True)
    with qtbot.waitSignal(small.message):
        icon.homeless.emit()
    assert small.opened == 1


@pytest.fixture
def wanted(tmp_path: Path, icon: FakeIcon, qtbot: QtBot) -> Iterator[SmallWindow]:
    """A real one, over an empty database."""
    del qtbot
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        tracking = Tracking(db, Calendar())
        menu = TrayMenu(tracking)
        place = str(tmp_path / "small-window")
        made = SmallWindow(tracking, menu, cast("Any", icon), Settings(), place, icon)
        yield made
        if made._window is not None:
            made._window.hide()
            made._window.deleteLater()
        menu.menu.deleteLater()
        tracking.release()


def shown(small: SmallWindow) -> bool:
    return small._window is not None and small._window.isVisible()


def test_it_comes_and_goes_as_it_is_asked_for(wanted: SmallWindow, icon: FakeIcon) -> None:
    icon.placed = True
    wanted.begin()
    assert not shown(wanted), "not by itself at the start"
    wanted.toggle()
    assert shown(wanted)
    icon.appeared.emit()
    assert shown(wanted), "it was asked for, whether there is an icon or not"
    wanted.toggle()
    assert not shown(wanted)


def test_at_the_start_it_comes_if_the_settings_say_so(wanted: SmallWindow, icon: FakeIcon) -> None:
    icon.placed = True
    wanted.use(Settings(mini_at_start=True))
    wanted.begin()
    assert shown(wanted)
    icon.appeared.emit()
    assert shown(wanted)


def test_whether_it_is_on_top_follows_the_settings_where_it_is(wanted: SmallWindow) -> None:
    def on_top() -> bool:
        assert wanted._window is not None
        return bool(wanted._window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint)

    wanted.toggle()
    assert on_top()
    assert wanted._window is not None
    wanted._window.move(120, 80)
    wanted.use(Settings(mini_on_top=False))
    assert not on_top()
    assert shown(wanted)
    assert wanted._window.pos() == QPoint(120, 80)


def test_its_place_is_kept(wanted: SmallWindow) -> None:
    wanted.toggle()
    assert wanted._window is not None
    wanted._window.move(120, 80)
    wanted.toggle()
    wanted.renew()
    wanted.toggle()
    assert wanted._window.pos() == QPoint(120, 80)
