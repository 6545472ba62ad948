"""The control for one setting, chosen by the kind of its value."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimeZone
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QSpinBox, QWidget

from tray.language import LANGUAGES, mark, tr, tr_marked
from tray.model.account_formats import DATE_FORMATS, DURATION_FORMATS
from tray.model.formats import TimeFormat
from tray.settings import Declared
from tray.ui.settings.file_edit import FileEdit
from tray.ui.settings.hotkey_edit import HotkeyEdit
from tray.ui.settings.hours_edit import HoursEdit
from tray.ui.settings.length_spin import LengthSpin

Report = Callable[[object], None]
"""Takes the new value, when the user has chosen one."""

WORDS: Final = {
    "monday": mark("Monday"),
    "tuesday": mark("Tuesday"),
    "wednesday": mark("Wednesday"),
    "thursday": mark("Thursday"),
    "friday": mark("Friday"),
    "saturday": mark("Saturday"),
    "sunday": mark("Sunday"),
    "24h": mark("14:30"),
    "12h": mark("2:30 PM"),
    "account": mark("As in the account"),
    "system": mark("As the desktop"),
    "light": mark("Light"),
    "dark": mark("Dark"),
    "comfortable": mark("Comfortable"),
    "compact": mark("Compact"),
    "time": mark("The elapsed time"),
    "symbol": mark("A symbol"),
    "time and entry": mark("Time and description"),
    "toggle": mark("Stop or continue"),
    "panel": mark("Open the panel"),
    "quick start": mark("Open quick start"),
    "menu": mark("Open the menu"),
    "entries": mark("Open Toggl Tray"),
    "split": mark("Split at midnight"),
    "first day": mark("On the first day"),
    "nothing": mark("Nothing"),
    "ask": mark("Ask"),
    "stop now": mark("Stop"),
    "stop at last input": mark("Stop at last input"),
}
"""What the choices are called on the screen."""
_AS_THEY_ARE: Final = {**LANGUAGES, **DATE_FORMATS, **DURATION_FORMATS}
"""Those that are the same in every language."""
_NONE: Final = {
    "day_goal_minutes": mark("No goal"),
    "week_goal_minutes": mark("No goal"),
    "break_minutes": mark("Not said"),
    "long_run_hours": mark("Only if unusual"),
}
"""What nought means, where it is no length."""
WIDE: Final = ("working_hours", "quiet_hours")
"""Settings whose control takes the whole width."""


class Control(NamedTuple):
    """A widget for a value."""

    widget: QWidget
    show: Callable[[Any], None]
    """Shows a value that was not chosen with the widget, and reports nothing."""
    use_times: Callable[[TimeFormat], None] = lambda _: None
    """Shows times of day in another way."""


def control_for(
    key: str, declared: Declared, value: object, report: Report, parent: QWidget
) -> Control:
    """The control for a setting; it reports each value that the user chooses."""
    control = _made(key, declared, value, report, parent)
    control.show(value)
    control.widget.setAccessibleName(tr_marked(declared.label))
    control.widget.setAccessibleDescription(tr_marked(declared.hint))
    return control


def _made(key: str, declared: Declared, value: object, report: Report, parent: QWidget) -> Control:
    if isinstance(value, bool):
        return switch(report, parent)
    if isinstance(value, int):
        make = _hour if key.endswith("_hour") else _number
        return make(key, declared, report, parent)
    if declared.choices:
        return _choice(declared, report, parent)
    return _made_text(key, report, parent)


def _made_text(key: str, report: Report, parent: QWidget) -> Control:
    if key in WIDE:
        hours = HoursEdit(parent)
        hours.chosen.connect(report)
        return Control(hours, hours.show_hours, hours.use_times)
    if key.startswith("hotkey_"):
        keys = HotkeyEdit(parent)
        keys.chosen.connect(report)
        return Control(keys, keys.show_hotkey)
    if key.endswith("_file"):
        file = FileEdit(parent)
        file.chosen.connect(report)
        return Control(file, file.show_path)
    return _text(key, report, parent)


def switch(report: Report, parent: QWidget) -> Control:
    """A box to tick."""
    box = QCheckBox(parent)
    box.toggled.connect(report)
    return Control(box, _quietly(box, box.setChecked))


def _number(key: str, declared: Declared, report: Report, parent: QWidget) -> Control:
    if key.endswith("_minutes"):
        spin: QSpinBox = LengthSpin(parent, declared.least, declared.most)
    else:
        spin = QSpinBox(parent)
        spin.setRange(declared.least, declared.most)
        spin.setKeyboardTracking(False)  # 480 is one number, not 4, then 48, then 480
        if key.endswith("_hours"):
            spin.setSuffix(tr(" hours"))
    if key in _NONE:
        spin.setSpecialValueText(tr_marked(_NONE[key]))
    spin.valueChanged.connect(report)
    let_scroll(spin)
    return Control(spin, _quietly(spin, spin.setValue))


def _hour(_: str, __: Declared, report: Report, parent: QWidget) -> Control:
    """One of the hours of the day, as a clock shows it."""
    box = QComboBox(parent)

    def use_times(times: TimeFormat) -> None:
        for hour in range(24):
            box.setItemText(hour, times.clock_time(hour * 60))

    for hour in range(24):
        box.addItem("", hour)
    use_times(TimeFormat())
    box.currentIndexChanged.connect(report)
    let_scroll(box)
    return Control(box, _quietly(box, box.setCurrentIndex), use_times)


def _choice(declared: Declared, report: Report, parent: QWidget) -> Control:
    box = QComboBox(parent)
    for choice in declared.choices:
        name = _AS_THEY_ARE.get(choice) or tr_marked(WORDS[choice])
        box.addItem(name, choice)
    box.currentIndexChanged.connect(lambda _: report(box.currentData()))
    let_scroll(box)
    return Control(box, _quietly(box, lambda value: box.setCurrentIndex(box.findData(value))))


def _text(key: str, report: Report, parent: QWidget) -> Control:
    if key == "time_zone":
        return _zone(report, parent)
    line = QLineEdit(parent)
    line.editingFinished.connect(lambda: report(line.text().strip()))
    return Control(line, _quietly(line, line.setText))


def _zone(report: Report, parent: QWidget) -> Control:
    """A zone to type a part of, or that of the account or of the computer."""
    box, line = QComboBox(parent), QLineEdit(parent)
    box.setEditable(True)
    box.setLineEdit(line)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setCompleter(zones(box))
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    box.addItem(tr("As in the account"), "account")
    box.addItem(tr("As the computer: {zone}").format(zone=here), "system")

    def show(value: str) -> None:
        at = box.findData(value or "system")
        box.setCurrentIndex(at)
        if at < 0:
            box.setEditText(value)

    def typed() -> object:
        text = box.currentText().strip()
        at = box.findText(text)
        return box.itemData(at) if at >= 0 else text or "system"

    line.editingFinished.connect(lambda: report(typed()))
    box.activated.connect(lambda _: report(typed()))
    let_scroll(box)
    return Control(box, _quietly(box, show))


def zones(line: QWidget) -> QCompleter:
    """Offers the zones that have in their name what is typed, such as a city."""
    names = [bytes(each.data()).decode() for each in QTimeZone.availableTimeZoneIds()]
    completer = QCompleter([name for name in names if "/" in name], line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return completer


def _quietly(widget: QWidget, show: Callable[[Any], None]) -> Callable[[Any], None]:
    def shown(value: Any) -> None:
        with QSignalBlocker(widget):
            show(value)

    return shown


class _WheelGuard(QObject):
    """Leaves the mouse wheel to the page, unless the control was chosen first."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not (
            isinstance(watched, QWidget) and watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def let_scroll(widget: QWidget) -> None:
    """Have the wheel scroll past a control, not change what is saved at once."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(_WheelGuard(widget))
