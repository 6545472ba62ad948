"""What is looked for by the words in the search field and the filters beside it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tray.model.entities import Client, Project, Tag, Task
from tray.model.filters import FilterKind, Filters
from tray.model.suggest.fold import fold
from tray.store.catalogue import Names
from tray.store.entries import Condition

LONGEST: Final = 200
"""Characters that can be typed; SQLite refuses far longer patterns."""

_folded: Final = lru_cache(maxsize=16_384)(fold)
"""The names are gone through at each key."""


def conditions(typed: str, filters: Filters, names: Names) -> tuple[Condition, ...]:
    """What an entry must fit: each word, and of each kind of criterion one."""
    kinds = dict.fromkeys(each.kind for each in filters.criteria)
    chosen = (_chosen(kind, filters, names) for kind in kinds)
    return (*words(typed, names), *chosen)


def _chosen(kind: FilterKind, filters: Filters, names: Names) -> Condition:
    ids = filters.ids(kind)
    match kind:
        case FilterKind.WORKSPACE:
            return Condition(workspace_ids=ids)
        case FilterKind.CLIENT:
            projects = names.projects.values()
            theirs = [each.id for each in projects if (each.client_id or 0) in ids]
            return Condition(project_ids=(*theirs, *([0] if 0 in ids else [])))
        case FilterKind.PROJECT:
            return Condition(project_ids=ids)
        case FilterKind.TASK:
            return Condition(task_ids=ids)
        case FilterKind.TAG:
            return Condition(tag_ids=ids)
        case FilterKind.BILLABLE:
            return Condition(billable=bool(ids[-1]))
        case FilterKind.NOT_UPLOADED:
            return Condition(unsent=True)


def words(typed: str, names: Names) -> tuple[Condition, ...]:
    """The words of which an entry must fit each, in its description or in a name it refers to.

    A word that begins with ``@`` is looked for in projects (with their clients and tasks) alone,
    one that begins with ``#`` in tags; ``$`` is what is billable.
    """
    return tuple(_word(each, names) for each in dict.fromkeys(typed.split()))


def _word(typed: str, names: Names) -> Condition:
    mark, rest = typed[0], typed[1:]
    if typed in ("$", "＄"):
        return Condition(billable=True)
    if mark in "@＠" and rest:
        return Condition((), *_of_projects(rest, names))
    if mark in "#＃" and rest:
        return Condition(tag_ids=_named(rest, names.tags.values()))
    return Condition(
        _spellings(typed), *_of_projects(typed, names), _named(typed, names.tags.values())
    )


def _spellings(word: str) -> tuple[str, ...]:
    """The word in small and capital letters: SQLite itself ignores the case of ASCII only."""
    if word.isascii():
        return (word,)
    return tuple(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def _of_projects(word: str, names: Names) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The projects whose name or whose client's name has the word in it, and the tasks."""
    clients = {*_named(word, names.clients.values())}
    projects = {*_named(word, names.projects.values())}
    projects |= {each.id for each in names.projects.values() if each.client_id in clients}
    return tuple(sorted(projects)), _named(word, names.tasks.values())


def _named(word: str, things: Iterable[Client | Project | Task | Tag]) -> tuple[int, ...]:
    wanted = fold(word)
    return tuple(thing.id for thing in things if wanted and wanted in _folded(thing.name))
