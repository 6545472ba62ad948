"""A program that prints the names of hotkeys that pynput itself reports."""

import sys
from typing import Any

from PySide6.QtCore import QCoreApplication

from tray.desktop.chord import parse
from tray.desktop.portable.pynput_hotkeys import Listener, PynputHotkeys, listen


def main() -> None:
    """Bind ``name=chord`` for each argument, and run until it is ended."""
    application = QCoreApplication()
    listeners: list[Any] = []

    def keep(*callbacks: Any) -> Listener:
        listeners.append(listen(*callbacks))
        return listeners[0]  # type: ignore[no-any-return]

    hotkeys = PynputHotkeys(keep, {})
    hotkeys.pressed.connect(say)
    for argument in sys.argv[1:]:
        name, _, chord = argument.partition("=")
        say(f"{name} {hotkeys.bind(name, parse(chord)).level.value}")
    listeners[0].wait()  # until it hears
    say("ready")
    application.exec()


def say(text: str) -> None:
    """At once, as somebody waits for it."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
