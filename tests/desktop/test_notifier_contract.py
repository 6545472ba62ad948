"""What every way of showing notifications promises."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, Final

import pytest

from tests.fakes.dbus import open_bus
from tests.fakes.notifications import BalloonStage, DunstStage, ServiceStage, Stage, ToastStage
from tests.fakes.qt import eventually, settle
from tray.desktop.notifier import Action, ActionInvoked, Closed, Notification, Reason
from tray.desktop.null import NullNotifier
from tray.desktop.support import Level

EVERYWHERE: Final = ("dunst", "service", "simple service", "toast", "balloon")
WITH_BUTTONS: Final = ("dunst", "service", "toast")
CAN_WITHDRAW: Final = ("dunst", "service", "simple service", "toast")
QUESTION: Final = Notification(
    "idle",
    "Keep the time?",
    "You were away",
    (Action("default", "Open"), Action("keep", "Keep"), Action("discard", "Discard")),
    lasts_ms=0,
)


@pytest.fixture(params=EVERYWHERE)
def stage(request: pytest.FixtureRequest, qapp: object) -> Iterator[Stage]:
    with ExitStack() as closed:
        match request.param:
            case "dunst":
                made: Any = DunstStage(request.getfixturevalue("bare_desktop"))
            case "service":
                made = ServiceStage(closed.enter_context(open_bus()).address)
            case "simple service":
                made = ServiceStage(closed.enter_context(open_bus()).address, "body")
            case "toast":
                made = ToastStage()
            case _:
                made = BalloonStage()
        yield closed.enter_context(closing(made))


class Ended(list[ActionInvoked | Closed]):
    """How notifications ended, in order."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        stage.notifier.answered.connect(self.append)
        stage.notifier.closed.connect(self.append)

    def come(self, *expected: ActionInvoked | Closed) -> None:
        """These have come, and no others."""
        eventually(lambda: len(self) >= len(expected))
        settle()
        assert list(self) == list(expected)


@pytest.fixture
def ended(stage: Stage) -> Ended:
    return Ended(stage)


def show(stage: Stage, notification: Notification) -> None:
    stage.notifier.show(notification)
    eventually(lambda: notification.title in stage.titles())
    settle()


def test_what_is_shown_is_seen(stage: Stage) -> None:
    show(stage, Notification("a", "Started", "Reading"))
    assert stage.notifier.support.level is not Level.MISSING


def test_what_cannot_be_done_is_said(stage: Stage) -> None:
    show(stage, Notification("a", "Started"))
    support = stage.notifier.support
    assert stage.notifier.has_buttons is support.works
    assert bool(support.why) is not support.works


def test_a_later_one_with_the_same_id_replaces(stage: Stage, ended: Ended) -> None:
    show(stage, Notification("a", "Started"))
    show(stage, Notification("a", "Stopped"))
    assert stage.titles() == ["Stopped"]
    assert ended == []


def test_even_if_the_first_is_still_on_its_way(stage: Stage, ended: Ended) -> None:
    for title in ("Started", "Stopped", "Started again"):
        stage.notifier.show(Notification("a", title))
    eventually(lambda: stage.titles() == ["Started again"])
    assert ended == []


def test_a_click_is_an_answer(stage: Stage, ended: Ended) -> None:
    show(stage, QUESTION)
    if stage.notifier.has_buttons or isinstance(stage, BalloonStage):
        stage.choose(QUESTION.title, "default")
        ended.come(ActionInvoked("idle", "default"))
    else:
        assert isinstance(stage, ServiceStage)
        assert [each.actions for each in stage.service.shown.values()] == [[]]


@pytest.mark.parametrize("stage", WITH_BUTTONS, indirect=True)
@pytest.mark.parametrize("action", ["keep", "discard"])
def test_a_button_answers_with_its_key(stage: Stage, ended: Ended, action: str) -> None:
    show(stage, QUESTION)
    stage.choose(QUESTION.title, action)
    ended.come(ActionInvoked("idle", action))
    eventually(lambda: stage.titles() == [])


def test_an_answer_may_be_followed_up_under_the_same_id(stage: Stage, ended: Ended) -> None:
    def follow_up(answer: ActionInvoked) -> None:
        stage.notifier.show(Notification(answer.id, "Kept"))

    eventually(lambda: "not answered" not in stage.notifier.support.why)
    if stage.notifier.has_buttons or isinstance(stage, BalloonStage):
        show(stage, QUESTION)
        stage.notifier.answered.connect(follow_up)
        stage.choose(QUESTION.title, "default")
        eventually(lambda: stage.titles() == ["Kept"])
        ended.come(ActionInvoked("idle", "default"))


def test_what_is_withdrawn_ends_once(stage: Stage, ended: Ended) -> None:
    show(stage, QUESTION)
    stage.notifier.withdraw("idle")
    stage.notifier.withdraw("idle")
    stage.notifier.withdraw("never shown")
    ended.come(Closed("idle", Reason.WITHDRAWN))


@pytest.mark.parametrize("stage", CAN_WITHDRAW, indirect=True)
def test_what_is_withdrawn_goes_from_the_screen(stage: Stage) -> None:
    show(stage, QUESTION)
    stage.notifier.withdraw("idle")
    eventually(lambda: stage.titles() == [])


def test_what_is_withdrawn_at_once_ends_too(stage: Stage, ended: Ended) -> None:
    stage.notifier.show(QUESTION)
    stage.notifier.withdraw("idle")
    assert ended == []
    ended.come(Closed("idle", Reason.WITHDRAWN))


def test_each_expires_by_itself(stage: Stage, ended: Ended) -> None:
    show(stage, Notification("a", "Soon gone", lasts_ms=200))
    if isinstance(stage, ServiceStage):
        eventually(lambda: stage.known(1))
        stage.service.close(1, 1)
    ended.come(Closed("a", Reason.EXPIRED))


def test_any_text_can_be_shown(stage: Stage) -> None:
    stage.notifier.show(Notification("a", "写报告 <b>&amp;\0\udcff", "a\nb & <i>c</i>"))
    eventually(lambda: stage.titles() != [])
    assert stage.titles()[0].startswith("写报告 <b>&amp;")


def test_after_stop_no_signal_comes(stage: Stage, ended: Ended) -> None:
    show(stage, QUESTION)
    stage.notifier.withdraw("idle")
    stage.notifier.stop()
    settle()
    assert ended == []


def test_without_any_notifications_everything_is_not_shown(qapp: object) -> None:
    notifier = NullNotifier("There are none.")
    closed: list[Closed] = []
    notifier.closed.connect(closed.append)
    assert (notifier.support.level, notifier.support.why) == (Level.MISSING, "There are none.")
    notifier.show(QUESTION)
    notifier.withdraw("idle")
    assert closed == []
    eventually(lambda: closed == [Closed("idle", Reason.NOT_SHOWN)])
