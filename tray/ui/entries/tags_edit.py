"""A line for several tags, each completed as it is typed."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tray.language import tr
from tray.ui.entries.fields import PanelLineEdit
from tray.ui.entries.name_completer import NameChoice, NameCompleter

_TAG: Final = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[,，]|$)|([^,，]*))(?:[,，]|$)')
"""One name of several, in quotes or not, and the comma behind it (the Chinese one counts, too)."""
_COMMA: Final = re.compile("[,，]")


class TagsEdit(PanelLineEdit):
    """A line for several names, with commas between them."""

    def __init__(self, offers: Callable[[str], list[NameChoice]], parent: QWidget) -> None:
        super().__init__(parent)
        self._offers = offers
        self.completion = NameCompleter(self)
        self.completion.chosen.connect(self._on_chosen)
        self.textEdited.connect(self._on_edited)
        self.setPlaceholderText(tr("call, urgent"))

    def list_all(self) -> None:
        """Offer every name, for one more."""
        self.completion.offer(self._offers(""))

    def _bounds(self) -> tuple[int, int]:
        """Where the name that the caret is in begins and ends."""
        text = self.text()
        caret = len(_characters(text, self.cursorPosition()))
        commas = [found.start() for found in _COMMA.finditer(text)]
        begin = max((at + 1 for at in commas if at < caret), default=0)
        return begin, min((at for at in commas if at >= caret), default=len(text))

    @Slot()
    def _on_edited(self) -> None:
        begin, end = self._bounds()
        typed = self.text()[begin:end].strip()
        self.completion.offer(self._offers(typed) if typed else [])

    @Slot(object)
    def _on_chosen(self, choice: object) -> None:
        assert isinstance(choice, NameChoice)  # noqa: S101  # the signal carries nothing else
        begin, end = self._bounds()
        before = self.text()[:begin] + (" " if begin else "") + written_tags([choice.name]) + ", "
        after = self.text()[end:].lstrip(", ")
        self.setText(before + after)
        self.setCursorPosition(len(before.encode("utf-16-le", "surrogatepass")) // 2)
        self.by_user.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.list_all()
        else:
            super().keyPressEvent(event)


def _characters(text: str, units: int) -> str:
    """The beginning of a text that takes so many units, as Qt counts them."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")


def written_tags(names: Sequence[str]) -> str:
    """Tags on one line; a name that could be taken for several stands in quotes."""
    quoted = (
        '"' + name.replace('"', '""') + '"' if set(name) & set('",，') else name for name in names
    )
    return ", ".join(quoted)


def read_tags(text: str) -> tuple[str, ...]:
    """The names on such a line, each once."""
    found = (
        one[2].strip() if one[1] is None else one[1].replace('""', '"').strip()
        for one in _TAG.finditer(text)
    )
    return tuple(dict.fromkeys(name for name in found if name))
