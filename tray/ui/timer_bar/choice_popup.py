"""A list of names with a line above it that looks for one; the keys reach all of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QWidget

from tray.ui.entries.name_completer import NameChoice
from tray.ui.popup import Popup
from tray.ui.theme import CONTROL_HEIGHT, UNIT, text_scale
from tray.ui.timer_bar.choice_delegate import CHOICE, CHOSEN, ChoiceDelegate

_WIDTH: Final = 34 * UNIT
_MOST: Final = 9
"""Rows in sight."""
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

Offers = Callable[[str], list[NameChoice]]


class ChoicePopup(Popup):
    """Closes with the first choice, or stays open for several of them."""

    chosen = Signal(object)
    """The `NameChoice`."""

    def __init__(
        self,
        owner: QWidget,
        name: str,
        offers: Offers,
        *,
        prompt: str,
        is_chosen: Callable[[NameChoice], bool],
        several: bool = False,
    ) -> None:
        super().__init__(owner, name)
        self._offers = offers
        self._is_chosen = is_chosen
        self._several = several
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(prompt)
        self.search.setAccessibleName(prompt)
        self.search.setMinimumHeight(CONTROL_HEIGHT)
        self.search.textChanged.connect(self._fill)
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.clicked.connect(self._on_clicked)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list)
        self.setFixedWidth(round(_WIDTH * text_scale(self.font())))
        self.setFocusProxy(self.search)
        self._fill()

    @property
    def labels(self) -> list[str]:
        """What is listed."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def open(self) -> None:
        super().open()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _fill(self) -> None:
        typed = self.search.text()
        self._model.clear()
        highlighted = 0 if typed.strip() else -1
        for row, choice in enumerate(self._offers(typed)):
            self._model.appendRow(self._item(choice))
            if highlighted < 0 and not self._several and self._is_chosen(choice):
                highlighted = row
        self.list.setCurrentIndex(self._model.index(highlighted, 0))
        rows = min(_MOST, max(1, self._model.rowCount()))
        self.list.setFixedHeight(rows * ChoiceDelegate.height(self.fontMetrics()))
        if self.isVisible():
            self.adjustSize()

    def _item(self, choice: NameChoice) -> QStandardItem:
        item = QStandardItem(choice.label or choice.name)
        item.setData(choice, CHOICE)
        item.setData(self._is_chosen(choice), CHOSEN)
        chosen = self._is_chosen(choice)
        item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        return item

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.choose(index)

    def choose(self, index: QModelIndex) -> None:
        """Take a row."""
        choice = index.data(CHOICE)
        if choice is None:
            return
        if self._several:
            self.chosen.emit(choice)
            self.search.clear()
            self._fill()
        else:
            self.close()
            self.chosen.emit(choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := _STEPS.get(Qt.Key(event.key())):
            rows = self._model.rowCount()
            row = self.list.currentIndex().row() + step
            self.list.setCurrentIndex(self._model.index(max(0, min(row, rows - 1)), 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.list.currentIndex().isValid():
            self.choose(self.list.currentIndex())
        else:
            self.close()
