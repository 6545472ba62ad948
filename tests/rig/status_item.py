"""A StatusNotifierItem as a panel uses it: its picture and tooltip, its clicks, its menu's rows."""

import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from tests.rig.bus import Bus
from tests.rig.picture import Picture

WATCHER: Final = "org.kde.StatusNotifierWatcher"
WATCHER_PATH: Final = "/StatusNotifierWatcher"
ITEM: Final = "org.kde.StatusNotifierItem"
MENU: Final = "com.canonical.dbusmenu"


class Row(NamedTuple):
    """One row of a menu."""

    id: int
    label: str
    """Without the underscores that mark the key to press; empty for a separator."""
    enabled: bool
    visible: bool
    checked: bool | None
    """None where there is no check mark to set."""
    shortcut: str
    """The keys shown beside it, such as ``Control+Alt+T``."""
    rows: list["Row"]
    """Of its submenu."""


class StatusItem:
    """The item that its watcher lists as `address`."""

    def __init__(self, bus: Bus, address: str) -> None:
        self._bus = bus
        name, slash, path = address.partition("/")
        self._name = name.removesuffix("@")  # which GNOME's extension puts between them
        self._path = slash + path if path else "/StatusNotifierItem"

    @property
    def pid(self) -> int | None:
        """The program it belongs to; None once that has gone."""
        return self._bus.pid(self._name)

    @property
    def title(self) -> str:
        return str(self._get("Title"))

    @property
    def tooltip(self) -> str:
        """Its lines, without the markup some programs put in."""
        _, _, title, text = self._get("ToolTip")
        return "\n".join(line for line in (title, text) if line)

    @property
    def picture(self) -> Picture:
        """The largest one it offers."""
        width, height, data = max(self._get("IconPixmap"))
        return Picture.from_argb(width, height, bytes(data))

    def click(self, x: int = 0, y: int = 0) -> None:
        """With the left button; the position is only told."""
        self._do("Activate", "ii", x, y)

    def middle_click(self, x: int = 0, y: int = 0) -> None:
        self._do("SecondaryActivate", "ii", x, y)

    def scroll(self, steps: int) -> None:
        """Turn the wheel; down is positive."""
        self._do("Scroll", "is", steps, "vertical")

    def menu(self) -> list[Row]:
        """All rows that can be seen, as after a click with the right button."""
        self._menu("AboutToShow", "i", 0)
        _, root = self._menu("GetLayout", "iias", 0, -1, [])
        return [row for row in _row(root).rows if row.visible]

    def choose(self, label: str, *below: str) -> None:
        """Click the row with this label; more labels lead through submenus."""
        row = _labelled(self.menu(), label)
        for each in below:
            row = _labelled(row.rows, each)
        self._menu("Event", "isvu", row.id, "clicked", ("s", ""), int(time.time()))

    def _get(self, member: str) -> Any:
        return self._bus.property(self._name, self._path, f"{ITEM}.{member}")

    def _do(self, method: str, signature: str, *arguments: Any) -> None:
        self._bus.call(self._name, self._path, f"{ITEM}.{method}", signature, *arguments)

    def _menu(self, method: str, signature: str, *arguments: Any) -> tuple[Any, ...]:
        path = self._get("Menu")
        return self._bus.call(self._name, path, f"{MENU}.{method}", signature, *arguments)


def status_items(bus: Bus) -> list[StatusItem]:
    """Those that have registered; none without a watcher."""
    registered = bus.ask(WATCHER, WATCHER_PATH, f"{WATCHER}.RegisteredStatusNotifierItems")
    return [StatusItem(bus, item) for item in registered or ()]


def _labelled(rows: Sequence[Row], label: str) -> Row:
    for row in rows:
        if row.label == label:
            return row
    raise LookupError(f"No row {label!r} among {[row.label for row in rows]}.")


def _row(layout: Any) -> Row:
    number, properties, children = layout
    values = {name: value for name, (_, value) in properties.items()}
    return Row(
        number,
        "" if values.get("type") == "separator" else _plain(values.get("label", "")),
        values.get("enabled", True),
        values.get("visible", True),
        values.get("toggle-state") == 1 if values.get("toggle-type") else None,
        "+".join(*values.get("shortcut", [()])),
        [_row(child) for _, child in children],
    )


def _plain(label: str) -> str:
    """`label` without the underscore before a letter; two underscores are one."""
    return "_".join(part.replace("_", "") for part in label.split("__"))
