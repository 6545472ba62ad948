"""Asks what becomes of what belongs to a project, client, tag or task that is to go."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from tray.language import ntr, quoted, tr
from tray.model import formats
from tray.store.catalogue import Kind
from tray.ui import labels
from tray.ui.labels import ThemedLabel
from tray.ui.projects.rows import Row
from tray.ui.projects.thing_choice import ThingChoice, ThingLabel
from tray.ui.theme import LARGE, UNIT, text_scale

_LONGEST: Final = 30
"""Letters of a name in a sentence: one word of more is cut at the edge of the window."""
_LETTERS: Final = 20
"""So many have room in the box of what it goes to."""


class Question(NamedTuple):
    """What is asked about a thing, or several of one kind."""

    going: Sequence[Row]
    """What is to go."""
    others: Sequence[Row]
    """To which of these what belongs to it can go."""
    belongs: str
    """What belongs to it, as ``12 entries, 3:40 in all``."""
    merge: bool = False
    """Whether it is to be merged, and so cannot go without."""
    remark: str = ""
    """What else is worth knowing."""

    @property
    def kind(self) -> Kind:
        """Of what is to go."""
        return self.going[0].kind


class FateOfEntries(NamedTuple):
    """What becomes of what belongs to what is deleted."""

    to: int | None = None
    """The id of what everything goes to; None: it goes without."""
    with_entries: bool = False
    """Whether it is deleted too."""


def counted(count: int, seconds: int) -> str:
    """So many entries and their length, in words."""
    words = ntr("1 entry, {length} in all", "{count} entries, {length} in all", count)
    return words.format(count=formats.number(count), length=formats.length(seconds))


class RemovalDialog(QDialog):
    """Without an answer, nothing happens."""

    chosen = Signal(object)
    """The `FateOfEntries`."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._question = question
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * UNIT, 3 * UNIT, 3 * UNIT, 2 * UNIT)
        self._column.setSpacing(UNIT)
        self.setMinimumWidth(round(52 * UNIT * text_scale(self.font())))
        self.keep = QRadioButton(_keep_words(question), self)
        self.move_ = QRadioButton(tr("Move them to"), self)
        self.along = QRadioButton(tr("Delete them too"), self)
        self.to = ThingChoice(self, letters=_LETTERS)
        self._say()
        self._offer()
        self._add_buttons()

    def _say(self) -> None:
        going = self._question.going
        name = naming(going)
        words = tr("Merge {what} into") if self._question.merge else tr("Delete {what}?")
        title = words.format(what=name)
        self.setWindowTitle(tr("Merge") if self._question.merge else tr("Delete"))
        has = tr("It has {what}.") if len(going) == 1 else tr("They have {what}.")
        sentence = has.format(what=self._question.belongs)
        if self._question.merge:
            sentence = tr("What it has ({what}) goes there, and {name} is deleted.").format(
                what=self._question.belongs, name=name
            )
        self._label(title, labels.plain, LARGE)
        self._label(sentence, labels.subdued, 1)
        if self._question.remark:
            self._label(self._question.remark, labels.subdued, 1)

    def _label(self, text: str, tint: labels.Tint, size: float) -> None:
        label = ThemedLabel(text, self, tint=tint, size=size, bold=size > 1)
        label.setWordWrap(True)
        self._column.addWidget(label)

    def _offer(self) -> None:
        self.to.offer(map(_label_of, self._question.others))
        self.to.setAccessibleName(tr("To which"))
        self._column.addSpacing(UNIT)
        if self._question.merge:
            self.keep.hide()
            self.move_.hide()
            self.move_.setChecked(True)
        else:
            self._column.addWidget(self.keep)
            self._column.addWidget(self.move_)
            self.keep.setChecked(True)
            self.move_.setEnabled(bool(self._question.others))
            self.to.currentTextChanged.connect(self._on_to)
        self.to.setEnabled(bool(self._question.others))
        self._column.addWidget(self.to)
        self.along.setVisible(self._question.kind == "project" and not self._question.merge)
        self._column.addWidget(self.along)

    def _add_buttons(self) -> None:
        buttons = QDialogButtonBox(self)
        word = tr("Merge") if self._question.merge else tr("Delete")
        self.accept_button = buttons.addButton(word, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setEnabled(self._is_answered())
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button.setDefault(True)
        self.to.currentTextChanged.connect(self._on_answer)
        self.move_.toggled.connect(self._on_answer)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._column.addSpacing(2 * UNIT)
        self._column.addWidget(buttons)

    @Slot()
    def _on_to(self) -> None:
        self.move_.setChecked(True)

    def _is_answered(self) -> bool:
        return not self.move_.isChecked() or self.to.chosen() is not None

    @Slot()
    def _on_answer(self) -> None:
        self.accept_button.setEnabled(self._is_answered())

    @Slot()
    def _on_accepted(self) -> None:
        to = self.to.chosen() if self.move_.isChecked() else None
        self.chosen.emit(FateOfEntries(to, with_entries=self.along.isChecked()))
        self.accept()


def _keep_words(question: Question) -> str:
    return {
        "project": tr("Keep them, without a project"),
        "client": tr("Keep them, without a client"),
        "tag": tr("Keep them, without this tag"),
        "task": tr("Keep them, without a task"),
    }[question.kind]


def naming(rows: Sequence[Row]) -> str:
    """One thing by its name, several by their number."""
    if len(rows) == 1:
        return quoted(rows[0].name, _LONGEST)
    count = len(rows)
    words = {
        "project": ntr("1 project", "{count} projects", count),
        "client": ntr("1 client", "{count} clients", count),
        "tag": ntr("1 tag", "{count} tags", count),
        "task": ntr("1 task", "{count} tasks", count),
    }
    return words[rows[0].kind].format(count=formats.number(count))


def _label_of(row: Row) -> ThingLabel:
    return ThingLabel(row.id, "  ·  ".join(filter(None, (row.name, row.beside))), row.colour)
