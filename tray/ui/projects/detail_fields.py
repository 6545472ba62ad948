"""The fields of the details beside the list: each says what the user has made of its value."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tray import clock
from tray.errors import BadLine
from tray.language import tr
from tray.model import amounts
from tray.model.durations import MINUTE
from tray.ui import icons, plain_text
from tray.ui.entries.date_button import DateButton
from tray.ui.labels import ThemedLabel, plain, subdued
from tray.ui.settings.length_spin import LengthSpin
from tray.ui.settings.setting_controls import let_scroll
from tray.ui.theme import CONTROL_HEIGHT, SMALL, UNIT

_MOST_HOURS: Final = 1_000_000
_MOST_MINUTES: Final = 60 * 9_999
_NOTES_LINES: Final = 4


class Detail(QObject):
    """One field: a label, a control, and the value that was shown last.

    Args:
        label: What it is called.
        control: What it is changed with.
        read: The value in the control; raises `BadLine` for what is none.
        write: Shows a value.
        parent: Where it stands.
    """

    committed = Signal(object)
    """The user has made this of it."""
    wrong = Signal(str)
    """Why what was typed is no value, in a sentence."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        read: Callable[[], object],
        write: Callable[[Any], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._read, self._write = read, write
        self._shown: object = None
        self.row = _row(label, control, parent)

    def show(self, value: object) -> None:
        """Show a value that was not chosen here."""
        self._shown = value
        with QSignalBlocker(self.control):
            self._write(value)

    def follow(self, value: object) -> None:
        """The same, unless it is what was shown: then what is being typed stays."""
        if value != self._shown:
            self.show(value)

    def reset(self) -> None:
        """Show again what was shown last, whatever was typed since."""
        self.show(self._shown)

    @Slot()
    def commit(self) -> None:
        """Say what is in the control, if that is something else."""
        try:
            value = self._read()
        except BadLine as error:
            self.wrong.emit(str(error))
            return
        if value != self._shown:
            self._shown = value
            self.committed.emit(value)


def _row(label: str, control: QWidget, parent: QWidget) -> QWidget:
    """The label beside a switch, and above anything else."""
    row = QWidget(parent)
    name = ThemedLabel(label, row, tint=plain, size=SMALL)
    name.setBuddy(control)
    name.setWordWrap(True)
    control.setAccessibleName(label)
    layout = QHBoxLayout(row) if isinstance(control, QCheckBox) else QVBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT // 2)
    layout.addWidget(name, int(isinstance(control, QCheckBox)))
    layout.addWidget(control)
    return row


def flag(label: str, parent: QWidget) -> Detail:
    """Yes or no; what the server has not said is no."""
    box = QCheckBox(parent)
    detail = Detail(label, box, box.isChecked, lambda value: box.setChecked(bool(value)), parent)
    box.clicked.connect(detail.commit)
    return detail


def line(label: str, parent: QWidget) -> Detail:
    """A short text; empty for none."""
    edit = _line_edit(parent)

    def show(value: str | None) -> None:
        edit.setText(value or "")
        edit.setCursorPosition(0)

    detail = Detail(label, edit, lambda: edit.text().strip() or None, show, parent)
    edit.editingFinished.connect(detail.commit)
    return detail


def money(label: str, parent: QWidget) -> Detail:
    """An amount in hundredths; empty for none."""
    edit = _line_edit(parent)
    edit.setPlaceholderText(tr("None"))

    def read() -> int | None:
        return amounts.read_amount(edit.text()) if edit.text().strip() else None

    def show(value: int | None) -> None:
        edit.setText(amounts.amount(value))

    detail = Detail(label, edit, read, show, parent)
    edit.editingFinished.connect(detail.commit)
    return detail


def _line_edit(parent: QWidget) -> QLineEdit:
    edit = QLineEdit(parent)
    edit.setMinimumHeight(CONTROL_HEIGHT)
    return edit


def notes(label: str, parent: QWidget) -> Detail:
    """A longer text; empty for none."""
    edit = _NotesEdit(parent)

    def show(value: str | None) -> None:
        edit.setPlainText(value or "")

    detail = Detail(label, edit, lambda: edit.toPlainText().strip() or None, show, parent)
    edit.left.connect(detail.commit)
    return detail


class _NotesEdit(QPlainTextEdit):
    """Tab goes on; what is in it counts once it is left."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)  # the style draws a field behind it
        self.setViewportMargins(UNIT // 2, UNIT // 4, UNIT // 2, UNIT // 4)
        lines = _NOTES_LINES * self.fontMetrics().lineSpacing()
        self.setFixedHeight(lines + 2 * UNIT)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def hours(label: str, parent: QWidget) -> Detail:
    """Whole hours; none for none."""
    return _spin(label, QSpinBox(parent), 1, parent, suffix=tr(" h"))


def length(label: str, parent: QWidget) -> Detail:
    """Seconds, shown as hours and minutes; none for none."""
    return _spin(label, LengthSpin(parent, 0, _MOST_MINUTES), MINUTE, parent)


def _spin(label: str, spin: QSpinBox, unit: int, parent: QWidget, *, suffix: str = "") -> Detail:
    spin.setMaximum(_MOST_MINUTES if unit == MINUTE else _MOST_HOURS)
    spin.setSpecialValueText(tr("None"))
    spin.setSuffix(suffix)
    spin.setKeyboardTracking(False)
    spin.setMinimumHeight(CONTROL_HEIGHT)
    let_scroll(spin)

    def show(value: int | None) -> None:
        spin.setValue((value or 0) // unit)

    detail = Detail(label, spin, lambda: spin.value() * unit or None, show, parent)
    spin.editingFinished.connect(detail.commit)
    spin.valueChanged.connect(detail.commit)
    return detail


def choice(label: str, words: Mapping[Any, str], parent: QWidget) -> Detail:
    """One of some values; what is none of them is shown as it is."""
    box = QComboBox(parent)
    for value, word in words.items():
        box.addItem(word, value)
    box.setMinimumHeight(CONTROL_HEIGHT)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    let_scroll(box)

    def show(value: object) -> None:
        if box.findData(value) < 0:
            box.addItem(str(value), value)
        box.setCurrentIndex(box.findData(value))

    detail = Detail(label, box, box.currentData, show, parent)
    box.activated.connect(detail.commit)
    return detail


def day(label: str, parent: QWidget) -> Detail:
    """A day as ``YYYY-MM-DD``; none for none."""
    field = _DayField(label, parent)
    detail = Detail(label, field, field.value, field.show_value, parent)
    field.changed.connect(detail.commit)
    return detail


class _DayField(QWidget):
    """A calendar behind a button, and one to have no day."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = _OptionalDate(name, self)
        self.clear = QPushButton(self)
        icons.dress(self.clear, "close", subdued)
        self.clear.setToolTip(plain_text.tooltip(tr("No date")))
        self.clear.setAccessibleName(tr("{name}: none").format(name=name))
        self.clear.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.button, 1)
        layout.addWidget(self.clear)
        self.setFocusProxy(self.button)
        self.button.picked.connect(self._on_picked)
        self.clear.clicked.connect(self._on_clear)

    def value(self) -> str | None:
        return self.button.day.isoformat() if self.button.is_chosen else None

    def show_value(self, value: str | None) -> None:
        if value is None:
            self.button.show_none()
        else:
            self.button.show_day(date.fromisoformat(value))
        self.clear.setVisible(value is not None)

    @Slot()
    def _on_picked(self) -> None:
        self.clear.setVisible(True)
        self.changed.emit()

    @Slot()
    def _on_clear(self) -> None:
        self.show_value(None)
        self.button.setFocus()
        self.changed.emit()


def _today() -> date:
    return datetime.fromtimestamp(clock.now(), UTC).astimezone().date()


class _OptionalDate(DateButton):
    """Opens at today where there is no day yet."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.is_chosen = False

    def show_day(self, day: date) -> None:
        self.is_chosen = True
        super().show_day(day)

    def show_none(self) -> None:
        """Say that there is no day."""
        self.is_chosen = False
        self.day = date.min
        self.setText(tr("None"))
        self.setAccessibleName(tr("{name}, none").format(name=self._name))

    def open_calendar(self) -> None:
        if not self.is_chosen:
            self.day = _today()
        super().open_calendar()
        if not self.is_chosen:
            self.day = date.min

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_chosen:
            self.day = _today()
        super().keyPressEvent(event)
        if not self.is_chosen:
            self.day = date.min
