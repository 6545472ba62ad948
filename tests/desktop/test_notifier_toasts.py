"""What is said to Windows of a notification, and what Windows says of it."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.fakes.notifications import IDENTITY, ToastStage
from tests.fakes.qt import eventually, settle
from tests.fakes.winrt import FakeRuntime
from tray.desktop.balloon import BalloonNotifier
from tray.desktop.choose import choose_notifier
from tray.desktop.notifier import Action, ActionInvoked, Closed, Notification, Reason
from tray.desktop.windows.toasts import MOST_BUTTONS
from tray.desktop.windows.winrt_toasts import WinrtToasts

QUESTION = Notification(
    "away",
    "Keep the time?",
    "9:00 to 9:30 <b>",
    (Action("default", "Open"), Action("keep", '"Keep" & more'), Action("split", "Split")),
    lasts_ms=0,
)


@pytest.fixture
def stage(qapp: object) -> Iterator[ToastStage]:
    made = ToastStage()
    yield made
    made.close()


@pytest.fixture
def ended(stage: ToastStage) -> list[object]:
    heard: list[object] = []
    stage.notifier.answered.connect(heard.append)
    stage.notifier.closed.connect(heard.append)
    return heard


def dismiss(stage: ToastStage, reason: int) -> None:
    (toast,) = stage.runtime.shown.values()
    stage.runtime.tell(toast, "dismissed", SimpleNamespace(reason=reason))
    settle()


def test_buttons_and_texts_come_as_they_are(stage: ToastStage) -> None:
    stage.notifier.show(QUESTION)
    (toast,) = stage.runtime.shown.values()
    assert toast.texts == ["Keep the time?", "9:00 to 9:30 <b>"]
    assert toast.buttons == {"keep": '"Keep" & more', "split": "Split"}
    assert toast.root.attrib == {"launch": "default", "scenario": "reminder"}


def test_windows_gets_no_more_buttons_than_it_takes(stage: ToastStage) -> None:
    many = tuple(Action(str(number), str(number)) for number in range(9))
    stage.notifier.show(QUESTION._replace(actions=many))
    (toast,) = stage.runtime.shown.values()
    assert len(toast.buttons) == MOST_BUTTONS


def test_a_question_can_be_answered_after_it_left_the_screen(
    stage: ToastStage, ended: list[object]
) -> None:
    stage.notifier.show(QUESTION)
    dismiss(stage, 2)
    assert ended == []
    stage.choose(QUESTION.title, "keep")
    eventually(lambda: ended == [ActionInvoked("away", "keep")])


def test_a_message_that_left_the_screen_is_not_kept(stage: ToastStage, ended: list[object]) -> None:
    stage.notifier.show(Notification("a", "Stopped", actions=(Action("undo", "Undo"),)))
    dismiss(stage, 2)
    eventually(lambda: ended == [Closed("a", Reason.EXPIRED)])
    assert stage.titles() == []


def test_who_closes_it_has_answered_nothing(stage: ToastStage, ended: list[object]) -> None:
    stage.notifier.show(QUESTION)
    dismiss(stage, 0)
    eventually(lambda: ended == [Closed("away", Reason.DISMISSED)])


def test_what_windows_says_of_one_that_was_replaced_is_past(
    stage: ToastStage, ended: list[object]
) -> None:
    stage.notifier.show(Notification("a", "Started"))
    (before,) = stage.runtime.shown.values()
    stage.notifier.show(Notification("a", "Stopped"))
    stage.runtime.tell(before, "dismissed", SimpleNamespace(reason=1))
    settle()
    assert ended == []
    assert stage.titles() == ["Stopped"]


@pytest.mark.parametrize("how", ["at once", "later"])
def test_what_windows_refuses_was_not_shown(
    stage: ToastStage, ended: list[object], how: str
) -> None:
    stage.runtime.refuses = how == "at once"
    stage.notifier.show(QUESTION)
    for toast in tuple(stage.runtime.shown.values()):
        stage.runtime.tell(toast, "failed", SimpleNamespace(error_code=-1))
    eventually(lambda: ended == [Closed("away", Reason.NOT_SHOWN)])


@pytest.mark.parametrize("runtime", [FakeRuntime(installed=False), FakeRuntime(setting=2)])
def test_where_windows_shows_none_of_ours_there_are_none(runtime: FakeRuntime) -> None:
    with pytest.raises(OSError, match=r"Element not found|setting 2"):
        WinrtToasts(runtime.load)


def test_without_toasts_there_are_balloons(qapp: object) -> None:
    def show(*_: object) -> None:
        pass

    notifier = choose_notifier({}, IDENTITY, show_message=show, platform="win32")
    assert isinstance(notifier, BalloonNotifier)
