"""What the keys do at this moment, in words, for the foot of the dialog."""

from typing import Final

from tray.language import tr
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.ui.entry_line.candidate_row import NEW, CandidateKind, CandidateRow

_BETWEEN: Final = "   ·   "


def hint(text: str, entry: QuickEntry, highlighted: CandidateRow | None, *, listed: bool) -> str:
    """The keys that matter now, the most important first.

    Args:
        text: what stands in the line.
        entry: what Enter would start or add.
        highlighted: the row that the keys are on.
        listed: whether there are rows at all.
    """
    choose = [tr("↑ ↓ choose")] if listed else []
    if highlighted is not None and highlighted.offer in NEW:
        keys = [tr("Enter takes it; it is created with the entry")]
    elif highlighted is not None and highlighted.offer is not CandidateKind.ENTRY:
        keys = [tr("Enter completes it"), *choose]
    elif entry.stop is not None:
        keys = [tr("Enter adds it"), *choose]
    elif entry.start is not None:
        keys = [tr("Enter starts it then"), tr("Ctrl+Enter adds it, ended now"), *choose]
    elif not text and highlighted is None:
        keys = [tr("Enter starts without a description"), *choose]
    else:
        keys = [tr("Enter starts"), *choose, *([tr("Tab takes over")] if listed else [])]
    return _BETWEEN.join([*keys, tr("Esc leaves")])
