"""Which settings stand on which page, and the pages themselves."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.language import mark
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
    PageOfSettings("account", mark("Account"), "account"),
    PageOfSettings("time", mark("Time"), "clock", (mark("Your hours"), mark("Days and weeks"))),
    PageOfSettings(
        "icon",
        mark("Icon and keys"),
        "keyboard",
        (mark("Tray icon"), mark("Hotkeys"), mark("Starting")),
    ),
    PageOfSettings(
        "away", mark("Away"), "away", (mark("When you are away"), mark("What counts as away"))
    ),
    PageOfSettings(
        "reminders",
        mark("Reminders"),
        "bell",
        (
            mark("Forgotten entries"),
            mark("Nothing runs"),
            mark("Goals"),
            mark("Breaks"),
            mark("Quiet hours"),
        ),
    ),
    PageOfSettings("appearance", mark("Appearance"), "appearance", (mark("Looks"),)),
    PageOfSettings("language", mark("Language"), "language", (mark("Language"),)),
    PageOfSettings("calendars", mark("Calendars"), "calendar"),
    PageOfSettings("profiles", mark("Profiles"), "group"),
    PageOfSettings("data", mark("Data"), "data"),
    PageOfSettings(
        "advanced",
        mark("Advanced"),
        "advanced",
        (mark("Local Toggl API"), mark("Hooks"), mark("Network"), mark("Diagnostics")),
    ),
    PageOfSettings("about", mark("About"), "info"),
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
