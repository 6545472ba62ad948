"""Names that are offered while one is typed: projects, tasks and tags."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from tray.language import tr
from tray.model import pinyin
from tray.model.suggest import Name, match_names
from tray.ui import icons
from tray.ui.entries.fields import PanelLineEdit
from tray.ui.icon import dot
from tray.ui.theme import UNIT, theme

MOST: Final = 12
"""Names that are offered at once."""


class NameChoice(NamedTuple):
    """A name that can be chosen."""

    id: int
    """Of what has the name; 0 for none."""
    name: str
    colour: str = ""
    """Of the dot before it; empty for none."""
    label: str = ""
    """What is shown instead of the name."""


def fitting(typed: str, choices: Sequence[NameChoice], most: int = MOST) -> list[NameChoice]:
    """The choices that fit what was typed, the best first; all if nothing was."""
    known = [
        Name(at, choice.name, " ".join(pinyin.keys(choice.name)))
        for at, choice in enumerate(choices)
    ]
    return [choices[match.id] for match in match_names(typed, known, most)]


class NameCompleter(QObject):
    """The list below a line; what to list, and what a choice does, is up to its owner."""

    chosen = Signal(object)
    """The `NameChoice`."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._model = QStandardItemModel(self)
        self._choices: list[NameChoice] = []
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(line)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(MOST)
        by_index = self._completer.activated[QModelIndex]  # type: ignore[index]  # overloaded
        by_index.connect(self._on_activated)
        self._popup = QListView(line)
        self._completer.setPopup(self._popup)
        self._popup.setIconSize(QSize(2 * UNIT, 2 * UNIT))

    @property
    def names(self) -> list[str]:
        """What is listed now; nothing while it is closed."""
        shown = self._popup.isVisible()
        return [choice.label or choice.name for choice in self._choices] if shown else []

    @property
    def highlighted(self) -> NameChoice | None:
        """What the arrow keys have chosen of what is listed."""
        at = self._popup.currentIndex().row()
        return self._choices[at] if at >= 0 and self._popup.isVisible() else None

    def offer(self, choices: list[NameChoice]) -> None:
        """List these below the line."""
        self._choices = choices
        self._model.clear()
        coloured = any(choice.colour for choice in choices)
        for choice in choices:
            item = QStandardItem(choice.label or choice.name)
            item.setSizeHint(QSize(0, 4 * UNIT))
            if coloured:
                item.setIcon(dot(choice.colour or "transparent"))
            self._model.appendRow(item)
        if choices:
            self._completer.complete()
            self._popup.setCurrentIndex(QModelIndex())  # Enter takes only what was chosen
        else:
            self.close()

    def close(self) -> None:
        """Take the list away."""
        self._popup.hide()

    def take(self) -> None:
        """Choose what is highlighted, else the first that exists, of what is listed."""
        at = self._popup.currentIndex().row()
        found = self._choices if self._popup.isVisible() else []
        known = [choice for choice in found if choice.id]
        chosen = found[at : at + 1] if at >= 0 else known[:1]
        self.close()
        for choice in chosen:
            self.chosen.emit(choice)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self._choices[index.row()])


class NameLineEdit(PanelLineEdit):
    """A line for one name; the arrow in it, or the down key, lists all there are.

    Tab takes the first that fits what was typed, and goes on to the next field.
    """

    picked = Signal(object)
    """The `NameChoice` that was taken from the list."""

    def __init__(self, offers: Callable[[str], list[NameChoice]], parent: QWidget) -> None:
        super().__init__(parent)
        self._offers = offers
        self.completion = NameCompleter(self)
        self.completion.chosen.connect(self._on_chosen)
        self.textEdited.connect(self._on_edited)
        look = theme(parent.palette())
        arrow = self.addAction(
            icons.icon("chevron-down", look.subdued), QLineEdit.ActionPosition.TrailingPosition
        )
        arrow.setText(tr("List all"))
        arrow.triggered.connect(self.list_all)

    @Slot()
    def list_all(self) -> None:
        """Offer every name."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.completion.offer(self._offers(""))

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.completion.offer(self._offers(text))

    @Slot(object)
    def _on_chosen(self, choice: object) -> None:
        assert isinstance(choice, NameChoice)  # noqa: S101  # the signal carries nothing else
        self.setText(choice.name)
        self.picked.emit(choice)
        self.by_user.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.list_all()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.text().strip():
            self.completion.take()
        return super().focusNextPrevChild(forward)
