"""Which settings stand on which page, and the pages themselves."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.settings.sections import Section
from tray.ui.theme import TITLE, UNIT


class PageOfSettings(NamedTuple):
    """One row of the rail."""

    key: str
    title: str
    icon: str
    groups: tuple[str, ...] = ()
    """The settings on it, by the headings under which they are declared."""


PAGES: Final = (
    PageOfSettings("account", "Account", "account"),
    PageOfSettings("time", "Time", "clock", ("Your hours", "Days and weeks")),
    PageOfSettings("icon", "Icon and keys", "keyboard", ("Tray icon", "Hotkeys", "Starting")),
    PageOfSettings("away", "Away", "away", ("When you are away", "What counts as away")),
    PageOfSettings(
        "reminders",
        "Reminders",
        "bell",
        ("Forgotten entries", "Nothing runs", "Goals", "Breaks", "Quiet hours"),
    ),
    PageOfSettings("appearance", "Appearance", "appearance", ("Looks",)),
    PageOfSettings("calendars", "Calendars", "calendar"),
    PageOfSettings("data", "Data", "data"),
    PageOfSettings("advanced", "Advanced", "advanced", ("Network", "Diagnostics")),
    PageOfSettings("about", "About", "info"),
)
"""Every page there can be, from the top."""

MakeSections = Callable[[QWidget], Sequence[QWidget]]
"""Makes what stands on a page apart from settings, given its parent."""


class SettingsPage(QWidget):
    """A title, and sections below it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self.heading = ThemedLabel(title, self, tint=labels.plain, size=TITLE, bold=True)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3 * UNIT)
        self._column.addWidget(self.heading)
        self._parts: list[QWidget] = []

    def add(self, part: QWidget) -> None:
        """Add a section below the others."""
        self._parts.append(part)
        self._column.addWidget(part)

    def match(self, words: Sequence[str]) -> bool:
        """Show only what all words are in; whether there is anything."""
        found = [self._match(part, words) for part in self._parts]
        self.setVisible(any(found))
        return any(found)

    def _match(self, part: QWidget, words: Sequence[str]) -> bool:
        if isinstance(part, Section):
            return part.match(words, self._title)
        text = f"{self._title} {part.accessibleName()}".casefold()
        is_hit = all(word in text for word in words)
        part.setVisible(is_hit)
        return is_hit


def page_of(group: str) -> PageOfSettings:
    """Where the settings under a heading stand."""
    return next(page for page in PAGES if group in page.groups)
