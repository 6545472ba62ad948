"""What every panel of the window has: a frame, two buttons, and the keys that press them."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from tray.errors import NotConfirmed, TrayError
from tray.language import in_a_row, tr
from tray.session.tracking import Tracking
from tray.tracker.outcome import Outcome
from tray.ui.entries.date_button import DateButton
from tray.ui.entries.fields import CAPTION, Field, Note
from tray.ui.labels import ThemedLabel
from tray.ui.theme import RADIUS, UNIT, theme


class PanelResult(NamedTuple):
    """What a panel has done."""

    outcome: Outcome
    message: str


class Panel(QWidget):
    """Enter accepts it, with Ctrl or without; Esc leaves it."""

    closed = Signal()
    """It has done its work, or the user left it."""
    done = Signal(object)
    """The `PanelResult` of its work."""

    def __init__(self, tracking: Tracking, parent: QWidget, *, accept: str, name: str) -> None:
        super().__init__(parent)
        self.saving = False
        """Whether what `Tracking.failed` tells now is shown here, beside the field it is about."""
        self._doubted: object = None
        """What was said to look like a slip; whoever accepts the same once more means it."""
        self.tracking = tracking
        self.setAccessibleName(name)
        self.note = Note(self)
        self.accept_button = QPushButton(accept, self)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.clicked.connect(self._on_cancel)
        for button in (self.cancel_button, self.accept_button):
            button.setMinimumHeight(4 * UNIT)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(2 * UNIT, 3 * UNIT // 2, 2 * UNIT, 3 * UNIT // 2)
        self.content.setSpacing(3 * UNIT // 2)

    def buttons(self) -> QHBoxLayout:
        """The two buttons, for the panel to put at the end of its last row."""
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.cancel_button)
        row.addWidget(self.accept_button)
        return row

    def controls(self) -> list[QWidget]:
        """What the Tab key goes through before the buttons."""
        raise NotImplementedError

    def follow(self, before: QWidget) -> None:
        """Let the Tab key come here from another widget."""
        order = [before, *self.controls(), self.cancel_button, self.accept_button]
        for one, other in pairwise(order):
            self.setTabOrder(one, other)

    def captioned(self, item: QWidget | QLayout, caption: str = " ") -> QVBoxLayout:
        """Something that stands beside fields, in line with them below a caption of its own."""
        place = QVBoxLayout()
        place.setSpacing(UNIT // 2)
        place.addWidget(ThemedLabel(caption, self, size=CAPTION))
        if isinstance(item, QWidget):
            item.setMinimumHeight(4 * UNIT)
            place.addWidget(item)
        else:
            place.addLayout(item)
        place.addStretch()
        return place

    @Slot()
    def accept(self) -> None:
        """Do what the panel is for."""
        raise NotImplementedError

    def focus(self) -> None:
        """Put the caret where typing begins."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Something has changed, here or elsewhere."""

    def tick(self) -> None:
        """A second has passed while something runs."""

    def leave(self) -> None:
        """The user turns to something else; whoever does not close now has something to say."""
        self.closed.emit()

    def field_named(self, name: str) -> Field | None:
        """The field that a refusal means by this name."""
        return None

    def carry_out(self, verb: Callable[[int], Outcome], *, message: str = "") -> None:
        """Run a verb and close; if it is refused, stay and say why beside the field.

        Args:
            message: What has been done then, in a sentence, where that is not seen anyway.
        """
        refusals: list[TrayError] = []

        def watched(now: int) -> Outcome:
            try:
                return verb(now)
            except TrayError as error:
                refusals.append(error)
                raise

        self.saving = True
        outcome = self.tracking.run(watched)
        self.saving = False
        for error in refusals:
            self._refuse(error)
        if outcome is not None:
            self.closed.emit()
            self.done.emit(PanelResult(outcome, message))

    def asking_once(self, verb: Callable[[bool], Outcome], *, about: object) -> Outcome:
        """Run a verb that is given whether the user means times that look like a slip.

        Raises:
            NotConfirmed: they do, and it was not said before of `about`.
        """
        try:
            return verb(about == self._doubted)
        except NotConfirmed as doubt:
            self._doubted = about
            sentence = in_a_row((str(doubt), tr("Enter once more saves it.")))
            raise NotConfirmed(sentence, field=doubt.field) from doubt

    def _refuse(self, error: TrayError) -> None:
        field = self.field_named(getattr(error, "field", None) or "")
        if field is None:
            self.note.tell(str(error))
        else:
            field.complain(str(error))
            field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_cancel(self) -> None:
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key is for the list behind."""
        event.accept()
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QPushButton) and not isinstance(focused, DateButton):
                focused.click()
            else:
                self.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _: QPaintEvent) -> None:
        look = theme(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.line, 1))
        painter.setBrush(look.window)
        painter.drawRoundedRect(
            self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS
        )
        painter.end()
