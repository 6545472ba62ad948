"""A menu as panels show it: com.canonical.dbusmenu."""

import re
from collections.abc import Sequence
from itertools import count

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu

from tray.desktop.linux.bus import Bus, BusInterface, Unknown
from tray.desktop.linux.bus_object import BusObject, Method, Variant
from tray.lean_typing import Any, Final, NamedTuple

PATH: Final = "/MenuBar"
INTERFACE: Final = "com.canonical.dbusmenu"
VERSION: Final = 3
ROOT: Final = 0
_ICON_PIXELS: Final = 32
_KEYS: Final = {"Ctrl": "Control", "Meta": "Super"}
"""What the protocol calls modifiers, where Qt does otherwise."""


class _Shown(NamedTuple):
    """A row as the panel was told of it."""

    properties: dict[str, Variant]
    below: tuple[int, ...]
    """The rows of its submenu."""


class MenuOnBus(QObject):
    """Answers for `menu` at `PATH`; a row has one number as long as its action lives.

    Whoever changes the menu calls `tell_soon`: to hear of it from Qt, Python would have to be asked
    about each event of the menu, for which it loads all kinds of events that there are.

    Args:
        bus: of the session.
        menu: asked to fill itself by `aboutToShow`, and told of the end of it by `aboutToHide`.
        parent: as Qt has it.
    """

    def __init__(self, bus: Bus, menu: QMenu, parent: QObject) -> None:
        super().__init__(parent)
        self.doubles_every_underscore = True
        """Some panels read only the first mark of a row."""
        self._menu = menu
        self._open = False
        self._numbers = count(1)
        self._actions: dict[int, QAction] = {}
        self._pictures: dict[int, bytes] = {}
        self._revision = 1
        self._changed = QTimer(self, singleShot=True, interval=0)
        self._changed.setObjectName("menu on the bus")
        self._changed.timeout.connect(self.tell)
        self._object = BusObject(
            bus, BusInterface("", PATH, INTERFACE), self._methods(), self._properties(), _SIGNALS
        )
        self._shown = self._read()

    def _methods(self) -> dict[str, Method]:
        return {
            "GetLayout": Method(("i", "i", "as"), ("u", "(ia{sv}av)"), self._get_layout),
            "GetGroupProperties": Method(("ai", "as"), ("a(ia{sv})",), self._get_group),
            "GetProperty": Method(("i", "s"), ("v",), self._get_property),
            "Event": Method(("i", "s", "v", "u"), (), self._take_event),
            "EventGroup": Method(("a(isvu)",), ("ai",), self._take_events),
            "AboutToShow": Method(("i",), ("b",), lambda row: (self._prepare(row),)),
            "AboutToShowGroup": Method(("ai",), ("ai", "ai"), self._prepare_group),
        }

    def _properties(self) -> dict[str, Any]:
        return {
            "Version": lambda: ("u", VERSION),
            "TextDirection": lambda: ("s", "rtl" if self._menu.isRightToLeft() else "ltr"),
            "Status": lambda: ("s", "normal"),
            "IconThemePath": lambda: ("as", []),
        }

    def close(self) -> None:
        """The panel has gone, and with it the menu, if it was open."""
        if self._open:
            self._open = False
            self._menu.aboutToHide.emit()

    def tell_soon(self) -> None:
        """Tell of what changes in this moment, once all of it has."""
        self._changed.start()

    @Slot()
    def tell(self) -> None:
        """Tell of what has changed since the last time."""
        self._changed.stop()
        before, self._shown = self._shown, self._read()
        if _structure(before) != _structure(self._shown):
            self._revision += 1
            self._object.emit("LayoutUpdated", self._revision, ROOT)
        changed = [
            (row, shown.properties, before[row].properties)
            for row, shown in self._shown.items()
            if row in before and shown.properties != before[row].properties
        ]
        if changed:
            updated = [
                (row, {name: now[name] for name in now if now[name] != was.get(name)})
                for row, now, was in changed
            ]
            removed = [(row, [*gone]) for row, now, was in changed if (gone := was.keys() - now)]
            self._object.emit("ItemsPropertiesUpdated", updated, removed)

    def _read(self) -> dict[int, _Shown]:
        known = {action: row for row, action in self._actions.items()}
        self._actions = {}
        found: dict[int, _Shown] = {}
        root: dict[str, Variant] = {"children-display": ("s", "submenu")}
        self._read_menu(self._menu, ROOT, root, known, found)
        return found

    def _read_menu(
        self,
        menu: QMenu,
        row: int,
        properties: dict[str, Variant],
        known: dict[QAction, int],
        found: dict[int, _Shown],
    ) -> None:
        below = []
        for action in menu.actions():
            number = known.get(action) or next(self._numbers)
            self._actions[number] = action
            below.append(number)
            shown, submenu = self._properties_of(action), action.menu()
            if isinstance(submenu, QMenu):
                submenu.installEventFilter(self)
                self._read_menu(submenu, number, shown, known, found)
            else:
                found[number] = _Shown(shown, ())
        found[row] = _Shown(properties, tuple(below))

    def _properties_of(self, action: QAction) -> dict[str, Variant]:
        if action.isSeparator():
            return {"type": ("s", "separator")}
        text = exported(action.text(), every=self.doubles_every_underscore)
        found: dict[str, Variant] = {"label": ("s", text)}
        if not action.isEnabled():
            found["enabled"] = ("b", False)
        if not action.icon().isNull():
            found["icon-data"] = ("ay", self._picture_of(action.icon()))
        if keys := action.shortcut().toString(QKeySequence.SequenceFormat.PortableText):
            found["shortcut"] = ("aas", [[_KEYS.get(key, key) for key in keys.split("+")]])
        if action.menu() is not None:
            found["children-display"] = ("s", "submenu")
        return found

    def _picture_of(self, icon: QIcon) -> bytes:
        if icon.cacheKey() not in self._pictures:
            self._pictures[icon.cacheKey()] = _png(icon)
        return self._pictures[icon.cacheKey()]

    def _get_layout(self, row: int, depth: int, names: list[str]) -> tuple[int, Any]:
        return self._revision, self._layout(row, depth, names)

    def _layout(self, row: int, depth: int, names: list[str]) -> tuple[int, Any, list[Variant]]:
        shown = self._row(row)
        below = shown.below if depth else ()
        rows = [("(ia{sv}av)", self._layout(each, depth - 1, names)) for each in below]
        return row, _only(shown.properties, names), rows

    def _get_group(self, rows: list[int], names: list[str]) -> tuple[list[Any]]:
        wanted = [row for row in rows or self._shown if row in self._shown]
        return ([(row, _only(self._shown[row].properties, names)) for row in wanted],)

    def _get_property(self, row: int, name: str) -> tuple[Variant]:
        properties = self._row(row).properties
        if name not in properties:
            raise Unknown(name)
        return (properties[name],)

    def _row(self, row: int) -> _Shown:
        if row not in self._shown:
            raise Unknown(f"row {row}")
        return self._shown[row]

    def _take_event(self, row: int, event: str, _data: Variant, _time: int) -> None:
        if self._changed.isActive():  # or what is chosen may have gone
            self.tell()
        self._row(row)
        if row == ROOT and event in ("opened", "closed"):
            self._note_open(event == "opened")
        elif event == "clicked" and row in self._actions:
            action = self._actions[row]
            QTimer.singleShot(0, action, action.trigger)  # once it is answered

    def _take_events(self, events: Sequence[tuple[int, str, Variant, int]]) -> tuple[list[int]]:
        unknown = []
        for event in events:
            try:
                self._take_event(*event)
            except Unknown:
                unknown.append(event[0])
        return (unknown,)

    def _note_open(self, is_open: bool) -> None:
        if is_open != self._open:
            self._open = is_open
            (self._menu.aboutToShow if is_open else self._menu.aboutToHide).emit()

    def _prepare(self, row: int) -> bool:
        """Fill the menu; whether it has other rows than before.

        A panel asks when it first sees the menu too, and does not open it then.
        """
        self._row(row)
        before = self._revision
        if row == ROOT and not self._open:
            self._menu.aboutToShow.emit()
            self._menu.aboutToHide.emit()
        self.tell()
        return self._revision != before

    def _prepare_group(self, rows: list[int]) -> tuple[list[int], list[int]]:
        known = [row for row in rows if row in self._shown]
        return [row for row in known if self._prepare(row)], [*set(rows) - set(known)]


_SIGNALS: Final = {
    "ItemsPropertiesUpdated": ("a(ia{sv})", "a(ias)"),
    "LayoutUpdated": ("u", "i"),
    "ItemActivationRequested": ("i", "u"),
}


def _structure(shown: dict[int, _Shown]) -> dict[int, tuple[int, ...]]:
    return {row: each.below for row, each in shown.items()}


def _only(properties: dict[str, Variant], names: Sequence[str]) -> dict[str, Variant]:
    return {name: properties[name] for name in names or properties if name in properties}


def _png(icon: QIcon) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    icon.pixmap(_ICON_PIXELS).save(buffer, "PNG")
    return bytes(data.data())


def exported(text: str, *, every: bool = True) -> str:
    """The text of a row as the protocol writes it: an underscore is a mark, two are one.

    GTK reads a row with a mark twice, so one with underscores of its own gets none.

    Args:
        text: as Qt writes it, with ampersands.
        every: whether the panel reads each of them, or only the first before something else.
    """
    plain, mark = "", None
    letters = iter(text)
    for letter in letters:
        if letter == "&":
            letter = next(letters, "")
            mark = len(plain) if mark is None and letter not in ("&", "") else mark
        plain += letter
    if "_" in plain:
        return plain.replace("_", "__") if every else _FIRST.sub("__", plain, count=1)
    return plain if mark is None else f"{plain[:mark]}_{plain[mark:]}"


_FIRST: Final = re.compile("_(?=[^_])")
