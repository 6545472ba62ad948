"""What macOS wants of a program that others do not: links come as events, and there is a Dock.

Never run on macOS so far.
"""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class MacProgram(QApplication):
    """Keeps what was opened until somebody takes it."""

    opened = Signal(str)
    """A link that is opened now."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._early: list[str] | None = []

    def take(self) -> list[str]:
        """The links that were opened so far; of those that follow, `opened` tells."""
        early, self._early = self._early or [], None
        return early

    @staticmethod
    def leave_dock() -> None:
        """Have no icon beside the one in the menu bar; the program goes on if that is refused."""
        from tray.desktop.macos import objc

        with suppress(OSError, AttributeError):
            objc.leave_dock()

    def event(self, event: QEvent) -> bool:
        """As Qt has it."""
        if isinstance(event, QFileOpenEvent):
            link = bytes(event.url().toEncoded().data()).decode()
            if self._early is None:
                self.opened.emit(link)
            else:
                self._early.append(link)
            return True
        return super().event(event)


def hear_of_links(follow: Callable[[str], None]) -> None:
    """Have what macOS has opened, and will open, followed."""
    program = QApplication.instance()
    if isinstance(program, MacProgram):
        program.opened.connect(follow)
        for link in program.take():
            follow(link)
