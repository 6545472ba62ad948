"""Fields whose values the server has: what is known of them, and what the user made of that."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from tray.errors import BadLine
from tray.language import tr
from tray.model import amounts
from tray.ui.settings.sections import Section, SettingRow
from tray.ui.settings.setting_controls import let_scroll


class _Field(NamedTuple):
    row: SettingRow
    value: Callable[[], Any]
    show: Callable[[Any], None]


class FormFields(QObject):
    """Rows of `section`, by the names that the API has for them."""

    changed = Signal()
    """The user has made something else of one."""
    confirmed = Signal()
    """The Return key was pressed in one."""

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        self._section = section
        self._fields: dict[str, _Field] = {}
        self._known: dict[str, Any] = {}

    def add_line(self, key: str, label: str, hint: str = "") -> QLineEdit:
        """Add a field with a text, which is empty if it is not known."""
        line = QLineEdit(self._section)
        line.setAccessibleName(label)
        line.textChanged.connect(self.changed)
        line.returnPressed.connect(self.confirmed)

        def show(text: str | None) -> None:
            line.setText(text or "")
            line.setCursorPosition(0)

        row = self._section.add(label, hint, line)
        self._fields[key] = _Field(row, lambda: line.text().strip(), show)
        return line

    def add_choice(
        self, key: str, label: str, words: Mapping[Any, str], hint: str = ""
    ) -> QComboBox:
        """Add a field with one of some values, or what else the server has; None: not known."""
        box = QComboBox(self._section)
        box.setAccessibleName(label)
        box.setPlaceholderText(tr("Not known yet"))
        for value, word in words.items():
            box.addItem(word, value)
        let_scroll(box)

        def show(value: Any) -> None:
            if value is not None and box.findData(value) < 0:
                box.addItem(str(value), value)
            box.setCurrentIndex(-1 if value is None else box.findData(value))

        box.currentIndexChanged.connect(self.changed)
        self._fields[key] = _Field(self._section.add(label, hint, box), box.currentData, show)
        return box

    def add_amount(self, key: str, label: str, hint: str = "") -> QLineEdit:
        """Add a field with an amount of money; what is none stays a text, to be said so."""
        line = self.add_line(key, label, hint)

        def value() -> float | str | None:
            text = line.text().strip()
            try:
                return amounts.read_amount(text) / 100 if text else None
            except BadLine:
                return text

        def show(known: float | None) -> None:
            line.setText("" if not known else amounts.amount(round(known * 100)))

        self._fields[key] = self._fields[key]._replace(value=value, show=show)
        return line

    @property
    def rows(self) -> dict[str, SettingRow]:
        """The row of each field."""
        return {key: field.row for key, field in self._fields.items()}

    def show(self, known: Mapping[str, Any], *, anew: bool = False) -> None:
        """Show what is known, but in fields that the user has changed, unless it begins `anew`."""
        before, self._known = self._known, {**known}
        for key, field in self._fields.items():
            if anew or key not in before or field.value() == before[key]:
                field.show(known.get(key))

    def keep(self, saved: Mapping[str, Any]) -> None:
        """Take what was saved for known."""
        self._known |= saved

    def changes(self) -> dict[str, Any]:
        """What is not as it is known."""
        return {
            key: self._fields[key].value()
            for key, value in self._known.items()
            if self._fields[key].value() != value
        }

    def say(self, problems: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it, or nothing."""
        for key, row in self.rows.items():
            row.say(problems.get(key, ""))

    def set_enabled(self, enabled: bool, *, but: frozenset[str] = frozenset()) -> None:
        """Have them be changed, apart from some, or none of them."""
        for key, row in self.rows.items():
            row.control.setEnabled(enabled and key not in but)

    def set_visible(self, visible: bool) -> None:
        """Show or hide them all."""
        for row in self.rows.values():
            row.setVisible(visible)
