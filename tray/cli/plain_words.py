"""Reads a command line of which no word is an option, for which nobody needs :mod:`argparse`.

``start "Write report"``, ``stop`` and ``status`` are most of what is typed, and to load argparse
and make a parser takes as long as all that they do. So the arguments of a command, which are
declared once in its ``configure_``, are first declared to `PlainWords`. It reads the line if that
is certain to mean what the parser would make of it. All else (an option, too many words, one that
has to be checked) is left to the parser, which also says what is wrong.
"""

from collections.abc import Callable, Sequence

from tray.lean_typing import TYPE_CHECKING, Any, Final, NoReturn, Self, cast

if TYPE_CHECKING:
    import argparse

_NOT_GIVEN: Final = {"store": None, "append": None, "boolean": None, "store_true": False}
"""What each action leaves as the value of an option that is not given, unless it has a default."""


class PlainWords:
    """Takes the declarations of a command's arguments, as its parser would."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._places: dict[str, object] = {}
        """How many words each argument takes that is no option, as argparse writes it."""

    def set_defaults(self, **values: object) -> None:
        """Keep values that no word changes."""
        self._values |= values

    def add_mutually_exclusive_group(self) -> Self:
        """Have options declared of which one is given at most."""
        return self

    def add_argument_group(self, title: str) -> Self:
        """Have arguments declared that stand below a title in the help."""
        del title
        return self

    def add_subparsers(self, **about: object) -> NoReturn:
        """Have actions declared, each with arguments of its own."""
        raise _Uncertain(about)

    def add_argument(self, *names: str, default: object = None, **about: object) -> None:
        """Declare an argument; how the help calls it counts for nothing."""
        if names[0].startswith("-"):
            action = about.get("action", "store")
            if action not in _NOT_GIVEN or isinstance(default, str) or "dest" in about:
                raise _Uncertain(names)
            longest = next((name for name in names if name.startswith("--")), names[0])
            name = longest.lstrip("-").replace("-", "_")
            self._values[name] = _NOT_GIVEN[str(action)] if default is None else default
        elif about.keys() <= {"nargs", "help", "metavar"}:
            self._places[names[0]], self._values[names[0]] = about.get("nargs"), default
        else:
            raise _Uncertain(names)

    def options(self, words: Sequence[str]) -> "argparse.Namespace":
        """What the words mean."""
        match [*self._places.items()], words:
            case [(name, "*" | "+")], [_, *_]:
                self._values[name] = [*words]
            case [(name, "*")], [] if self._values[name] is None:
                self._values[name] = []
            case [(name, None | "?")], [word]:
                self._values[name] = word
            case [(_, "?")] | [], []:
                pass
            case _:
                raise _Uncertain(words)
        return cast("argparse.Namespace", _Options(self._values))


class _Options:
    """The values by their names, as argparse hands them over."""

    def __init__(self, values: dict[str, Any]) -> None:
        vars(self).update(values)


class _Uncertain(Exception):
    """Only the parser can tell what is meant."""


def read(
    words: Sequence[str], configure: "Callable[[argparse.ArgumentParser], None]"
) -> "argparse.Namespace | None":
    """The options that the words of a command mean; None if only its parser can tell.

    Args:
        words: What stands behind the command.
        configure: Declares its arguments.
    """
    if any(word.startswith("-") for word in words):
        return None
    plain = PlainWords()
    try:
        configure(cast("argparse.ArgumentParser", plain))
        return plain.options(words)
    except _Uncertain:
        return None
