"""The smallest program that uses all a desktop offers to a tray: what the rig is checked with.

It prints what happens to it, a line each.
"""

import sys
from typing import Final

from jeepney import DBusAddress, HeaderFields, new_method_call
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QSocketNotifier, Slot
from PySide6.QtGui import QColor, QIcon, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QSystemTrayIcon

COLOUR: Final = (224, 27, 132)
HOTKEY: Final = "ctrl+alt+t"
NOTIFICATIONS: Final = DBusAddress(
    "/org/freedesktop/Notifications",
    "org.freedesktop.Notifications",
    "org.freedesktop.Notifications",
)


class Line(QLineEdit):
    """A window to write in."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("A line")
        self.resize(300, 60)
        self.textChanged.connect(self._say_text)
        QShortcut(QKeySequence(HOTKEY), self).activated.connect(self._say_hotkey)

    @Slot(str)
    def _say_text(self, text: str) -> None:
        say(f"text {text}")

    @Slot()
    def _say_hotkey(self) -> None:
        say("hotkey")


class Tray(QSystemTrayIcon):
    """An icon of one colour; a left click notifies, the menu opens the window."""

    def __init__(self) -> None:
        pixels = QPixmap(64, 64)
        pixels.fill(QColor(*COLOUR))
        super().__init__(QIcon(pixels))
        self._line = Line()
        self._menu = QMenu()
        self._menu.addAction("Open", self._open).setShortcut(HOTKEY)
        more = self._menu.addMenu("More")
        more.addAction("Below", self._say_below)
        self.setContextMenu(self._menu)
        self.setToolTip("A tip")
        self.activated.connect(self._clicked)
        self._bus = open_dbus_connection()
        self._arrivals = QSocketNotifier(self._bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._arrivals.activated.connect(self._listen)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        say(f"clicked {reason.name}")
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            actions = ["default", "Show", "keep", "Keep time"]
            content: tuple[object, ...] = ("Rig", 0, "", "A title", "A body", actions, {}, -1)
            self._bus.send(new_method_call(NOTIFICATIONS, "Notify", "susssasa{sv}i", content))

    @Slot()
    def _listen(self) -> None:
        message = self._bus.receive()
        if message.header.fields.get(HeaderFields.member) == "ActionInvoked":
            say(f"action {message.body[1]}")

    @Slot()
    def _open(self) -> None:
        self._line.show()
        self._line.activateWindow()

    @Slot()
    def _say_below(self) -> None:
        say("below")


class Program(QApplication):
    """The program."""

    def __init__(self) -> None:
        super().__init__(sys.argv)
        self.setQuitOnLastWindowClosed(False)
        self._tray = Tray()
        self._tray.show()
        hints = self.styleHints()
        hints.colorSchemeChanged.connect(self.say_look)
        self.primaryScreen().logicalDotsPerInchChanged.connect(self.say_look)
        self.say_look()
        say(f"screens {len(self.screens())}")

    @Slot()
    def say_look(self) -> None:
        scheme = self.styleHints().colorScheme().name
        say(f"look {scheme} {self.primaryScreen().devicePixelRatio():g}")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(Program().exec())
