"""What the pop-over offers to start: the favourites with their digits, then what was done last."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tray.language import tr
from tray.model.entities import What
from tray.session.snapshot import MOST, Snapshot
from tray.ui import wording
from tray.ui.popover.start_row import StartRow


class Start(NamedTuple):
    """Something that can be started."""

    what: What
    name: str
    project: str
    """Of which it is, unless that is its name already."""
    colour: str
    digit: str = ""


def starts(snapshot: Snapshot) -> list[Start]:
    """The favourites, or the projects used most until something is pinned; none is there twice."""
    pinned = snapshot.pinned or snapshot.most_used
    recent = [entry.what for entry in snapshot.recent]
    found = []
    for number, what in enumerate(dict.fromkeys((*pinned, *recent)), start=1):
        digit = str(number) if number <= min(MOST, len(pinned)) else ""
        project = wording.project(what, snapshot.names) if what.description else ""
        title, colour = wording.title(what, snapshot.names), wording.colour(what, snapshot.names)
        found.append(Start(what, title, project, colour, digit))
    return found


class StartList(QScrollArea):
    """Rows that are scrolled where there are more than there is room for."""

    chosen = Signal(object)
    """The `What` that is to be started."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._starts: Sequence[Start] = ()
        self._rows: list[StartRow] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Favourites and recent"))
        self.viewport().setAutoFillBackground(False)
        inside = QWidget(self)
        inside.setAutoFillBackground(False)
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addStretch()
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # which `setWidget` switches on

    def show_starts(self, found: Sequence[Start]) -> None:
        """Offer these; what is offered already keeps its row."""
        if found == self._starts:
            return
        self._starts = found
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        for number, start in enumerate(found):
            row = StartRow(start.name, start.project, start.colour, start.digit, self)
            row.clicked.connect(self._on_clicked)
            self._layout.insertWidget(number, row)
            self._rows.append(row)

    @property
    def rows(self) -> Sequence[StartRow]:
        """What is offered, from the top down."""
        return self._rows

    def choose(self, digit: str) -> bool:
        """Start what has this digit; whether there is something."""
        found = next((each for each in self._starts if digit and each.digit == digit), None)
        if found is not None:
            self.chosen.emit(found.what)
        return found is not None

    def enter(self) -> None:
        """Give the first row the keyboard."""
        if self._rows:
            self._focus(0)

    def _focus(self, number: int) -> None:
        row = self._rows[number]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(row)

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        number = next(at for at, each in enumerate(self._rows) if each is row)
        self.chosen.emit(self._starts[number].what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        current = next((at for at, row in enumerate(self._rows) if row.hasFocus()), None)
        if current is not None and by and 0 <= current + by < len(self._rows):
            self._focus(current + by)
        elif current is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rows[current].click()
        else:
            event.ignore()  # whoever is around it may know the key
