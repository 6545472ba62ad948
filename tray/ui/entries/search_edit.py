"""The field in which entries are looked for."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tray.ui import icons
from tray.ui.entries.search import LONGEST
from tray.ui.theme import CONTROL_HEIGHT, UNIT, theme
from tray.ui.wording import tr


class SearchEdit(QLineEdit):
    """Looks for entries as one types; Esc empties it."""

    left = Signal()
    """The down key: on to what was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Search   @project  #tag  $"))
        self.setAccessibleName(tr("Search all entries"))
        self.setToolTip(
            tr(
                "In descriptions, projects and tags. "
                "@ looks in projects, # in tags; $ is what is billable."
            )
        )
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self.setMinimumWidth(18 * UNIT)
        self.setMaximumWidth(35 * UNIT)
        self.setMinimumHeight(CONTROL_HEIGHT)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._set_icon()

    def _set_icon(self) -> None:
        self._glass.setIcon(icons.icon("search", theme(self.palette()).subdued))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._set_icon()
