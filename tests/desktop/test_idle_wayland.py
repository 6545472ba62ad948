"""The wire protocol of Wayland against a compositor that does what a real one seldom does."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.compositor import OTHERS, FakeCompositor
from tests.fakes.idle import GRAIN_MS, Finding, WaylandStage
from tests.fakes.qt import eventually, settle
from tests.fakes.user import User
from tray.desktop.linux.wayland import NoCompositor, Wayland, place
from tray.desktop.linux.wayland_idle import find_wayland
from tray.desktop.support import Level, Support


@pytest.fixture(params=[1, 2])
def stage(request: pytest.FixtureRequest, tmp_path: Path, qapp: object) -> Iterator[WaylandStage]:
    with closing(WaylandStage(tmp_path, request.param)) as made:
        yield made


@pytest.fixture
def user() -> Iterator[User]:
    user = User()
    yield user
    user.leave()


@pytest.mark.parametrize(
    ("stage", "how", "level"),
    [(1, "with inhibitors", Level.PARTLY), (2, "input only", Level.WORKS)],
    indirect=["stage"],
)
def test_input_alone_is_asked_for_where_there_is_such_a_request(
    stage: WaylandStage, how: str, level: Level
) -> None:
    eventually(lambda: stage.compositor.asked)
    assert stage.compositor.asked == [(how, GRAIN_MS)]
    assert stage.source.support.level is level


@pytest.mark.parametrize("stage", [2], indirect=True)
def test_a_film_is_no_input(stage: WaylandStage) -> None:
    stage.compositor.inhibited = True
    told: list[int] = []
    stage.source.idle.connect(told.append)
    stage.source.watch(0.3)
    eventually(lambda: told)


def test_another_threshold_forgets_nothing(stage: WaylandStage) -> None:
    told: list[int] = []
    stage.source.watch(0.3)
    stage.source.idle.connect(told.append)
    eventually(lambda: told)
    stage.source.watch(1)
    eventually(lambda: len(told) == 2)
    assert told == [0, 1]
    assert len(stage.compositor.asked) == 1


def test_before_it_could_have_told_nothing_is_known(stage: WaylandStage) -> None:
    answers: list[int | None] = []
    stage.source.polled.connect(answers.append)
    stage.source.poll()
    eventually(lambda: answers)
    stage.touch()
    stage.source.watch(60)

    def asked_again() -> bool:
        stage.source.poll()
        return 0 in answers

    eventually(asked_again)
    assert answers[0] is None


def test_what_comes_in_pieces_is_put_together(tmp_path: Path, user: User, qapp: object) -> None:
    compositor = FakeCompositor(tmp_path, user, version=2)
    compositor.slices = 3
    found = Finding()
    find_wayland(Wayland(compositor.path, found.owner), found)
    assert found.source().support.works
    found.source().stop()
    compositor.stop()


def test_a_compositor_without_it_is_left(tmp_path: Path, user: User, qapp: object) -> None:
    compositor = FakeCompositor(tmp_path, user, version=0)
    found = Finding()
    find_wayland(Wayland(compositor.path, found.owner), found)
    assert found.wait() == "the compositor has no ext-idle-notify-v1"
    assert {each[1] for each in OTHERS}.isdisjoint({"ext_idle_notifier_v1"})
    compositor.stop()


def test_one_that_crashes_at_once_is_left(tmp_path: Path, qapp: object) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "wayland-9"))
        listening.listen()
        found = Finding()
        find_wayland(Wayland(str(tmp_path / "wayland-9"), found.owner), found)
        listening.accept()[0].close()
        assert "closed" in (why := str(found.wait())) or "reset" in why


@pytest.mark.parametrize("end", ["crash", "protocol error"])
def test_its_end_is_told(stage: WaylandStage, end: str) -> None:
    changes: list[Support] = []
    stage.source.changed.connect(changes.append)
    answers: list[int | None] = []
    stage.source.polled.connect(answers.append)
    settle()
    eventually(lambda: stage.compositor.asked)
    if end == "crash":
        stage.compositor.stop()
    else:
        stage.compositor.complain("invalid object 7")
    eventually(lambda: changes)
    assert changes[0].level is Level.MISSING
    assert changes[0].why.startswith("The connection to the compositor is gone (")
    assert ("invalid object 7" in changes[0].why) is (end != "crash")
    stage.source.poll()
    eventually(lambda: answers)
    assert answers == [None]


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({}, ""),
        (
            {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/run/user/1"},
            "/run/user/1/wayland-0",
        ),
        ({"WAYLAND_DISPLAY": "/tmp/w", "XDG_RUNTIME_DIR": "/run/user/1"}, "/tmp/w"),
    ],
)
def test_where_the_compositor_is(environ: dict[str, str], path: str) -> None:
    assert place(environ) == path


@pytest.mark.parametrize("path", ["", "/nowhere/wayland-0"])
def test_where_nobody_listens_there_is_none(path: str, qapp: object) -> None:
    with pytest.raises(NoCompositor):
        Wayland(path)
