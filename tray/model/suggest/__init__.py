"""Suggestions: what of all that was ever done, or of all names, fits what is being typed."""

from tray.model.suggest.history_columns import best_first
from tray.model.suggest.index import Index
from tray.model.suggest.names import match_names
from tray.model.suggest.suggestion import (
    MatchKind,
    Name,
    NameMatch,
    PastActivity,
    Ranges,
    Suggestion,
)

__all__ = [
    "Index",
    "MatchKind",
    "Name",
    "NameMatch",
    "PastActivity",
    "Ranges",
    "Suggestion",
    "best_first",
    "match_names",
]
