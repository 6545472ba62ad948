"""The name and the colour of what a report shows: a project has its own, others take turns."""

from typing import NamedTuple

from PySide6.QtGui import QColor

from tray.language import tr
from tray.model import colours, formats
from tray.model.formats import TimeFormat
from tray.model.reports.chart import OTHERS, RUNNING
from tray.model.reports.report_definition import Grouping
from tray.model.reports.time_slices import Key
from tray.store.catalogue import Names
from tray.store.group_names import GroupNames, GroupWords
from tray.ui.legible import legible
from tray.ui.theme import Theme


def group_names(names: Names, times: TimeFormat) -> GroupNames:
    """What groups are called, in the user's language."""
    words = GroupWords(
        tr("No project"),
        tr("No client"),
        tr("No task"),
        tr("No tags"),
        tr("(no description)"),
        tr("Deleted"),
    )
    return GroupNames(names, times, words, None)


class Series(NamedTuple):
    """The parts of the charts, in the order of their size."""

    level: Grouping
    keys: tuple[Key, ...]
    called: GroupNames

    def name(self, key: Key) -> str:
        """What a part is called."""
        if key == OTHERS:
            return tr("Others")
        if key == RUNNING:
            return tr("Running")
        return self.called.of(self.level, key)

    def colour(self, key: Key, look: Theme) -> QColor:
        """The colour of a part, to be told from the card it is on."""
        if key == RUNNING:
            return look.accent
        return legible(QColor(self._own_colour(key)), look.card, least=3)

    def _own_colour(self, key: Key) -> str:
        if key in (OTHERS, 0):
            return colours.NONE
        if self.level is Grouping.PROJECT:
            known = self.called.names.projects.get(int(key)) if isinstance(key, int) else None
            return known.colour if known else colours.NONE
        at = self.keys.index(key) if key in self.keys else len(colours.PALETTE) - 1
        return colours.PALETTE[at % len(colours.PALETTE)]


def signed(seconds: int) -> str:
    """A change, as ``+3:10``."""
    sign = "\N{MINUS SIGN}" if seconds < 0 else "+"
    return f"{sign}{formats.length(abs(seconds))}"
