"""One field of a panel: its caption, its input, and beneath it what there is to say about it."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tray.language import tr
from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.theme import SEMIBOLD, SMALL, UNIT, sized

CAPTION: Final = 0.88
"""The size of what stands above a field."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PanelLineEdit(QLineEdit):
    """A line in which Enter belongs to the input method while that composes."""

    by_user = Signal()
    """Its text was changed, and not by the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.by_user)
        self._composing = False
        self.setMinimumHeight(4 * UNIT)
        self.setTextMargins(UNIT // 2, 0, UNIT // 2, 0)

    def start_over(self) -> None:
        """Take the focus with everything selected, and the beginning of it in sight."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        length = self.selectionLength()  # in Qt's units, not in characters
        self.setSelection(length, -length)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing and event.key() in _ENTER:
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.ignore()  # whatever the line itself makes of it, the panel is to see it


class Note(QWidget):
    """A sentence beneath a field, and perhaps a button for what can be done about it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        self.label = ThemedLabel("", self, size=SMALL)
        self.label.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.setFlat(True)
        self.button.setFont(sized(self.font(), SMALL, SEMIBOLD))
        self.button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self.label.text()

    def tell(
        self,
        sentence: str,
        *,
        warning: bool = True,
        button: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say this, with a button if there is something to do."""
        self.label.set_tint(labels.warning if warning else labels.subdued)
        self.label.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._act = act
        self.setVisible(bool(sentence))

    def clear(self) -> None:
        """Say nothing."""
        self._act = None
        self.hide()

    @Slot()
    def _on_clicked(self) -> None:
        if self._act is not None:
            self._act()


class Field(QWidget):
    """An input with a caption; it knows whether the user has changed it, and keeps that.

    What comes from outside is taken over at once, or, while the user is at it, held and offered.
    """

    edited = Signal()
    """The user has changed it."""
    taken = Signal()
    """The user gave up what was typed for what came from outside."""

    def __init__(
        self,
        caption: str,
        control: QWidget,
        parent: QWidget,
        *,
        words: Callable[[Any], str] = str,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.touched = False
        """Whether the user has changed it since `show_value`."""
        self._words = words
        self._held: tuple[Any, ...] = ()
        """The value that came from outside while the user was at it."""
        self.note = Note(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        label = ThemedLabel(caption, self, size=CAPTION)
        label.setBuddy(control)
        label.setVisible(bool(caption))
        layout.addWidget(label)
        layout.addWidget(control)
        layout.addWidget(self.note)
        layout.addStretch()
        control.setAccessibleName(caption)
        control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        control.installEventFilter(self)
        if isinstance(control, PanelLineEdit):
            control.by_user.connect(self._on_edited)
        elif isinstance(control, QCheckBox):
            control.clicked.connect(self._on_edited)

    @property
    def held(self) -> bool:
        """Whether something from outside is offered."""
        return bool(self._held)

    @property
    def value(self) -> Any:
        """What stands in it."""
        if isinstance(self.control, QCheckBox):
            return self.control.isChecked()
        assert isinstance(self.control, PanelLineEdit)  # noqa: S101  # the only other kind there is
        return self.control.text()

    def show_value(self, value: Any) -> None:
        """Put this in, as if it had never been touched."""
        self.touched = False
        self._held = ()
        self.note.clear()
        if isinstance(self.control, QCheckBox):
            self.control.setChecked(value)
        elif isinstance(self.control, PanelLineEdit) and self.control.text() != value:
            self.control.setText(value)
            self.control.setCursorPosition(0)

    def touch(self, value: Any) -> None:
        """Put this in as the user's own doing."""
        self.show_value(value)
        self._on_edited()

    def take_from_outside(self, value: Any) -> None:
        """It has changed elsewhere: take it over, or offer it if the user is at this field."""
        if value == self.value:
            self.show_value(value)
        elif self.touched or self.control.hasFocus():
            self._held = (value,)
            self.note.tell(
                tr("Changed elsewhere to “{value}”.").format(value=self._words(value)),
                warning=False,
                button=tr("Take it"),
                act=self._take_held,
            )
        else:
            self.show_value(value)

    def complain(
        self, sentence: str, *, button: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Say what is wrong with it."""
        self.note.tell(sentence, button=button, act=act)

    def _take_held(self) -> None:
        if self._held:
            self.show_value(self._held[0])
            self.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.taken.emit()

    @Slot()
    def _on_edited(self) -> None:
        self.touched = True
        if not self._held:
            self.note.clear()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            to_list = event.reason() == Qt.FocusReason.PopupFocusReason
            if self._held and not self.touched and not to_list:
                self.show_value(self._held[0])
        return super().eventFilter(watched, event)
