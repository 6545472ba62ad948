"""The tray with an account, on a real X server, with a server on the loopback interface."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.toggl.account import Account
from tests.fakes.toggl.exchange import Request
from tests.fakes.toggl.server import Server, serve
from tests.rig.desktop import Desktop
from tests.rig.running import Running, started
from tests.rig.status_item import StatusItem
from tests.rig.waiting import BUSY, wait_until

SNI: Final = pytest.mark.parametrize("desktop", ["sni"], indirect=True)
TOLD_SECONDS: Final = 2.0
"""After a click, the server has it."""
LEFT_SECONDS: Final = 2.0
"""After `quit`, the program has ended."""


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(Account()) as serving:
        yield serving


@pytest.fixture
def tray(desktop: Desktop, server: Server, tmp_path: Path) -> Running:
    """With the account in the environment."""
    variables = {"TOGGL_API_TOKEN": server.account.token, "TOGGL_API_URL": server.url}
    return Running(desktop, tmp_path / "home", variables)


@pytest.fixture
def item(tray: Running) -> StatusItem:
    """The icon of a tray that has fetched everything."""
    return in_step(tray)


def in_step(tray: Running) -> StatusItem:
    found = started(tray).wait_for_icon().item
    assert found is not None
    wait_until(lambda: "Synced" in labels(found))
    return found


def labels(item: StatusItem) -> str:
    return "\n".join(row.label for row in item.menu())


def descriptions(server: Server) -> list[str]:
    return [entry.description for entry in server.account.entries()]


def running(server: Server) -> Callable[[], bool]:
    return lambda: any(entry.stop is None for entry in server.account.entries())


@SNI
def test_a_click_reaches_the_server_within_two_seconds(
    item: StatusItem, tray: Running, server: Server
) -> None:
    tray.command("add", "Email -30m")
    wait_until(lambda: descriptions(server) == ["Email"])
    item.choose("Continue Email")
    clicked = time.monotonic()
    wait_until(running(server))
    assert time.monotonic() - clicked < TOLD_SECONDS * BUSY
    item.choose("Stop")
    clicked = time.monotonic()
    wait_until(lambda: not running(server)())
    assert time.monotonic() - clicked < TOLD_SECONDS * BUSY
    assert descriptions(server) == ["Email", "Email"]


@SNI
def test_what_is_started_elsewhere_is_shown(item: StatusItem, server: Server) -> None:
    server.account.start("On the phone")
    item.choose(next(row.label for row in item.menu() if row.label.startswith("Synced")))
    wait_until(lambda: "On the phone" in item.tooltip)
    assert item.menu()[1].label.endswith("On the phone")


@SNI
def test_the_plug_is_pulled_and_put_in_again(
    item: StatusItem, tray: Running, server: Server
) -> None:
    server.stop()
    tray.command("start", "On the train")
    wait_until(lambda: "Offline, 1 change waiting" in labels(item))
    item.choose("Stop")
    tray.command("start", "At the station")
    wait_until(lambda: "Offline, 2 changes waiting" in labels(item))
    server.start_again()
    item.choose("Offline, 2 changes waiting")
    wait_until(lambda: sorted(descriptions(server)) == ["At the station", "On the train"])
    assert running(server)()
    wait_until(lambda: "Synced" in labels(item))


@SNI
def test_it_leaves_at_once_while_a_request_hangs(
    item: StatusItem, tray: Running, server: Server
) -> None:
    del item
    program = tray.desktop.programs[-1]
    asked: list[Request] = []

    def is_create(request: Request) -> bool:
        if request.method == "POST":
            asked.append(request)
        return request.method == "POST"

    server.faults.next("late", is_create)
    tray.command("start", "Email")
    wait_until(lambda: asked)
    told = time.monotonic()
    assert tray.command("quit").returncode == 0
    assert program.wait() == 0
    assert time.monotonic() - told < LEFT_SECONDS * BUSY
    assert "Traceback" not in program.output


@SNI
def test_a_wrong_token_is_said_in_the_menu(
    desktop: Desktop, server: Server, tmp_path: Path
) -> None:
    variables = {"TOGGL_API_TOKEN": "0" * 32, "TOGGL_API_URL": server.url}
    tray = Running(desktop, tmp_path / "home", variables)
    item = started(tray).wait_for_icon().item
    assert item is not None
    wait_until(lambda: "127.0.0.1 does not accept the sign-in." in labels(item))
    assert "does not accept the sign-in" in item.tooltip
    told = desktop.notifications.wait_for("does not accept")
    assert told.body.endswith("Sign in with the token from your profile there.")
    desktop.notifications.choose(told, "open")
    wait_until(lambda: desktop.windows("Settings"))
    asked = len(server.log)
    tray.command("start", "Email")
    time.sleep(2)
    assert len(server.log) == asked, "nothing is tried again before somebody acts"


@SNI
def test_signing_in_with_the_keyboard(desktop: Desktop, server: Server, tmp_path: Path) -> None:
    yesterday = int(time.time()) - 24 * 3600
    server.account.add(yesterday, yesterday + 60, description="Made on the web")
    tray = Running(desktop, tmp_path / "home")
    tray.command("add", "Made here 9:00-10:00")
    item = started(tray).wait_for_icon().item
    assert item is not None
    item.choose("Settings…")
    wait_until(lambda: (now := desktop.screen.focused()) and now.title == "Settings")
    keys = desktop.keyboard
    keys.press("tab")  # past the search
    keys.press("tab")  # and the pages
    keys.press("down")  # a server of one's own
    keys.press("tab")
    keys.type(server.url)
    keys.press("tab")
    keys.press("tab")  # by a token, as it is at first
    keys.press("tab")  # past the page where it stands
    keys.type(server.account.token)
    keys.press("enter")
    wait_until(lambda: server.log)
    time.sleep(1)
    keys.press("down")  # upload what was made here
    keys.press("tab")
    keys.press("tab")
    keys.press("space")
    wait_until(lambda: "Made here" in descriptions(server))
    wait_until(lambda: "Synced" in labels(item))
    assert tray.rows("SELECT description FROM entry ORDER BY description") == [
        ("Made here",),
        ("Made on the web",),
    ]
    everything = b"".join(file.read_bytes() for file in tray.folder.rglob("*") if file.is_file())
    assert server.account.token.encode() not in everything
