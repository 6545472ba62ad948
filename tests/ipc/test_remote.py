from argparse import Namespace
from collections.abc import Callable

import pytest

from tests.ipc.conftest import Process, said
from tray.cli.context import Context
from tray.cli.tray_commands import run_quick, run_quit
from tray.errors import Refused


def context(home: str, **environ: str) -> Context:
    return Context({"TOGGL_TRAY_HOME": home, **environ})


@pytest.mark.parametrize("run", [run_quick, run_quit])
def test_without_a_tray_it_is_said_how_to_start_one(
    home: str, run: Callable[[Context, Namespace], None]
) -> None:
    with pytest.raises(Refused, match=r"^The tray is not running\. Start it with `toggl-tray`\.$"):
        run(context(home), Namespace())


def test_quick_opens_the_dialog_and_lends_it_the_focus(home: str, first: Process) -> None:
    run_quick(context(home), Namespace())
    run_quick(context(home, XDG_ACTIVATION_TOKEN="wayland", DESKTOP_STARTUP_ID="x"), Namespace())
    run_quick(context(home, DESKTOP_STARTUP_ID="x11"), Namespace())
    run_quick(context(home, DESKTOP_STARTUP_ID="x" * 9_000), Namespace())
    assert [said(first) for _ in range(4)] == [
        "quick ",
        "quick wayland",
        "quick x11",
        "quick " + "x" * 1_000,
    ]


def test_quit_returns_when_the_tray_has_left(
    home: str, first: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    run_quit(context(home), Namespace())
    assert capsys.readouterr().out == "The tray has quit.\n"
    assert first.wait(1) == 0
