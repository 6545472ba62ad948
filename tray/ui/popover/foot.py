"""The bottom of the pop-over: the ways to the windows, and how the sync stands."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from tray.language import tr
from tray.session.snapshot import Snapshot
from tray.ui import icons, plain_text
from tray.ui.icon import dot
from tray.ui.main_window.sync_state import SyncState, colour, sync_state
from tray.ui.theme import BODY, MEDIUM, SMALL, UNIT, sized, theme


class Foot(QWidget):
    """A row of three buttons."""

    window_wanted = Signal()
    settings_wanted = Signal()
    sync_wanted = Signal()
    """What can be done about the state of the sync."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = SyncState("", "off")
        self.open = QToolButton(self)
        self.open.setText(tr("Open window"))
        self.open.setFont(sized(self.font(), BODY, MEDIUM))
        self.open.clicked.connect(self.window_wanted)
        self.settings = QToolButton(self)
        self.settings.setAccessibleName(tr("Settings"))
        self.settings.setToolTip(tr("Settings"))
        icons.dress(self.settings, "settings")
        self.settings.clicked.connect(self.settings_wanted)
        self.sync = QToolButton(self)
        self.sync.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.sync.setFont(sized(self.font(), SMALL))
        self.sync.clicked.connect(self.sync_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, UNIT, 0, UNIT)
        row.setSpacing(UNIT)
        for number, button in enumerate((self.open, self.settings, self.sync)):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if number:
                row.addStretch()
            row.addWidget(button)
        self._tint()

    def show_state(self, snapshot: Snapshot) -> None:
        """Say how the sync stands."""
        self._state = sync_state(snapshot.sync)
        self.sync.setText(plain_text.button(self._state.text))
        self.sync.setAccessibleName(self._state.text)
        self.sync.setToolTip(plain_text.tooltip(self._state.details))
        self.sync.setEnabled(snapshot.sync is not None)
        self._tint()

    def _tint(self) -> None:
        look = theme((self.parentWidget() or self).palette())
        for button, tint in ((self.open, look.accent), (self.sync, look.subdued)):
            palette = button.palette()
            if palette.color(QPalette.ColorRole.ButtonText) != tint:
                for group in (QPalette.ColorGroup.All, QPalette.ColorGroup.Disabled):
                    palette.setColor(group, QPalette.ColorRole.ButtonText, tint)
                button.setPalette(palette)
        self.sync.setIcon(dot(colour(self._state.tone, look).name()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "sync"):
            self._tint()
