"""A field that takes a hotkey by being pressed it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QToolButton,
    QWidget,
)

from tray.desktop import chord
from tray.desktop.key_capture import captured
from tray.errors import UserError
from tray.language import tr
from tray.ui import icons
from tray.ui.theme import TINY, UNIT, sized

_LEAVE: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
"""Keys that, without Ctrl, Alt or Meta, do what they do everywhere else."""
_CARET_ROOM: Final = 3
"""Pixels that Qt leaves on either side of what is typed."""
_ONLY_HELD: Final = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_unknown,
    }
)
"""Keys that are pressed on the way to a hotkey, or by mistake; nothing is said about them."""


class _ChordEdit(QLineEdit):
    """Shows the keys; takes all that is pressed while it has the focus."""

    pressed = Signal(object)
    """The `Chord` that was pressed; None for a key that cannot be part of one."""
    recording = Signal(object)
    """Whether what is pressed is recorded from now on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(tr("None"))

    def show_keys(self, keys: str) -> None:
        """Show these, in smaller letters if there are too many for the field."""
        self.setText(keys)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        usual, option = QApplication.font(), QStyleOptionFrame()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(inside, option, self).width() - 2 * _CARET_ROOM
        needed = QFontMetrics(usual).horizontalAdvance(self.text())
        self.setFont(sized(usual, min(1.0, max(TINY, room / max(1, needed)))))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.recording.emit(True)
        self.setPlaceholderText(tr("Press the keys…"))
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.recording.emit(False)
        self.setPlaceholderText(tr("None"))
        self.deselect()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # what is pressed is recorded, not done
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if event.key() not in _LEAVE or held:
                self._press(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and event.key() not in _ONLY_HELD:
            self.pressed.emit(captured(event))


class HotkeyEdit(QWidget):
    """The keys of one hotkey, and a button that takes them away."""

    chosen = Signal(object)
    """The hotkey as it stands in the settings, such as ``ctrl+alt+t``; empty for none."""
    recording = Signal(object)
    """Whether keys are recorded from now on, so that no hotkey may fire."""
    refused = Signal(object)
    """Why what was pressed cannot be a hotkey, as a sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = _ChordEdit(self)
        self.clear = QToolButton(self)
        icons.dress(self.clear, "close")
        self.clear.setAutoRaise(True)
        self.clear.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear.setToolTip(tr("No hotkey"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.field)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout.addWidget(self.clear)
        self.setFocusProxy(self.field)
        self.field.pressed.connect(self._on_pressed)
        self.field.recording.connect(self.recording)
        self.clear.clicked.connect(self._on_clear)

    def show_hotkey(self, written: str) -> None:
        """Show a hotkey as it stands in the settings; one that cannot be read stays as it is."""
        try:
            self.field.show_keys(chord.parse(written).label() if written else "")
        except UserError:
            self.field.show_keys(written)
        self.clear.setEnabled(bool(written))

    @Slot(object)
    def _on_pressed(self, pressed: chord.Chord | None) -> None:
        if pressed is None:
            self.refused.emit(tr("That key cannot be a hotkey. Use one such as Ctrl+Alt+T or F9."))
        elif problem := pressed.problem():
            self.refused.emit(problem)
        else:
            self.chosen.emit(str(pressed))

    @Slot()
    def _on_clear(self) -> None:
        self.chosen.emit("")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)
        self.clear.setAccessibleName(tr("No hotkey for {name}").format(name=name))

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.field.setAccessibleDescription(description)
