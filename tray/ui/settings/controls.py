"""The control for one setting, chosen by the kind of its value."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from tray.settings import Declared
from tray.ui.settings.hotkey import HotkeyEdit
from tray.ui.theme import UNIT
from tray.ui.wording import tr

Report = Callable[[object], None]
"""Takes the new value, when the user has chosen one."""


def control_for(
    key: str, declared: Declared, value: object, report: Report, parent: QWidget
) -> QWidget:
    """The control for a setting; it reports each value that the user chooses."""
    control = _made(key, declared, value, report, parent)
    control.setAccessibleName(tr(declared.label))
    control.setAccessibleDescription(tr(declared.hint))
    control.setToolTip(tr(declared.hint))
    return control


def _made(key: str, declared: Declared, value: object, report: Report, parent: QWidget) -> QWidget:
    if isinstance(value, bool):
        return _switch(declared, value, report, parent)
    if isinstance(value, int):
        return _number(key, declared, value, report, parent)
    if declared.choices:
        return _choice(declared, str(value), report, parent)
    if key.startswith("hotkey_"):
        hotkey = HotkeyEdit(str(value), parent)
        hotkey.chosen.connect(report)
        return hotkey
    line = QLineEdit(str(value), parent)
    line.setMinimumWidth(26 * UNIT)
    line.editingFinished.connect(lambda: report(line.text().strip()))
    return line


def _switch(
    declared: Declared, value: bool, report: Report, parent: QWidget
) -> QWidget:  # it is the value
    box = QCheckBox(tr(declared.label), parent)
    box.setChecked(value)
    box.toggled.connect(report)
    return box


def _number(key: str, declared: Declared, value: int, report: Report, parent: QWidget) -> QWidget:
    spin = QSpinBox(parent)
    spin.setRange(declared.least, declared.most)
    if key == "day_goal_minutes":
        spin.setSingleStep(30)
        spin.setSuffix(tr(" min"))
        spin.setSpecialValueText(tr("none"))
    else:
        spin.setSuffix(":00")
    spin.setValue(value)
    spin.setMinimumWidth(14 * UNIT)
    spin.valueChanged.connect(report)
    return spin


def _choice(declared: Declared, value: str, report: Report, parent: QWidget) -> QWidget:
    box = QComboBox(parent)
    for choice in declared.choices:
        box.addItem(tr(choice), choice)
    box.setCurrentIndex(box.findData(value))
    box.setMinimumWidth(18 * UNIT)
    box.currentIndexChanged.connect(lambda _: report(box.currentData()))
    return box
