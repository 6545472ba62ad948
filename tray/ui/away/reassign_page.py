"""The page that asks what the time away was used for, with the line of the quick-start dialog."""

from typing import Final

from PySide6.QtCore import QMargins, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tray.language import tr
from tray.model.entities import What
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.ui import labels, plain_text
from tray.ui.entry_line.entry_line import EntryLine, Submission
from tray.ui.entry_line.line_names import only_project
from tray.ui.entry_line.preview_chips import examples
from tray.ui.labels import ThemedLabel
from tray.ui.theme import LARGE, RADIUS, UNIT, theme

_ROWS: Final = 4
_TIMELESS_EXAMPLES: Final = 2
"""Of the examples the first so many name no time, which is known here."""


class ReassignPage(QWidget):
    """Enter gives the time to what is highlighted, else to what the line says."""

    edited = Signal()
    """Something else is typed or highlighted."""
    chosen = Signal(object)
    """The `Draft` or `What` that the time is to be given to."""
    left = Signal()
    """The user wants to go back."""

    def __init__(self, tracking: Tracking, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._tracking = tracking
        self.caption = ThemedLabel("", self, tint=labels.plain)
        box = _LineFrame(self)
        side = UNIT * 3 // 2
        self.line = EntryLine(
            tracking,
            times,
            self,
            box,
            prompt=tr("What was it used for?"),
            size=LARGE,
            examples=examples()[:_TIMELESS_EXAMPLES],
            padding=QMargins(side, UNIT, side, UNIT),
        )
        self.line.list.most = _ROWS
        self.go_on = QCheckBox(self)
        self.go_on.setChecked(True)
        self.back = QPushButton(tr("&Back"), self)
        self.give = QPushButton(tr("Give it"), self)
        self._arrange(box)
        self.line.changed.connect(self.edited)
        self.line.submitted.connect(self._on_submitted)
        self.line.left.connect(self.left)
        self.go_on.toggled.connect(self.edited)
        self.back.clicked.connect(self.left)
        self.give.clicked.connect(self._on_give)

    def _arrange(self, box: QWidget) -> None:
        for button in (self.back, self.give):
            button.setAutoDefault(True)
            button.setMinimumHeight(4 * UNIT)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.go_on, 1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.give)
        within = QVBoxLayout(box)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        for widget in (self.caption, box, self.line.hint):
            column.addWidget(widget)
        column.addStretch()
        column.addLayout(buttons)

    def open(self, caption: str, go_on: str) -> None:
        """Be empty and ready to type.

        Args:
            caption: says which time is given away.
            go_on: says what may go on after it; empty if nothing can.
        """
        self.caption.setText(caption)
        self.go_on.setText(plain_text.button(go_on))
        self.go_on.setVisible(bool(go_on))
        self.go_on.setChecked(bool(go_on))
        self.line.start_anew()
        self.line.load_if_stale()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_place_of(self, before: "ReassignPage") -> None:
        """Have what was typed and chosen on another page."""
        self.line.edit.put(before.line.edit.text())
        self.go_on.setChecked(before.go_on.isChecked())

    def stop(self) -> None:
        """Wait for what is being loaded; the program is about to end."""
        self.line.stop()

    def use_times(self, times: TimeFormat) -> None:
        """Show times another way from now on."""
        self.line.use_times(times)

    def preview(self) -> What | None:
        """What the time would be given to, to be shown; None while there is nothing to show."""
        candidate, entry = self.line.list.highlighted(), self.line.typed
        if candidate is not None and candidate.what is not None:
            return candidate.what
        names = self._tracking.snapshot.names
        project = only_project(entry.project, names) if entry.project else None
        if not entry.description and project is None:
            return None
        return What(0, entry.description, project.id if project else None)

    def problem(self, submission: Submission) -> str:
        """Something without times of its own: these are known."""
        entry = submission.typed
        if entry.start is not None:
            return tr("When it was is known: leave the times out, or move the cut.")
        if submission.highlighted is None and not (entry.description or entry.project):
            return tr("Say what that time was used for.")
        return ""

    def usual_hint(self, _: EntryLine) -> str:
        """What the keys do."""
        return tr("Enter gives it   ·   ↑ ↓ choose   ·   Esc goes back")

    @Slot(object)
    def _on_submitted(self, submission: Submission) -> None:
        self.chosen.emit(submission.what)

    @Slot()
    def _on_give(self) -> None:
        self.line.submit()


class _LineFrame(QWidget):
    """The frame around the line and what it offers."""

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.accent, 1))
        painter.setBrush(look.base)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.end()
