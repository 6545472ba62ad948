"""The settings window: each choice is checked, saved and in force at once."""

from collections.abc import Callable
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from tray import settings
from tray.errors import TrayError
from tray.settings import DECLARED, Declared
from tray.ui.settings.controls import control_for
from tray.ui.theme import UNIT, scaled, theme
from tray.ui.wording import tr


class SettingsWindow(QWidget):
    """One page with all settings, grouped as they are declared."""

    changed = Signal(object)
    """The new `Settings`, which are on disk already."""

    def __init__(self, path: str, extra: Callable[[QWidget], QWidget] | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Settings"))
        self._path = path
        self._settings = settings.load(path).settings
        self._notes: dict[str, QLabel] = {}
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 3 * UNIT)
        layout.setSpacing(UNIT)
        for title, group in groupby(DECLARED.items(), key=lambda item: item[1].group):
            self._add_group(layout, page, title, dict(group))
        if extra is not None:
            layout.addWidget(extra(page))
        layout.addStretch()
        note = QLabel(tr("These are the lines of {path}.").format(path=path), page)
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._subdue(note)
        layout.addWidget(note)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.resize(68 * UNIT, 84 * UNIT)

    def _add_group(
        self, layout: QVBoxLayout, page: QWidget, title: str, group: dict[str, Declared]
    ) -> None:
        """A heading, and a row for each setting: label, control, hint or problem below."""
        heading = QLabel(tr(title), page)
        heading.setFont(scaled(self.font(), 1.15, bold=True))
        layout.addSpacing(UNIT)
        layout.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT // 2)
        grid.setColumnMinimumWidth(0, 20 * UNIT)
        grid.setColumnStretch(2, 1)
        for number, (key, declared) in enumerate(group.items()):
            self._add_row(grid, 2 * number, key, declared, page)
        layout.addLayout(grid)

    def _add_row(
        self, grid: QGridLayout, row: int, key: str, declared: Declared, page: QWidget
    ) -> None:
        value = getattr(self._settings, key)
        control = control_for(key, declared, value, partial(self._choose, key), page)
        if not isinstance(control, QCheckBox):
            label = QLabel(tr(declared.label), page)
            label.setBuddy(control)
            grid.addWidget(label, row, 0)
        grid.addWidget(control, row, 1)
        note = QLabel(tr(declared.hint), page)
        note.setWordWrap(True)
        note.setFont(scaled(self.font(), 0.9))
        self._subdue(note)
        self._notes[key] = note
        grid.addWidget(note, row + 1, 1, 1, 2)
        grid.setRowMinimumHeight(row + 1, 3 * UNIT)

    def _choose(self, key: str, value: object) -> None:
        """Check a value, save it and tell; a bad one is named and changes nothing."""
        note = self._notes[key]
        problem = settings.problem_with(key, value)
        if not problem:
            try:
                chosen = self._settings._replace(**{key: value})  # type: ignore[arg-type]  # checked
                settings.save(self._path, chosen)
            except TrayError as error:
                problem = str(error)
        if problem:
            self._warn(note, problem)
            return
        note.setText(tr(DECLARED[key].hint))
        self._subdue(note)
        if chosen != self._settings:
            self._settings = chosen
            self.changed.emit(chosen)

    def _subdue(self, label: QLabel) -> None:
        self._colour(label, theme(self.palette()).subdued.name())

    def _warn(self, label: QLabel, text: str) -> None:
        label.setText(text)
        self._colour(label, theme(self.palette()).warning.name())

    def _colour(self, label: QLabel, colour: str) -> None:
        label.setStyleSheet(f"color: {colour}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
