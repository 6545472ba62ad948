"""Which tags are ticked in the list of them, until it closes."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Slot

from tray.language import tr
from tray.store.catalogue import Names
from tray.ui.entries import name_choices
from tray.ui.entries.name_completer import NameChoice


class TagChoices(QObject):
    """Those that are ticked stand first; one that is new can be made."""

    def __init__(self, tag_ids: Iterable[int], names: Callable[[], Names], parent: QObject) -> None:
        super().__init__(parent)
        self._names = names
        known = names().tags
        self._before = tuple(known[tag].name for tag in tag_ids if tag in known)
        self.names = self._before
        """The tags that are ticked now."""

    @property
    def changed(self) -> bool:
        """Whether they differ from those there were."""
        return set(self.names) != set(self._before)

    def offers(self, typed: str) -> list[NameChoice]:
        """What to list."""
        found = name_choices.tags(typed, self._names())
        wanted = typed.strip()
        if wanted:
            same = any(choice.name.casefold() == wanted.casefold() for choice in found)
            label = tr("Create tag “{name}”").format(name=wanted)
            return found if same else [*found, NameChoice(0, wanted, label=label)]
        listed = {choice.name for choice in found}
        new = [NameChoice(0, name) for name in self.names if name not in listed]
        return sorted([*new, *found], key=lambda choice: choice.name not in self.names)

    def is_chosen(self, choice: NameChoice) -> bool:
        """Whether it is ticked."""
        return choice.name in self.names

    @Slot(object)
    def toggle(self, choice: NameChoice) -> None:
        """Tick it, or do not."""
        if choice.name in self.names:
            self.names = tuple(name for name in self.names if name != choice.name)
        else:
            self.names = (*self.names, choice.name)
