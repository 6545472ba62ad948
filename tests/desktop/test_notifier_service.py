"""The notification service comes late, goes, restarts, refuses, or can do less than others."""

import time
from collections.abc import Iterator

import pytest

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.notifications import (
    DISMISSED,
    EXPIRED,
    IDENTITY,
    FakeNotificationService,
    ServiceStage,
)
from tests.fakes.qt import eventually, settle
from tests.rig.desktop import Desktop
from tests.rig.waiting import BUSY
from tray.desktop.balloon import BalloonNotifier
from tray.desktop.choose import choose_notifier
from tray.desktop.linux.bus import Bus, NoBus
from tray.desktop.linux.notifications import BusNotifier
from tray.desktop.notifier import (
    Action,
    ActionInvoked,
    Closed,
    Notification,
    Notifier,
    Reason,
    Urgency,
)
from tray.desktop.null import NullNotifier
from tray.desktop.support import Level

NOTE = Notification("a", "Title", "Body")


@pytest.fixture
def bus(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


@pytest.fixture
def alone(bus: BusDaemon) -> Iterator[BusNotifier]:
    """On a desktop without a service."""
    notifier = BusNotifier(Bus(bus.address), IDENTITY, environ={})
    yield notifier
    notifier.stop()


@pytest.fixture
def stage(bus: BusDaemon) -> Iterator[ServiceStage]:
    stage = ServiceStage(bus.address)
    yield stage
    stage.close()


def ends(notifier: Notifier) -> list[ActionInvoked | Closed]:
    ended: list[ActionInvoked | Closed] = []
    notifier.answered.connect(ended.append)
    notifier.closed.connect(ended.append)
    return ended


def shown(stage: ServiceStage, notification: Notification = NOTE) -> None:
    stage.notifier.show(notification)
    eventually(lambda: notification.title in stage.titles())
    eventually(lambda: stage.known(max(stage.service.shown)))


def test_one_with_buttons_is_closed_before_another_takes_its_place(stage: ServiceStage) -> None:
    """GNOME would show the other without buttons while the first is on the screen."""
    ended = ends(stage.notifier)
    buttons = (Action("keep", "Keep"),)
    shown(stage, NOTE._replace(actions=buttons))
    shown(stage, NOTE._replace(title="Later", actions=buttons))
    assert list(stage.service.shown) == [2]
    assert ended == []
    stage.service.choose(2, "keep")
    eventually(lambda: ended == [ActionInvoked("a", "keep")])
    eventually(lambda: not stage.service.shown)


def test_a_click_on_the_one_that_is_just_replaced_counts(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    note = NOTE._replace(actions=(Action("keep", "Keep"),))
    shown(stage, note)
    stage.service.may_answer.clear()
    stage.notifier.show(note._replace(title="Later"))
    settle()
    stage.service.choose(1, "keep")
    eventually(lambda: ended == [ActionInvoked("a", "keep")])
    stage.service.may_answer.set()
    eventually(lambda: stage.service.numbers == 2 and not stage.service.shown)
    assert len(ended) == 1


def test_one_without_buttons_is_replaced_where_it_is(stage: ServiceStage) -> None:
    shown(stage)
    shown(stage, NOTE._replace(title="Later"))
    assert list(stage.service.shown) == [1]


def test_the_service_is_told_everything(stage: ServiceStage) -> None:
    actions = (Action("default", "Open"), Action("undo", "Undo"))
    shown(stage, Notification("a", "T", "B", actions, Urgency.CRITICAL, lasts_ms=5_000))
    (sent,) = stage.service.shown.values()
    assert (sent.app, sent.icon, sent.title, sent.body) == ("Toggl Tray", "toggl-tray", "T", "B")
    assert sent.actions == ["default", "Open", "undo", "Undo"]
    assert sent.hints == {"urgency": ("y", 2), "desktop-entry": ("s", "toggl-tray")}
    assert sent.lasts_ms == 5_000


def test_how_long_it_stays_may_be_left_to_the_service(stage: ServiceStage) -> None:
    shown(stage)
    assert stage.service.shown[1].lasts_ms == -1


@pytest.mark.parametrize(
    ("capabilities", "title", "body"),
    [
        (["body", "body-markup"], "a & <b>", "c &amp; &lt;d&gt;"),
        (["body"], "a & <b>", "c & <d>"),
        (["actions"], "a & <b>: c & <d>", ""),
    ],
)
def test_text_is_written_as_the_service_reads_it(
    bus: BusDaemon, capabilities: list[str], title: str, body: str
) -> None:
    stage = ServiceStage(bus.address, *capabilities)
    stage.notifier.show(Notification("a", "a & <b>", "c & <d>"))
    eventually(lambda: stage.service.shown)
    assert stage.service.shown[1][2:4] == (title, body)
    stage.close()


@pytest.mark.parametrize(
    ("number", "reason"),
    [(EXPIRED, Reason.EXPIRED), (DISMISSED, Reason.DISMISSED), (4, Reason.LOST)],
)
def test_why_it_has_gone_is_told(stage: ServiceStage, number: int, reason: Reason) -> None:
    ended = ends(stage.notifier)
    shown(stage)
    stage.service.close(1, number)
    eventually(lambda: ended == [Closed("a", reason)])


def test_notifications_of_others_are_not_ours(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    shown(stage)
    stage.service.choose(99, "default", token="other")
    stage.service.emit("NotificationClosed", "uu", 99, 1)
    stage.service.emit("NotificationClosed", "s", "nonsense")
    stage.service.close(1, DISMISSED)
    eventually(lambda: ended)
    assert ended == [Closed("a", Reason.DISMISSED)]
    assert stage.environ["XDG_ACTIVATION_TOKEN"] != "other"


def test_the_permission_to_come_to_the_front_is_left_for_qt(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    shown(stage)
    stage.service.choose(1, "default", token="token-1")
    eventually(lambda: ended == [ActionInvoked("a", "default")])
    assert stage.environ == {"XDG_ACTIVATION_TOKEN": "token-1"}


def test_a_service_that_forgets_to_say_so_keeps_nobody_waiting(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    stage.service.forgets_to_say = True
    shown(stage)
    stage.notifier.withdraw("a")
    eventually(lambda: ended == [Closed("a", Reason.WITHDRAWN)])


def test_withdrawn_while_the_service_thinks(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    stage.service.may_answer.clear()
    stage.notifier.show(NOTE)
    eventually(lambda: stage.notifier.has_buttons)
    stage.notifier.withdraw("a")
    eventually(lambda: ended == [Closed("a", Reason.WITHDRAWN)])
    stage.service.may_answer.set()
    eventually(lambda: stage.service.numbers == 1 and stage.titles() == [])
    assert len(ended) == 1


@pytest.mark.parametrize("thinks", [True, False])
def test_withdrawn_and_shown_again_at_once(stage: ServiceStage, thinks: bool) -> None:
    ended = ends(stage.notifier)
    if thinks:
        stage.service.may_answer.clear()
        stage.notifier.show(NOTE)
        eventually(lambda: stage.notifier.has_buttons)
    else:
        shown(stage)
    stage.notifier.withdraw("a")
    again = NOTE._replace(title="Again")
    stage.notifier.show(again)
    stage.service.may_answer.set()
    eventually(lambda: stage.service.numbers == 2 and stage.titles() == ["Again"])
    shown(stage, again)
    assert ended == [Closed("a", Reason.WITHDRAWN)]
    stage.notifier.withdraw("a")
    eventually(lambda: stage.titles() == [])


def test_a_slow_service_does_not_hold_us_up(stage: ServiceStage) -> None:
    stage.service.may_answer.clear()
    before = time.monotonic()
    for number in range(100):
        stage.notifier.show(NOTE._replace(id=str(number), title=str(number)))
        settle()
    assert time.monotonic() - before < 1 * BUSY
    stage.service.may_answer.set()
    eventually(lambda: len(stage.titles()) == 100)


def test_a_refused_one_is_not_shown(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    stage.service.refuses = True
    stage.notifier.show(NOTE)
    eventually(lambda: ended == [Closed("a", Reason.NOT_SHOWN)])


def test_what_comes_too_soon_after_its_like_is_shown_a_little_later(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    stage.service.too_many = 1
    shown(stage)
    assert ended == []


def test_what_is_always_too_much_is_not_shown(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    stage.service.too_many = 100
    stage.notifier.show(NOTE)
    eventually(lambda: ended == [Closed("a", Reason.NOT_SHOWN)])
    assert 90 < stage.service.too_many < 99, "it was tried again, but not for ever"


def test_withdrawn_before_it_is_tried_again_it_stays_away(stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    stage.service.too_many = 1
    stage.notifier.show(NOTE)
    eventually(lambda: stage.service.too_many == 0)
    stage.notifier.withdraw("a")
    shown(stage, NOTE._replace(id="b", title="Another"))
    time.sleep(1.5)
    settle()
    assert ended == [Closed("a", Reason.WITHDRAWN)]
    assert stage.titles() == ["Another"]


def test_one_that_was_put_off_has_its_buttons_though_the_service_is_another(
    stage: ServiceStage,
) -> None:
    stage.service.too_many = 1
    stage.notifier.show(NOTE._replace(actions=(Action("keep", "Keep"),)))
    eventually(lambda: stage.service.too_many == 0)
    settle()
    stage.notifier._capabilities = None  # as when it has just been replaced
    eventually(lambda: stage.titles() == ["Title"])
    (told,) = stage.service.shown.values()
    assert told.actions == ["keep", "Keep"]


def test_without_a_service_it_is_not_shown(alone: BusNotifier) -> None:
    ended = ends(alone)
    alone.show(NOTE)
    eventually(lambda: ended == [Closed("a", Reason.NOT_SHOWN)])
    assert alone.support.level is Level.MISSING
    assert alone.support.why == "This desktop has no notification service. Install one, say dunst."
    assert not alone.has_buttons


def test_a_service_that_comes_late_is_used(bus: BusDaemon, alone: BusNotifier) -> None:
    changes: list[object] = []
    alone.changed.connect(changes.append)
    eventually(lambda: alone.support.level is Level.MISSING)
    service = FakeNotificationService(bus.address)
    eventually(lambda: alone.support.works)
    assert changes[-1] == alone.support
    alone.show(NOTE)
    eventually(lambda: service.shown)
    service.stop()


def test_what_a_service_showed_is_lost_with_it(bus: BusDaemon, stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    shown(stage)
    stage.service.stop()
    eventually(lambda: ended == [Closed("a", Reason.LOST)])
    assert stage.notifier.support.level is Level.PARTLY
    assert not stage.notifier.has_buttons
    stage.service = FakeNotificationService(bus.address, "body")
    eventually(lambda: "shows no buttons" in stage.notifier.support.why)
    shown(stage)


def test_a_service_that_has_gone_is_asked_again_by_the_next(alone: BusNotifier) -> None:
    """Which starts it, if the bus can start it; here it cannot."""
    ended = ends(alone)
    eventually(lambda: alone.support.level is Level.MISSING)
    for name in "ab":
        alone.show(NOTE._replace(id=name))
        eventually(lambda: ended)
        assert ended.pop() == Closed(name, Reason.NOT_SHOWN)


def test_dunst_may_be_killed_and_started_again(bare_desktop: Desktop, qapp: object) -> None:
    address = bare_desktop.variables["DBUS_SESSION_BUS_ADDRESS"]
    notifier = BusNotifier(Bus(address), IDENTITY, environ={})
    ended = ends(notifier)
    notifier.show(NOTE)
    eventually(lambda: bare_desktop.notifications.shown())
    settle()
    bare_desktop.notifications.stop()
    eventually(lambda: ended)
    assert [each.id for each in ended] == ["a"]
    bare_desktop.notifications.start()
    eventually(lambda: notifier.support.works)
    notifier.stop()


def test_on_leaving_nothing_stays_whose_buttons_are_dead(stage: ServiceStage) -> None:
    shown(stage)
    stage.notifier.stop()
    eventually(lambda: stage.titles() == [])


def test_the_end_of_the_session_is_survived(bus: BusDaemon, stage: ServiceStage) -> None:
    ended = ends(stage.notifier)
    shown(stage)
    bus.stop()
    eventually(lambda: ended == [Closed("a", Reason.LOST)])
    assert "The connection to the desktop is gone" in stage.notifier.support.why
    stage.notifier.show(NOTE._replace(id="b"))
    eventually(lambda: ended[1:] == [Closed("b", Reason.NOT_SHOWN)])


def test_a_bus_that_was_lost_is_found_again_by_the_next_message(bus: BusDaemon) -> None:
    with open_bus() as other:
        service = FakeNotificationService(other.address)
        notifier = BusNotifier(
            Bus(bus.address), IDENTITY, environ={}, connect_anew=lambda: Bus(other.address)
        )
        ended = ends(notifier)
        bus.stop()
        eventually(lambda: "is gone" in notifier.support.why)
        notifier.show(NOTE)
        eventually(lambda: [each.title for each in service.shown.values()] == ["Title"])
        assert notifier.has_buttons
        assert ended == []
        notifier.stop()
        service.stop()


def test_while_there_is_no_bus_each_message_says_so(bus: BusDaemon) -> None:
    def nowhere() -> Bus:
        raise NoBus("no D-Bus session")

    notifier = BusNotifier(Bus(bus.address), IDENTITY, environ={}, connect_anew=nowhere)
    ended = ends(notifier)
    bus.stop()
    eventually(lambda: "is gone" in notifier.support.why)
    notifier.show(NOTE)
    eventually(lambda: ended == [Closed("a", Reason.NOT_SHOWN)])
    notifier.show(NOTE._replace(id="b"))
    eventually(lambda: ended[1:] == [Closed("b", Reason.NOT_SHOWN)])
    notifier.stop()


def test_the_bus_is_found_as_the_session_says(bus: BusDaemon) -> None:
    environ = {"DBUS_SESSION_BUS_ADDRESS": bus.address}
    notifier = choose_notifier(environ, IDENTITY, show_message=None, platform="linux")
    assert isinstance(notifier, BusNotifier)
    notifier.stop()


def test_the_bus_is_found_at_its_usual_place(bus: BusDaemon) -> None:
    folder = bus.address.removeprefix("unix:path=").partition("/bus,")[0]
    environ = {"XDG_RUNTIME_DIR": folder}
    notifier = choose_notifier(environ, IDENTITY, show_message=None, platform="linux")
    assert isinstance(notifier, BusNotifier)
    notifier.stop()


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "freebsd14"])
def test_without_a_bus_the_icon_shows_them(platform: str, qapp: object) -> None:
    balloons: list[tuple[str, str, int]] = []
    notifier = choose_notifier(
        {}, IDENTITY, show_message=lambda *each: balloons.append(each), platform=platform
    )
    assert isinstance(notifier, BalloonNotifier)
    notifier.show(NOTE)
    notifier.show(NOTE._replace(lasts_ms=0))
    assert balloons == [("Title", "Body", 10_000), ("Title", "Body", 60_000)]
    notifier.stop()


def test_without_anything_the_reason_is_said(qapp: object) -> None:
    notifier = choose_notifier({}, IDENTITY, show_message=None, platform="linux")
    assert isinstance(notifier, NullNotifier)
    assert notifier.support.why == "There are no notifications here (no D-Bus session)."


def test_one_balloon_takes_the_place_of_another(qapp: object) -> None:
    notifier = BalloonNotifier(lambda *_: None)
    ended = ends(notifier)
    notifier.show(NOTE)
    notifier.show(NOTE._replace(id="b"))
    eventually(lambda: ended == [Closed("a", Reason.EXPIRED)])
    notifier.click()
    notifier.click()
    assert ended[1:] == [ActionInvoked("b", "default")]
    notifier.stop()
