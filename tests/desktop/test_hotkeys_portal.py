"""The desktop portal gives, changes, refuses and takes back hotkeys as it likes."""

from collections.abc import Iterator

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.hotkeys import IDENTITY, PortalStage, bind
from tests.fakes.portal import FakePlasmaPortal
from tests.fakes.qt import eventually, settle
from tray.desktop.chord import parse
from tray.desktop.hotkeys import Hotkey
from tray.desktop.linux.bus import Bus
from tray.desktop.linux.portal_hotkeys import PortalHotkeys
from tray.desktop.support import PENDING, Level


@pytest.fixture
def bus() -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


@pytest.fixture
def stage(bus: BusDaemon, qapp: object) -> Iterator[PortalStage]:
    stage = PortalStage(bus.address)
    yield stage
    stage.close()


@pytest.fixture
def alone(bus: BusDaemon, qapp: object) -> Iterator[PortalHotkeys]:
    """Hotkeys on a desktop without a portal."""
    hotkeys = PortalHotkeys(Bus(bus.address), IDENTITY, environ={})
    yield hotkeys
    hotkeys.stop()


def only(stage: PortalStage) -> Hotkey:
    (hotkey,) = stage.hotkeys.hotkeys
    return hotkey


def test_the_desktop_is_told_who_asks_for_what(stage: PortalStage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    assert stage.portal.registered == IDENTITY.app_id
    assert stage.portal.bound == {
        "quick": {"description": "Quick start", "trigger_description": "CTRL+ALT+t"}
    }
    bind(stage.hotkeys, "other", "f9")
    assert stage.portal.bound["other"]["description"] == "other"


def test_what_is_bound_in_one_go_is_asked_for_once(stage: PortalStage) -> None:
    """Each time the desktop may open a dialog."""
    eventually(lambda: stage.hotkeys.support.works)
    stage.hotkeys.bind("quick", parse("ctrl+alt+t"))
    bind(stage.hotkeys, "toggle", "ctrl+alt+y")
    assert stage.portal.binds == 1
    assert stage.portal.bound.keys() == {"quick", "toggle"}
    bind(stage.hotkeys, "toggle", "ctrl+alt+u")
    assert (stage.portal.binds, len(stage.portal.sessions)) == (2, 1)


def test_until_the_desktop_answers_that_is_said(stage: PortalStage) -> None:
    stage.portal.answers = False
    support = stage.hotkeys.bind("quick", parse("ctrl+alt+t"))
    assert support == PENDING
    eventually(lambda: stage.portal.sessions)
    assert only(stage).support.level is Level.PENDING


def test_what_is_bound_while_the_desktop_has_yet_to_answer_is_asked_for_after_that(
    stage: PortalStage,
) -> None:
    eventually(lambda: stage.hotkeys.support.works)
    stage.portal.answers = False
    stage.hotkeys.bind("quick", parse("ctrl+alt+t"))
    eventually(lambda: stage.portal.names)
    stage.hotkeys.bind("toggle", parse("ctrl+alt+y"))
    settle()
    assert len(stage.portal.names) == 1, "two sessions of one name there cannot be"
    stage.portal.answers = True
    stage.portal.answer()
    eventually(lambda: all(each.support.works for each in stage.hotkeys.hotkeys))
    assert stage.portal.bound.keys() == {"quick", "toggle"}
    assert stage.portal.binds == 1


def test_every_session_has_the_name_that_users_can_read(stage: PortalStage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    bind(stage.hotkeys, "quick", "ctrl+alt+u")
    assert stage.portal.names == ["Toggl_Tray", "Toggl_Tray"]


def test_all_can_be_given_back(stage: PortalStage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.hotkeys.unbind("quick")
    eventually(lambda: not stage.portal.sessions)
    assert bind(stage.hotkeys, "quick", "ctrl+alt+u").support.works


def test_plasma_gives_them_with_the_session_and_opens_no_settings(
    bus: BusDaemon, qapp: object
) -> None:
    stage = PortalStage(bus.address, FakePlasmaPortal)
    stage.portal.other_triggers["toggle"] = ""
    assert bind(stage.hotkeys, "quick", "ctrl+alt+t").trigger == "CTRL+ALT+t"
    assert not bind(stage.hotkeys, "toggle", "ctrl+alt+y").support.works
    assert bind(stage.hotkeys, "quick", "ctrl+alt+u").trigger == "CTRL+ALT+u"
    assert (stage.portal.binds, len(stage.portal.sessions)) == (0, 1)
    calls: list[str] = []
    stage.hotkeys.pressed.connect(calls.append)
    stage.press("ctrl+alt+u")
    eventually(lambda: calls == ["quick"])
    stage.close()


def test_the_trigger_is_the_one_that_was_given(stage: PortalStage) -> None:
    stage.portal.other_triggers["quick"] = "Meta+Z"
    assert bind(stage.hotkeys, "quick", "ctrl+alt+t").trigger == "Meta+Z"
    stage.portal.change_trigger("quick", "Meta+Ä")
    eventually(lambda: only(stage).trigger == "Meta+Ä")


def test_a_hotkey_without_a_key_does_not_work(stage: PortalStage) -> None:
    stage.portal.other_triggers["quick"] = ""
    hotkey = bind(stage.hotkeys, "quick", "ctrl+alt+t")
    assert hotkey.support.level is Level.MISSING
    assert "The desktop gave “Quick start” no key." in hotkey.support.why
    changes: list[Hotkey] = []
    stage.hotkeys.changed.connect(changes.append)
    stage.portal.change_trigger("quick", "F9")
    eventually(lambda: changes)
    assert only(stage).support.works


@pytest.mark.parametrize(("code", "reason"), [(1, "you declined"), (2, "it does not say why")])
def test_a_refusal_is_reported(stage: PortalStage, code: int, reason: str) -> None:
    stage.portal.code = code
    why = bind(stage.hotkeys, "quick", "ctrl+alt+t").support.why
    assert f"The desktop refused the hotkey ({reason})." in why
    assert "“toggl-tray quick”" in why
    stage.portal.code = 0
    assert bind(stage.hotkeys, "quick", "ctrl+alt+t").support.works


def test_an_error_is_reported_in_its_own_words(stage: PortalStage) -> None:
    stage.portal.refuses = "An app id is required"
    why = bind(stage.hotkeys, "quick", "ctrl+alt+t").support.why
    assert "The desktop refused the hotkey (An app id is required)." in why


def test_sessions_taken_back_are_reported(stage: PortalStage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.portal.close_sessions()
    eventually(lambda: not only(stage).support.works)
    assert "it took all of them back" in only(stage).support.why


def test_an_older_portal_needs_no_registration(bus: BusDaemon, qapp: object) -> None:
    stage = PortalStage(bus.address)
    stage.portal.has_registry = False
    assert bind(stage.hotkeys, "quick", "ctrl+alt+t").support.works
    stage.close()


def test_a_portal_without_shortcuts_is_told_from_one_with(bus: BusDaemon, qapp: object) -> None:
    stage = PortalStage(bus.address)
    stage.portal.has_shortcuts = False
    assert "(no portal)" in bind(stage.hotkeys, "quick", "ctrl+alt+t").support.why
    stage.close()


def test_without_a_portal_the_commands_are_named(alone: PortalHotkeys) -> None:
    hotkey = bind(alone, "quick", "ctrl+alt+t")
    assert "(no portal). Bind the commands “toggl-tray quick” and" in hotkey.support.why
    assert alone.support.level is Level.MISSING
    assert "“toggl-tray quick” and “toggl-tray toggle”" in alone.support.why


def test_a_portal_that_comes_late_is_used(bus: BusDaemon, alone: PortalHotkeys) -> None:
    assert not bind(alone, "quick", "ctrl+alt+t").support.works
    stage = PortalStage(bus.address)
    eventually(lambda: alone.hotkeys[0].support.works)
    assert alone.support.works
    stage.close()


def test_a_portal_that_restarts_is_asked_again(bus: BusDaemon, stage: PortalStage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.portal.stop()
    eventually(lambda: not only(stage).support.works)
    assert "has gone" in only(stage).support.why
    stage.portal = type(stage.portal)(bus.address)
    eventually(lambda: only(stage).support.works)
    calls: list[str] = []
    stage.hotkeys.pressed.connect(calls.append)
    stage.press("ctrl+alt+t")
    eventually(lambda: calls)


def test_the_end_of_the_session_is_survived(bus: BusDaemon, stage: PortalStage) -> None:
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    bus.stop()
    eventually(lambda: not stage.hotkeys.support.works)
    assert "The connection to the desktop is gone" in only(stage).support.why
    assert stage.hotkeys.bind("toggle", parse("f9")).level is Level.MISSING


def test_the_permission_to_come_to_the_front_is_left_for_qt(stage: PortalStage) -> None:
    calls: list[str] = []
    stage.hotkeys.pressed.connect(calls.append)
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    stage.portal.press("CTRL+ALT+t", {"activation_token": ("s", "token-1")})
    eventually(lambda: calls)
    assert stage.environ == {"XDG_ACTIVATION_TOKEN": "token-1"}


def test_what_others_press_is_not_ours(stage: PortalStage) -> None:
    calls: list[str] = []
    stage.hotkeys.pressed.connect(calls.append)
    bind(stage.hotkeys, "quick", "ctrl+alt+t")
    other = f"{stage.portal.path}/session/1_99/session1"
    stage.portal.emit("Activated", "osta{sv}", other, "quick", 1, {})
    stage.portal.emit("Activated", "s", "nonsense")
    stage.press("ctrl+alt+t")
    eventually(lambda: calls)
    assert calls == ["quick"]
