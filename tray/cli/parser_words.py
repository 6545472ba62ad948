"""What argparse itself says, in the user's language; what no user meets stays as it is."""

import argparse
import re
from collections.abc import Iterable

from tray.language import mark, ntr, tr, tr_marked
from tray.lean_typing import Final

PLACEHOLDERS: Final = {
    mark("NAME"),
    mark("WHICH"),
    mark("TEXT"),
    mark("ACTION"),
    mark("WORKSPACE"),
    mark("MOMENT"),
    mark("ENTRY"),
    mark("AMOUNT"),
    mark("MEMBER"),
    mark("LINE"),
    mark("PROJECT"),
    mark("INTO"),
    mark("DATE"),
    mark("DAY"),
    mark("USER"),
    mark("PLACE"),
    mark("ADDRESS"),
    mark("EMAIL"),
    mark("PROFILE"),
    mark("GROUP"),
    mark("MINUTES"),
    mark("HOURS"),
    mark("LENGTH"),
    mark("TAG"),
    mark("ZONE"),
    mark("FILE"),
    mark("PATH"),
    mark("KEY"),
    mark("VALUE"),
    mark("RANGE"),
    mark("TO"),
    mark("WHO"),
    mark("CODE"),
    mark("COPY"),
    mark("PORT"),
    mark("CONNECTION"),
    mark("COMMAND"),
    mark("FOLDER"),
    mark("LINK"),
}
"""What stands in a usage line for what is typed there."""


def word(text: str) -> str:
    """A text of argparse's own, in the place of its `gettext`."""
    return {
        "usage: ": tr("usage: "),
        "positional arguments": tr("positional arguments"),
        "options": tr("options"),
        "show this help message and exit": tr("show this help message and exit"),
        "%(prog)s: error: %(message)s\n": tr("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": tr("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": tr("the following arguments are required: %s"),
        "one of the arguments %s is required": tr("one of the arguments %s is required"),
        "unrecognized arguments: %s": tr("unrecognized arguments: %s"),
        "not allowed with argument %s": tr("not allowed with argument %s"),
        "ignored explicit argument %r": tr("ignored explicit argument %r"),
        "expected one argument": tr("expected one argument"),
        "expected at most one argument": tr("expected at most one argument"),
        "expected at least one argument": tr("expected at least one argument"),
        "invalid %(type)s value: %(value)r": tr("invalid %(type)s value: %(value)r"),
        "invalid choice: %(value)r (choose from %(choices)s)": tr(
            "invalid choice: %(value)r (choose from %(choices)s)"
        ),
        "unknown parser %(parser_name)r (choices: %(choices)s)": tr(
            "unknown parser %(parser_name)r (choices: %(choices)s)"
        ),
    }.get(text, text)


def counted(one: str, many: str, n: int) -> str:
    """The same for what counts something, which is only how many arguments are missing."""
    del one, many
    return ntr("expected %s argument", "expected %s arguments", n)


def name_placeholders(actions: Iterable[argparse.Action]) -> None:
    """Say in the user's language what is typed for each argument; options stay as they are."""
    for each in actions:
        if isinstance(each.metavar, str):
            each.metavar = _named(each.metavar)
        elif each.nargs != 0 and each.choices is None and each.metavar is None:
            each.metavar = _named(each.dest.upper() if each.option_strings else each.dest)


def _named(text: str) -> str:
    if text.isalpha():  # most are, and no pattern is made for them
        return _placeholder(text)
    return re.sub("[A-Z]{2,}", lambda found: _placeholder(found[0]), text)


def _placeholder(word: str) -> str:
    english = word.upper()
    own = tr_marked(english) if english in PLACEHOLDERS else english
    return word if own == english else own
