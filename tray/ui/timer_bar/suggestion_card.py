"""What is suggested for the line of the timer bar, over the page below it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tray.ui.entry_line.entry_line import EntryLine
from tray.ui.surfaces import paint_card
from tray.ui.theme import UNIT, theme

_BELOW: Final = UNIT // 2


class SuggestionCard(QWidget):
    """There while the line has the focus; it never takes the focus itself."""

    def __init__(self, line: EntryLine, bar: QWidget) -> None:
        super().__init__(bar.window())
        self._line, self._bar = line, bar
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(line.list)
        foot = QVBoxLayout()
        foot.setContentsMargins(2 * UNIT, 0, 2 * UNIT, UNIT // 2)
        foot.addWidget(line.hint)
        layout.addLayout(foot)
        line.changed.connect(self.follow)
        line.edit.installEventFilter(self)
        bar.installEventFilter(self)
        self.hide()

    @Slot()
    def follow(self) -> None:
        """Be there or not, as high as what there is to say."""
        line = self._line
        something = bool(line.list.candidates) or not line.is_empty or line.has_message
        wanted = something and line.edit.hasFocus() and line.isVisible()
        if wanted:
            window = self.parentWidget()
            assert window is not None  # noqa: S101  # it was made in one
            corner = self._bar.mapTo(window, QPoint(0, self._bar.height() + _BELOW))
            self.setFixedWidth(self._bar.width())
            self.move(corner)
            self.layout().activate()  # type: ignore[union-attr]  # it has one
            self.resize(self._bar.width(), self.heightForWidth(self._bar.width()))
            self.raise_()
        self.setVisible(wanted)

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.FocusIn,
            QEvent.Type.FocusOut,
            QEvent.Type.Resize,
            QEvent.Type.Hide,
        ):
            self.follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_card(self, edge=theme(self.palette()).border).end()
