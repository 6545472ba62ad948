"""A box to choose a project, client, tag or task in, by its list or by a part of its name."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from tray.language import tr
from tray.ui.icon import dot

_MOST_SHOWN = 12


class ThingLabel(NamedTuple):
    """One thing that can be chosen."""

    id: int
    text: str
    colour: str = ""
    """Of the dot before it; empty for none."""


class ThingChoice(QComboBox):
    """Says nothing of what is typed and is no name of the list."""

    def __init__(self, parent: QWidget, *, letters: int) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        field = self.lineEdit()
        if field is not None:
            field.setPlaceholderText(tr("Type a part of the name"))

    def offer(self, things: Iterable[ThingLabel]) -> None:
        """List these, the first of which is chosen."""
        self.clear()
        drawn: dict[str, QIcon] = {}
        for thing in things:
            if thing.colour and thing.colour not in drawn:
                drawn[thing.colour] = dot(thing.colour)
            self.addItem(drawn.get(thing.colour, QIcon()), thing.text, thing.id)

    def chosen(self) -> int | None:
        """The id of what is chosen; None if what was typed is no name of the list."""
        text, at = self.currentText(), self.currentIndex()
        if at < 0 or self.itemText(at) != text:
            at = self.findText(text, Qt.MatchFlag.MatchFixedString)
        return int(self.itemData(at)) if at >= 0 else None

    def choose(self, thing_id: int) -> None:
        """Choose the thing with this id."""
        self.setCurrentIndex(self.findData(thing_id))
