"""The item of our own as panels read it, on a bus of a test's own with a watcher of its own."""

import os
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from PySide6.QtCore import QProcessEnvironment
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QMenu

from tests.fakes.dbus import BusDaemon, Caller, Refusal, Service, open_bus
from tests.fakes.qt import eventually
from tray.desktop.linux import activation, item_watcher
from tray.desktop.linux.bus import Bus, BusFailure, BusInterface, BusSignal
from tray.desktop.linux.item_watcher import ITEM_PATH, NAME, PATH, ItemPlace
from tray.desktop.linux.status_item import INTERFACE, StatusItem

PROPERTIES: Final = "org.freedesktop.DBus.Properties"
INTROSPECTABLE: Final = "org.freedesktop.DBus.Introspectable"
RED: Final = QColor(200, 30, 10, 255)


class Watcher(Service):
    """Lists what registers, and forgets it, as a test wants."""

    name = NAME
    path = PATH
    interface = NAME

    def __init__(
        self, address: str, *, host: bool = True, refuses: bool = False, is_silent: bool = False
    ) -> None:
        self.items: list[str] = []
        self.host = host
        self.refuses = refuses
        self.is_silent = is_silent
        self.registrations = 0
        super().__init__(address)

    def on_registerstatusnotifieritem(self, caller: Caller, item: str) -> tuple[Any, ...] | None:
        if self.refuses:
            raise Refusal("Not of that kind")
        self.registrations += 1
        self.items = [f"{caller.sender}{item}"]
        if self.is_silent:
            return None
        return ("",)

    def on_getall(self, _: Caller, interface: str) -> tuple[str, dict[str, tuple[str, Any]]]:
        assert interface == self.interface
        found = {
            "IsStatusNotifierHostRegistered": ("b", self.host),
            "RegisteredStatusNotifierItems": ("as", list(self.items)),
        }
        return "a{sv}", found

    def have_host(self, host: bool) -> None:
        self.host = host
        self.emit("StatusNotifierHost" + ("Registered" if host else "Unregistered"), "")

    def forget(self, *, and_tell: bool) -> None:
        (item,) = self.items
        self.items = []
        if and_tell:
            self.emit("StatusNotifierItemUnregistered", "s", item)


class Panel:
    """Reads the item and clicks on it, as the other end of the bus."""

    def __init__(self, bus: Bus, item: str) -> None:
        self._bus = bus
        self.item = item
        self.heard: list[BusSignal] = []

    def call(self, interface: str, member: str, signature: str, *body: Any, path: str) -> Any:
        answers: list[Any] = []
        where = BusInterface(self.item, path, interface)
        self._bus.call(where, member, signature=signature, body=body, then=answers.append)
        eventually(lambda: bool(answers))
        return answers[0]

    def do(self, member: str, signature: str = "", *body: Any) -> Any:
        return self.call(INTERFACE, member, signature, *body, path=ITEM_PATH)

    def read(self, name: str) -> tuple[str, Any]:
        ((signature, value),) = self.call(PROPERTIES, "Get", "ss", INTERFACE, name, path=ITEM_PATH)
        return signature, value

    def listen(self) -> None:
        self._bus.listen(self.item, INTERFACE, self.heard.append)
        self.read("Id")  # by then the bus knows

    def told(self, member: str) -> list[tuple[Any, ...]]:
        return [each.body for each in self.heard if each.member == member]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_watcher, "CHECK_MS", 50)
    monkeypatch.setattr(activation, "USE_MS", 20)


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


@pytest.fixture
def start(daemon: BusDaemon) -> Iterator[Callable[..., Watcher]]:
    running: list[Watcher] = []

    def start(**how: bool) -> Watcher:
        running.append(Watcher(daemon.address, **how))
        return running[-1]

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def item(daemon: BusDaemon) -> Iterator[StatusItem]:
    item = StatusItem(Bus(daemon.address), QMenu(), {})
    yield item
    item.stop()


@pytest.fixture
def panel(daemon: BusDaemon, item: StatusItem, start: Callable[..., Watcher]) -> Iterator[Panel]:
    """That of a watcher which has the item."""
    watcher = start()
    item.start()
    eventually(lambda: item.placed)
    bus = Bus(daemon.address)
    yield Panel(bus, watcher.items[0].removesuffix(ITEM_PATH))
    bus.close()


def painted(*sizes: int) -> QIcon:
    icon = QIcon()
    for size in sizes:
        pixmap = QPixmap(size, size)
        pixmap.fill(RED)
        icon.addPixmap(pixmap)
    return icon


def test_the_picture_comes_in_every_size_as_alpha_red_green_and_blue(
    item: StatusItem, panel: Panel
) -> None:
    panel.listen()
    item.set_icon(painted(22, 16))
    signature, pictures = panel.read("IconPixmap")
    assert signature == "a(iiay)"
    assert [(width, height) for width, height, _ in pictures] == [(16, 16), (22, 22)]
    assert pictures[0][2] == bytes((255, 200, 30, 10)) * 256
    eventually(lambda: panel.told("NewIcon") == [()])


def test_the_texts_are_a_tooltip_of_title_and_lines_a_label_and_what_is_spoken(
    item: StatusItem, panel: Panel
) -> None:
    panel.listen()
    item.set_texts("Email", ["Running for 1:02", "Today 3:00"], "1:02")
    assert panel.read("ToolTip") == (
        "(sa(iiay)ss)",
        ("", [], "Email", "Running for 1:02\nToday 3:00"),
    )
    assert panel.read("XAyatanaLabel") == ("s", " 1:02")
    assert panel.read("IconAccessibleDesc") == ("s", "Email. Running for 1:02. Today 3:00")
    eventually(lambda: bool(panel.told("NewToolTip")))
    ((label, guide),) = panel.told("XAyatanaNewLabel")
    assert label == " 1:02"
    assert guide
    item.set_texts("Email", ["Running for 1:02", "Today 3:00"], "")
    eventually(lambda: len(panel.told("XAyatanaNewLabel")) == 2)
    assert panel.told("XAyatanaNewLabel")[1] == ("", guide)
    assert len(panel.told("NewToolTip")) == 1, "the tooltip is the same"


def test_what_every_panel_asks_for_is_there_and_of_the_types_of_the_protocol(
    panel: Panel,
) -> None:
    (found,) = panel.call(PROPERTIES, "GetAll", "s", INTERFACE, path=ITEM_PATH)
    types = {name: signature for name, (signature, _) in found.items()}
    assert types == {
        **dict.fromkeys(("Category", "Id", "Title", "Status", "IconName", "IconThemePath"), "s"),
        **dict.fromkeys(("OverlayIconName", "AttentionIconName", "AttentionMovieName"), "s"),
        **dict.fromkeys(("IconAccessibleDesc", "AttentionAccessibleDesc"), "s"),
        **dict.fromkeys(("XAyatanaLabel", "XAyatanaLabelGuide"), "s"),
        **dict.fromkeys(("IconPixmap", "OverlayIconPixmap", "AttentionIconPixmap"), "a(iiay)"),
        "WindowId": "i",
        "ToolTip": "(sa(iiay)ss)",
        "ItemIsMenu": "b",
        "Menu": "o",
        "XAyatanaOrderingIndex": "u",
    }
    assert found["Status"][1] == "Active"
    (described,) = panel.call(INTROSPECTABLE, "Introspect", "", path=ITEM_PATH)
    for name, signature in types.items():
        assert f'<property name="{name}" type="{signature}" access="read"/>' in described


def test_clicks_and_the_wheel_are_told_of(item: StatusItem, panel: Panel) -> None:
    told: list[object] = []
    item.left.connect(lambda: told.append("left"))
    item.middle.connect(lambda: told.append("middle"))
    item.scrolled.connect(told.append)
    panel.do("Activate", "ii", 10, 20)
    panel.do("SecondaryActivate", "ii", 10, 20)
    panel.do("XAyatanaSecondaryActivate", "u", 7)
    panel.do("Scroll", "is", -1, "vertical")
    panel.do("Scroll", "is", 1, "horizontal")
    assert told == ["left", "middle", "middle", 1]


@pytest.mark.parametrize(
    ("member", "signature", "body"),
    [("Vanish", "", ()), ("Activate", "s", ("x",)), ("Activate", "", ())],
)
def test_what_it_does_not_know_is_refused(
    panel: Panel, member: str, signature: str, body: tuple[Any, ...]
) -> None:
    reply = panel.do(member, signature, *body)
    assert isinstance(reply, BusFailure)
    assert reply.error == "org.freedesktop.DBus.Error.UnknownMethod"
    assert panel.read("Id") == ("s", "toggl-tray"), "it goes on"


def test_a_token_waits_for_a_window_and_is_given_back_without_one(
    item: StatusItem, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(activation, "give_back", lambda _, token, parent: given.append(token))
    monkeypatch.delenv(activation.VARIABLE, raising=False)
    panel.do("ProvideXdgActivationToken", "s", "token 1")
    assert os.environ.get(activation.VARIABLE, "token 1") == "token 1"
    eventually(lambda: given == ["token 1"])
    assert not QProcessEnvironment.systemEnvironment().contains(activation.VARIABLE)


def test_a_token_that_a_window_used_is_not_given_back(
    item: StatusItem, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(activation, "give_back", lambda _, token, parent: given.append(token))
    monkeypatch.setenv(activation.VARIABLE, "")
    item._tokens.take("token")
    os.unsetenv(activation.VARIABLE)  # as Qt does it, which Python does not see
    eventually(lambda: activation.VARIABLE not in os.environ)
    assert given == []


def test_without_a_watcher_there_is_no_place_until_one_comes(
    item: StatusItem, start: Callable[..., Watcher]
) -> None:
    item.start()
    eventually(lambda: item.where is ItemPlace.NOBODY)
    watcher = start()
    eventually(lambda: item.placed)
    assert watcher.registrations == 1


def test_a_watcher_that_goes_takes_the_place_with_it(item: StatusItem, daemon: BusDaemon) -> None:
    first = Watcher(daemon.address)
    item.start()
    eventually(lambda: item.placed)
    first.stop()
    eventually(lambda: item.where is ItemPlace.NOBODY)
    second = Watcher(daemon.address)
    eventually(lambda: item.placed)
    assert second.registrations == 1
    second.stop()


def test_a_watcher_without_a_panel_gives_no_place(
    item: StatusItem, start: Callable[..., Watcher]
) -> None:
    watcher = start(host=False)
    item.start()
    eventually(lambda: item.where is ItemPlace.WAITING)
    watcher.have_host(True)
    eventually(lambda: item.placed)
    watcher.have_host(False)
    eventually(lambda: item.where is ItemPlace.WAITING)


def test_a_watcher_that_refuses_is_told_apart(
    item: StatusItem, start: Callable[..., Watcher]
) -> None:
    start(refuses=True)
    item.start()
    eventually(lambda: item.where is ItemPlace.REFUSED)


def test_a_watcher_that_answers_late_has_the_item_as_soon_as_it_lists_it(
    daemon: BusDaemon, start: Callable[..., Watcher]
) -> None:
    watcher = start(is_silent=True)
    item = StatusItem(Bus(daemon.address, timeout_ms=100), QMenu(), {})
    item.start()
    eventually(lambda: watcher.registrations == 1)
    watcher.emit("StatusNotifierItemRegistered", "s", watcher.items[0])
    eventually(lambda: item.placed)
    item.stop()


@pytest.mark.parametrize("and_tell", [True, False])
def test_a_watcher_that_forgets_the_item_gets_it_again(
    item: StatusItem, start: Callable[..., Watcher], and_tell: bool
) -> None:
    watcher = start()
    item.start()
    eventually(lambda: item._watcher._listed)
    watcher.forget(and_tell=and_tell)
    if not and_tell:
        watcher.have_host(True)  # whatever else happens there has it looked at again
    eventually(lambda: watcher.registrations == 2)
    assert watcher.items


def test_a_bus_that_is_lost_leaves_no_place(
    item: StatusItem, start: Callable[..., Watcher], daemon: BusDaemon
) -> None:
    start()
    item.start()
    eventually(lambda: item.placed)
    daemon.stop()
    eventually(lambda: item.where is ItemPlace.NOBODY)
    daemon.start()
