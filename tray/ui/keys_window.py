"""The window that lists every key, and the keys that open it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tray.language import tr, tr_marked
from tray.ui import labels
from tray.ui.key_list import KEYS
from tray.ui.key_text import key_text
from tray.ui.labels import ThemedLabel
from tray.ui.settings.sections import Section
from tray.ui.theme import TITLE, UNIT, text_scale
from tray.ui.windows import bring_up

_WIDTH: Final = 64 * UNIT
_HEIGHT: Final = 80 * UNIT


class KeysWindow(QWidget):
    """Cards of keys, each with what it does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(3 * UNIT)
        heading = tr("Keyboard shortcuts")
        column.addWidget(ThemedLabel(heading, page, tint=labels.plain, size=TITLE, bold=True))
        for place, keys in KEYS.items():
            section = Section(tr_marked(place), page)
            for key, what in keys:
                section.add_key(tr_marked(what), key_text(key))
            column.addWidget(section)
        column.addStretch()
        self.area = area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setAccessibleName(heading)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        scale = text_scale(self.font())
        self.resize(round(_WIDTH * scale), round(_HEIGHT * scale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


def show_keys(window: QWidget) -> KeysWindow:
    """Show the keys over a window."""
    shown = window.findChild(KeysWindow) or KeysWindow(window)
    bring_up(shown)
    return shown


def keep_keys(before: QWidget, after: QWidget) -> None:
    """Show the keys over a window if they were over the one that it takes the place of."""
    shown = before.findChild(KeysWindow)
    if shown is not None and shown.isVisible():
        shown.hide()
        show_keys(after).setGeometry(shown.geometry())


def offer_keys(window: QWidget) -> None:
    """Have F1, and ? where it is not typed, show the keys over a window."""
    for key in ("F1", "?"):
        QShortcut(QKeySequence(key), window).activated.connect(lambda: show_keys(window))
