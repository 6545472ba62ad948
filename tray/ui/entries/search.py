"""What is looked for by the words in the search field."""

from collections.abc import Iterable
from typing import Final

from tray.model.entities import Client, Project, Tag, Task
from tray.model.suggest.fold import fold
from tray.store.catalogue import Names
from tray.store.entries import Word

LONGEST: Final = 200
"""Characters that can be typed; SQLite refuses far longer patterns."""


def words(typed: str, names: Names) -> tuple[Word, ...]:
    """The words of which an entry must fit each, in its description or in a name it refers to.

    A word that begins with ``@`` is looked for in projects (with their clients and tasks) alone,
    one that begins with ``#`` in tags.
    """
    return tuple(_word(each, names) for each in dict.fromkeys(typed.split()))


def _word(typed: str, names: Names) -> Word:
    mark, rest = typed[0], typed[1:]
    if mark in "@＠" and rest:
        return Word((), *_of_projects(rest, names))
    if mark in "#＃" and rest:
        return Word((), tag_ids=_named(rest, names.tags.values()))
    return Word(_spellings(typed), *_of_projects(typed, names), _named(typed, names.tags.values()))


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
    return tuple(thing.id for thing in things if wanted and wanted in fold(thing.name))
