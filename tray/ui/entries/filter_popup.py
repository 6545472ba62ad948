"""The list of criteria below the button that filters: found by typing, chosen by Enter or click."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from tray.language import described, tr
from tray.model.filters import Criterion
from tray.store.catalogue import Names
from tray.ui import icons
from tray.ui.entries import filter_choices
from tray.ui.entries.filter_choices import ICONS, Offer
from tray.ui.icon import dot
from tray.ui.theme import CONTROL_HEIGHT, UNIT, theme

_WIDTH: Final = 40 * UNIT
_HEIGHT: Final = 46 * UNIT
_TO_LIST: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Line(QLineEdit):
    """Gives the keys that go through the list to it."""

    def __init__(self, parent: "FilterPopup") -> None:
        super().__init__(parent)
        self._popup = parent

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._popup.take_key(event):
            super().keyPressEvent(event)


class FilterPopup(QFrame):
    """Stays open while several are chosen."""

    toggled = Signal(object)
    """The `Criterion` that was chosen, or is no more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._names: Names | None = None
        self._active: tuple[Criterion, ...] = ()
        self._offers: list[Offer] = []
        self.line = _Line(self)
        self.line.setPlaceholderText(tr("Project, client, tag, task…"))
        self.line.setAccessibleName(tr("Filter by"))
        self.line.textChanged.connect(self._list)
        self.model = QStandardItemModel(self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(tr("What entries can be filtered by"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setIconSize(QSize(icons.SIDE, icons.SIDE))
        self.view.setUniformItemSizes(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        layout.addWidget(self.line)
        layout.addWidget(self.view)
        self.setFixedSize(_WIDTH, _HEIGHT)

    def open(self, below: QWidget, names: Names, active: tuple[Criterion, ...]) -> None:
        """Show what can be chosen, below a button."""
        self._names, self._active = names, active
        self.line.clear()
        self._list()
        place = below.mapToGlobal(QPoint(below.width() - self.width(), below.height()))
        room = below.screen().availableGeometry()
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key does here; False if it is one that types."""
        current = self.view.currentIndex()
        if event.key() in _TO_LIST and self._offers:
            step = 1 if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1
            far = event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
            row = current.row() + step * (10 if far else 1)
            self._go_to(max(0, min(len(self._offers) - 1, row)))
            return True
        if event.key() in _ENTER:
            if current.isValid():
                self._on_clicked(current)
            return True
        return False

    def _go_to(self, row: int) -> None:
        self.view.setCurrentIndex(self.model.index(row, 0))

    @Slot()
    def _list(self) -> None:
        if self._names is None:
            return
        self._offers = filter_choices.offers(self.line.text(), self._names)
        self.model.clear()
        look = theme(self.palette())
        for offer in self._offers:
            item = QStandardItem(offer.label)
            item.setEditable(False)
            item.setCheckable(True)
            item.setSizeHint(QSize(0, max(CONTROL_HEIGHT, self.fontMetrics().height() + UNIT)))
            active = offer.criterion in self._active
            item.setCheckState(Qt.CheckState.Checked if active else Qt.CheckState.Unchecked)
            kind = filter_choices.kind_name(offer.criterion.kind)
            item.setAccessibleText(described((offer.label, kind)))
            sign = icons.icon(ICONS[offer.criterion.kind], look.subdued)
            item.setIcon(dot(offer.colour) if offer.colour else sign)
            self.model.appendRow(item)
        if self._offers and self.line.text():
            self._go_to(0)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        criterion = self._offers[index.row()].criterion
        self._active = tuple(each for each in self._active if each != criterion) + (
            () if criterion in self._active else (criterion,)
        )
        active = criterion in self._active
        state = Qt.CheckState.Checked if active else Qt.CheckState.Unchecked
        self.model.itemFromIndex(index).setCheckState(state)
        self._go_to(index.row())
        self.toggled.emit(criterion)
