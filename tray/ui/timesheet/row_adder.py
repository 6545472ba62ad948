"""The words below the grid that become a line for the name of a project to add."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tray.language import tr
from tray.model.sheet_rows import SheetKey
from tray.ui.entries.name_completer import MOST, NameChoice, NameLineEdit, fitting
from tray.ui.flat_button import FlatButton
from tray.ui.theme import BODY, MEDIUM, UNIT, sized, theme


class RowChoice(NamedTuple):
    """A row that can be added."""

    key: SheetKey
    title: str
    colour: str


class _AddLink(FlatButton):
    """Looks like a link."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(tr("+ Add a project"))
        self.say(tr("Add a project"), tr("Add a project (Ctrl+N)"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized(self.font(), BODY, MEDIUM))
        width = metrics.horizontalAdvance(self.text()) + 2 * UNIT
        return QSize(width, metrics.height() + UNIT)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        painter.setFont(sized(self.font(), BODY, MEDIUM))
        painter.setPen(theme(self.palette()).accent)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class _NameLine(NameLineEdit):
    """Its keys reach it through the list too, which hands them on past every event filter."""

    entered = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class RowAdder(QWidget):
    """What can be added comes from its owner, each time it is asked for."""

    chosen = Signal(object)
    """The `SheetKey` of the row that is to be added."""
    project_wanted = Signal(str)
    """The name of a project that is to be made."""
    left = Signal()
    """Esc was pressed."""
    closed = Signal()
    """The line is gone, whether or not anything was chosen."""

    def __init__(self, choices: Callable[[], Sequence[RowChoice]], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._offered: Sequence[RowChoice] = ()
        self.link = _AddLink(self)
        self.link.clicked.connect(self.open)
        self.edit = _NameLine(self._offers, self)
        self.edit.setPlaceholderText(tr("Project"))
        self.edit.setAccessibleName(tr("Project to add"))
        self.edit.picked.connect(self._on_picked)
        self.edit.entered.connect(self._on_entered)
        self.edit.escaped.connect(self._on_escaped)
        self.edit.installEventFilter(self)
        self.edit.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.link)
        layout.addWidget(self.edit)

    @Slot()
    def open(self) -> None:
        """Let a name be typed, and list all there are."""
        self.link.hide()
        self.edit.clear()
        self.edit.show()
        self.edit.list_all()

    def close_line(self) -> None:
        """Show the words again."""
        if not self.edit.isHidden():
            self.edit.completion.close()
            self.edit.hide()
            self.link.show()
            self.closed.emit()

    def _offers(self, typed: str) -> list[NameChoice]:
        self._offered = self._choices()
        wanted = typed.strip()
        known = [
            NameChoice(at, each.title, each.colour) for at, each in enumerate(self._offered, 1)
        ]
        found = fitting(wanted, known)
        if not wanted or any(each.name.casefold() == wanted.casefold() for each in known):
            return found
        label = tr("Create project “{name}”").format(name=wanted)
        return [*found[: MOST - 1], NameChoice(0, wanted, label=label)]

    @Slot(object)
    def _on_picked(self, choice: object) -> None:
        assert isinstance(choice, NameChoice)  # noqa: S101  # the signal carries nothing else
        self.close_line()
        if not choice.id:
            self.project_wanted.emit(choice.name)
        else:
            self.chosen.emit(self._offered[choice.id - 1].key)

    @Slot()
    def _on_entered(self) -> None:
        """Take what is highlighted, else what fits best."""
        found = self._offers(self.edit.text()) if self.edit.text().strip() else []
        choice = self.edit.completion.highlighted or next(iter(found), None)
        if choice is not None:
            self._on_picked(choice)

    @Slot()
    def _on_escaped(self) -> None:
        self.close_line()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.close_line()
        return super().eventFilter(watched, event)
