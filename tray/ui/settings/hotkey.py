"""A field that takes a hotkey by being pressed it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from tray.desktop import chord
from tray.desktop.captured import captured
from tray.errors import UserError
from tray.ui.theme import UNIT
from tray.ui.wording import tr


class _Field(QLineEdit):
    """Shows the keys; takes all that is pressed while it has the focus."""

    pressed = Signal(object)
    """The `Chord` that was pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(tr("none"))
        self.setMinimumWidth(24 * UNIT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setPlaceholderText(tr("Press the keys…"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setPlaceholderText(tr("none"))

    def event(self, event: QEvent) -> bool:
        """Keep Tab and shortcuts of the window from taking what is pressed."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
            return
        found = captured(event)
        if found is not None:
            self.pressed.emit(found)


class HotkeyEdit(QWidget):
    """The keys of one hotkey, and a button that takes them away."""

    chosen = Signal(object)
    """The hotkey as it stands in the settings, such as ``ctrl+alt+t``; empty for none."""

    def __init__(self, written: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = _Field(self)
        self.clear = QToolButton(self)
        self.clear.setText("✕")
        self.clear.setAutoRaise(True)
        self.clear.setAccessibleName(tr("No hotkey"))
        self.clear.setToolTip(tr("No hotkey"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.field)
        layout.addWidget(self.clear)
        self.setFocusProxy(self.field)
        self.field.pressed.connect(self._on_pressed)
        self.clear.clicked.connect(self._on_clear)
        self._show(written)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def _show(self, written: str) -> None:
        try:
            self.field.setText(chord.parse(written).shown() if written else "")
        except UserError:
            self.field.setText(written)
        self.clear.setEnabled(bool(written))

    def _on_pressed(self, pressed: chord.Chord) -> None:
        if not pressed.problem():
            self._show(str(pressed))
        self.chosen.emit(str(pressed))

    def _on_clear(self) -> None:
        self._show("")
        self.chosen.emit("")
