"""Asks questions in the terminal: a line, one of several words, or something that is not shown."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from tray.cli.streams import clean
from tray.errors import NotConfirmed
from tray.language import tr
from tray.sentences import either, together

_Word = TypeVar("_Word", bound=str)
_Done = TypeVar("_Done")


def is_interactive() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def read_line(prompt: str) -> str:
    """What the user types; nothing at the end of input."""
    with suppress(ImportError):  # Windows edits lines without it
        import readline  # noqa: F401  # gives `input` the arrow keys
    try:
        return input(clean(prompt)).strip()
    except (EOFError, KeyboardInterrupt) as leaving:
        print()
        if isinstance(leaving, KeyboardInterrupt):
            raise
        return ""


def agrees(question: str) -> bool:
    """Whether the user says yes to a question; saying nothing is no."""
    return read_line(tr("{question} [y/N] ").format(question=question)).lower().startswith("y")


def sure(verb: Callable[[bool], _Done], *, asks: bool, yes: bool = False) -> _Done:
    """Carry out a verb; ask about what looks like a slip, if somebody is there to answer.

    Args:
        verb: What is done; it is told whether the user is sure.
        asks: Whether a question may be asked.
        yes: Whether the user has said so beforehand.
    """
    try:
        return verb(yes)
    except NotConfirmed as doubt:
        if not asks or not is_interactive():
            raise
        if not agrees(together(str(doubt), tr("Is that right?"))):
            raise
    return verb(True)


def secret(prompt: str) -> str:
    """The same without showing it; without a terminal, the next line of the input."""
    if not is_interactive():
        return sys.stdin.readline().strip()
    from getpass import getpass

    try:
        return getpass(clean(prompt)).strip()
    except (EOFError, KeyboardInterrupt) as leaving:
        print()
        if isinstance(leaving, KeyboardInterrupt):
            raise
        return ""


def choice(question: str, words: Mapping[_Word, str], default: _Word) -> _Word:
    """One of `words`, which says what each means; asked until one is typed, or its beginning."""
    print(question)
    for word, meaning in words.items():
        print(f"  {word:<8}{meaning}")
    while answer := read_line(f"[{default}] ").lower():
        found = [word for word in words if word.startswith(answer)]
        if len(found) == 1:
            return found[0]
        print(tr("Type {words}.").format(words=either(words)))
    return default
