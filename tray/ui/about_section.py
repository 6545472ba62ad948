"""What the program is: its version, its licence, what is new in it, and whose it is not."""

import os

from PySide6.QtWidgets import QPushButton, QWidget

from tray import __version__
from tray.language import language, tr
from tray.resource_files import resource
from tray.ui.keys_window import show_keys
from tray.ui.settings.sections import Section


class AboutSection(Section):
    """A card of text, and buttons for what else a newcomer may look for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.keys = QPushButton(tr("Show"), self)
        self.welcome = QPushButton(tr("Show"), self)
        self.add_text(
            tr("Toggl Tray {version}").format(version=__version__),
            tr("Free software under the MIT licence. Not affiliated with Toggl OÜ."),
        )
        self.add_text(tr("What is new in {version}").format(version=__version__), news(__version__))
        self.add(tr("Keyboard shortcuts"), tr("F1 shows them in every window"), self.keys)
        self.add(tr("Welcome"), tr("The three steps of the first start"), self.welcome)
        for button, name in (
            (self.keys, tr("Show the keyboard shortcuts")),
            (self.welcome, tr("Show the welcome")),
        ):
            button.setAccessibleName(name)
        self.keys.clicked.connect(lambda: show_keys(self.window()))


def news(version: str) -> str:
    """What a version has that none before it had, a line each; empty if nothing is said of it."""
    translated = resource(f"news.{language()}.md")
    path = translated if os.path.exists(translated) else resource("news.md")
    with open(path, encoding="utf-8") as file:
        parts = file.read().split("## ")
    found = next((part for part in parts if part.startswith(f"{version}\n")), "")
    lines = [line[2:] for line in found.splitlines() if line.startswith("* ")]
    return "\n".join(f"• {line}" for line in lines)
