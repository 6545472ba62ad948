"""A menu over com.canonical.dbusmenu, as panels read and use it."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QMenu

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.qt import eventually, settle
from tray.desktop.linux.bus import Bus, BusCall, BusFailure, BusInterface, BusSignal, Unknown
from tray.desktop.linux.menu_on_bus import INTERFACE, PATH, MenuOnBus, exported

PROPERTIES: Final = "org.freedesktop.DBus.Properties"
PNG: Final = b"\x89PNG"


class Reader:
    """The panel, which reads the menu and is told of changes."""

    def __init__(self, bus: Bus, owner: str) -> None:
        self._bus, self._owner = bus, owner
        self.heard: list[BusSignal] = []
        bus.listen(owner, INTERFACE, self.heard.append)
        self.do("GetProperty", "is", 0, "children-display")  # by then the bus knows

    def do(self, member: str, signature: str, *body: Any, interface: str = INTERFACE) -> Any:
        answers: list[Any] = []
        where = BusInterface(self._owner, PATH, interface)
        self._bus.call(where, member, signature=signature, body=body, then=answers.append)
        eventually(lambda: bool(answers))
        return answers[0]

    def layout(self, row: int = 0, depth: int = -1, *names: str) -> Any:
        _, root = self.do("GetLayout", "iias", row, depth, [*names])
        return root

    def rows(self) -> dict[str, int]:
        """The number of each row with a text."""
        found = {}
        waiting = [self.layout()]
        for number, properties, below in waiting:
            waiting += [child for _, child in below]
            if "label" in properties:
                found[properties["label"][1]] = number
        return found

    def event(self, row: int, name: str) -> Any:
        return self.do("Event", "isvu", row, name, ("i", 0), 7)

    def told(self, member: str) -> list[tuple[Any, ...]]:
        settle()
        return [each.body for each in self.heard if each.member == member]


@pytest.fixture
def daemon(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as opened:
        yield opened


@pytest.fixture
def menu(qapp: object) -> QMenu:
    menu = QMenu()
    menu.addAction("Stop").setShortcut(QKeySequence("Ctrl+Alt+Shift+Space"))
    menu.addSeparator()
    menu.addAction("Recent").setEnabled(False)
    pixmap = QPixmap(16, 16)
    pixmap.fill()
    menu.addAction(QIcon(pixmap), "&1  R&&D")
    below = menu.addMenu("More…")
    below.addAction("Old")
    return menu


@pytest.fixture
def shown(daemon: BusDaemon, menu: QMenu) -> Iterator[MenuOnBus]:
    owner = QObject()
    bus = Bus(daemon.address, owner)
    yield MenuOnBus(bus, menu, owner)
    bus.close()


@pytest.fixture
def reader(daemon: BusDaemon, shown: MenuOnBus) -> Iterator[Reader]:
    ours, bus = shown._object._bus, Bus(daemon.address)
    eventually(lambda: bool(ours.name))
    yield Reader(bus, ours.name)
    bus.close()


def test_the_layout_has_every_row_with_what_a_panel_needs_of_it(reader: Reader) -> None:
    number, properties, below = reader.layout()
    assert (number, properties) == (0, {"children-display": ("s", "submenu")})
    assert {signature for signature, _ in below} == {"(ia{sv}av)"}
    rows = [row for _, row in below]
    shown = [row[1] for row in rows]
    assert shown[0] == {
        "label": ("s", "Stop"),
        "shortcut": ("aas", [["Control", "Alt", "Shift", "Space"]]),
    }
    assert shown[1] == {"type": ("s", "separator")}
    assert shown[2] == {"label": ("s", "Recent"), "enabled": ("b", False)}
    assert shown[3]["label"] == ("s", "_1  R&D")
    assert shown[3]["icon-data"][0] == "ay"
    assert shown[3]["icon-data"][1].startswith(PNG)
    assert shown[4] == {"label": ("s", "More…"), "children-display": ("s", "submenu")}
    ((_, (_, old, _)),) = rows[4][2]
    assert old == {"label": ("s", "Old")}


def test_a_panel_may_ask_for_less(reader: Reader) -> None:
    rows = reader.rows()
    assert reader.layout(0, 0)[2] == []
    assert reader.layout(0, 1, "type")[2][0][1][1] == {}
    (found,) = reader.do("GetGroupProperties", "aias", [rows["Stop"], 999], ["label"])
    assert found == [(rows["Stop"], {"label": ("s", "Stop")})]
    (everything,) = reader.do("GetGroupProperties", "aias", [], [])
    assert len(everything) == 7
    assert reader.do("GetProperty", "is", rows["Old"], "label") == (("s", "Old"),)
    (found,) = reader.do("GetAll", "s", INTERFACE, interface=PROPERTIES)
    assert found["Version"] == ("u", 3)


@pytest.mark.parametrize(
    ("member", "signature", "body"),
    [
        ("GetLayout", "iias", (999, -1, [])),
        ("GetProperty", "is", (0, "label")),
        ("Event", "isvu", (999, "clicked", ("i", 0), 0)),
        ("AboutToShow", "i", (999,)),
    ],
)
def test_a_row_that_is_gone_is_refused(
    reader: Reader, member: str, signature: str, body: tuple[Any, ...]
) -> None:
    assert isinstance(reader.do(member, signature, *body), BusFailure)


def test_a_click_on_a_row_that_has_just_gone_is_refused(
    reader: Reader, shown: MenuOnBus, menu: QMenu
) -> None:
    stop = reader.rows()["Stop"]
    menu.clear()
    shown.tell_soon()
    click = (stop, "clicked", ("i", 0), 7)
    with pytest.raises(Unknown):
        shown._object._answer(BusCall(INTERFACE, "Event", click))
    group = BusCall(INTERFACE, "EventGroup", ([click],))
    assert shown._object._answer(group).body == ([stop],)


def test_a_click_chooses_the_row_wherever_it_stands(reader: Reader, menu: QMenu) -> None:
    chosen: list[str] = []
    menu.triggered.connect(lambda action: chosen.append(action.text()))
    for text, number in reader.rows().items():
        reader.event(number, "hovered")
        if text in ("Stop", "Old"):
            reader.event(number, "clicked")
    eventually(lambda: chosen == ["Stop", "Old"])


def test_a_group_of_events_names_the_rows_that_are_gone(reader: Reader, menu: QMenu) -> None:
    chosen: list[str] = []
    menu.triggered.connect(lambda action: chosen.append(action.text()))
    events = [(row, "clicked", ("i", 0), 0) for row in (reader.rows()["Stop"], 999)]
    assert reader.do("EventGroup", "a(isvu)", events) == ([999],)
    eventually(lambda: chosen == ["Stop"])


def test_a_changed_text_is_told_with_the_number_of_its_row(
    shown: MenuOnBus, reader: Reader, menu: QMenu
) -> None:
    stop = reader.rows()["Stop"]
    menu.actions()[0].setText("Continue")
    shown.tell_soon()
    eventually(lambda: bool(reader.told("ItemsPropertiesUpdated")))
    assert reader.told("ItemsPropertiesUpdated") == [([(stop, {"label": ("s", "Continue")})], [])]
    menu.actions()[0].setShortcut(QKeySequence())
    shown.tell_soon()
    eventually(lambda: len(reader.told("ItemsPropertiesUpdated")) == 2)
    assert reader.told("ItemsPropertiesUpdated")[1] == ([(stop, {})], [(stop, ["shortcut"])])
    assert reader.told("LayoutUpdated") == []


def test_other_rows_are_told_of_once_and_those_that_stay_keep_their_numbers(
    shown: MenuOnBus, reader: Reader, menu: QMenu
) -> None:
    before = reader.rows()
    menu.addAction("Quit")
    shown.tell_soon()
    menu.removeAction(menu.actions()[2])
    shown.tell_soon()
    eventually(lambda: bool(reader.told("LayoutUpdated")))
    ((revision, parent),) = reader.told("LayoutUpdated")
    assert (revision, parent) == (2, 0)
    after = reader.rows()
    assert {text: after[text] for text in after if text in before} == {
        text: before[text] for text in before if text != "Recent"
    }
    assert after["Quit"] not in before.values()


def test_a_change_of_a_submenu_is_told_of(shown: MenuOnBus, reader: Reader, menu: QMenu) -> None:
    below = menu.actions()[4].menu()
    assert isinstance(below, QMenu)
    below.addAction("Older")
    shown.tell_soon()
    eventually(lambda: bool(reader.told("LayoutUpdated")))
    assert "Older" in reader.rows()


def test_it_is_filled_before_it_is_shown_and_ticks_only_while_it_is(
    reader: Reader, menu: QMenu
) -> None:
    told: list[str] = []
    menu.aboutToShow.connect(lambda: told.append("show"))
    menu.aboutToHide.connect(lambda: told.append("hide"))
    assert reader.do("AboutToShow", "i", 0) == (False,)
    assert told == ["show", "hide"], "a panel asks when it meets the menu, too"
    for event in ("opened", "opened", "closed", "closed"):
        reader.event(0, event)
    assert told == ["show", "hide", "show", "hide"]
    menu.aboutToShow.connect(lambda: menu.addAction("New"))
    assert reader.do("AboutToShow", "i", 0) == (True,)
    assert reader.do("AboutToShowGroup", "ai", [0, 999]) == ([0], [999])


def test_a_panel_that_dies_with_the_menu_open_closes_it(
    shown: MenuOnBus, reader: Reader, menu: QMenu
) -> None:
    told: list[str] = []
    menu.aboutToHide.connect(lambda: told.append("hide"))
    reader.event(0, "opened")
    shown.close()
    shown.close()
    assert told == ["hide"]


def read_whole(text: str) -> str:
    """As the protocol says: an underscore marks what follows, two are one."""
    return re.sub("_(.)", r"\1", text)


def read_by_gtk(text: str) -> str:
    """GTK 3 reads a text with a mark twice."""
    marked = re.search("_[^_]", text.replace("__", ""))
    return read_whole(read_whole(text) if marked else text)


def read_by_gnome(text: str) -> str:
    """The extension for GNOME takes away the first underscore before something else."""
    return re.sub("_([^_])", r"\1", text, count=1)


@given(st.text("a&_ ", max_size=12), st.booleans())
def test_every_underscore_and_ampersand_is_read_as_it_is(text: str, keyed: bool) -> None:
    escaped = text.replace("&", "&&")
    written = exported(f"&1  {escaped}" if keyed else escaped)
    assert read_whole(written) == read_by_gtk(written) == (f"1  {text}" if keyed else text)
    assert read_by_gnome(exported(escaped, every=False)) == text


def test_only_a_key_is_marked_and_not_beside_an_underscore() -> None:
    assert exported("&1  Email") == "_1  Email"
    assert exported("&1  a_b") == "1  a__b"
    assert exported("a && b") == "a & b"
