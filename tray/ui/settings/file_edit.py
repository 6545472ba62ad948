"""A field for the path of a file, with a button that chooses one."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from tray.language import tr
from tray.ui.theme import UNIT


class FileEdit(QWidget):
    """Empty means none."""

    chosen = Signal(object)
    """The path."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("None"))
        self.browse = QPushButton(tr("Choose…"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.browse)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._on_edited)
        self.browse.clicked.connect(self._on_browse)

    def show_path(self, path: str) -> None:
        """Show a path that was not chosen here."""
        self.line.setText(path)

    @Slot()
    def _on_edited(self) -> None:
        self.chosen.emit(self.line.text().strip())

    @Slot()
    def _on_browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose a file"), self.line.text())
        if path:
            self.chosen.emit(path)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.browse.setAccessibleName(tr("Choose {name}").format(name=name))

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)
