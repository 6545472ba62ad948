"""Projects, clients, tasks and tags found by name, as they are completed after ``@`` and ``#``."""

from collections.abc import Sequence
from functools import lru_cache

from tray.model.suggest.match import guess_of, kind_of, read, searchable
from tray.model.suggest.ranges import ranges_of
from tray.model.suggest.rank import WEIGHTS
from tray.model.suggest.suggestion import Name, NameMatch

_searchable = lru_cache(maxsize=4_096)(searchable)
"""The same names are searched with each key."""


def match_names(typed: str, names: Sequence[Name], limit: int = 12) -> list[NameMatch]:
    """The names that fit what was typed, the best first; those that fit alike in their order.

    Where nothing was typed all of them fit. Guesses fill what is left below `limit`.
    """
    query = read(typed)
    texts = [_searchable(name.name) for name in names]
    kinds = [kind_of(query, text, name.keys) for text, name in zip(texts, names, strict=True)]
    if len(names) - kinds.count(None) < limit:
        kinds = [kind or guess_of(query, text) for kind, text in zip(kinds, texts, strict=True)]
    fitting = [(kind, name) for kind, name in zip(kinds, names, strict=True) if kind]
    fitting.sort(key=lambda match: -WEIGHTS[match[0]])
    return [
        NameMatch(name.id, name.name, kind, ranges_of(query, name.name, kind))
        for kind, name in fitting[:limit]
    ]
