"""What is read without the parser, against what the parser makes of the same words."""

from collections.abc import Sequence
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.cli import commands, plain_words
from tray.cli.parser import Parser

WORDS: Final = ("", "3", "last", "Write report", "list", "9:00-9:30", "a - b")
OPTIONS: Final = ("-", "--", "--json", "-5", "--at", "--help", "--at=9:30", "--no-project")


def plainly(name: str, words: Sequence[str]) -> dict[str, Any] | None:
    """What is read of the words of a command without its parser."""
    read = plain_words.read(words, lambda parser: commands.configure(name, parser))
    return None if read is None else vars(read)


def by_parser(name: str, words: Sequence[str]) -> dict[str, Any] | None:
    """What its parser reads; None where it says what is wrong."""
    parser = Parser(prog=name, description=name)
    commands.configure(name, parser)
    try:
        return vars(parser.options(words))
    except SystemExit:
        return None


def agree(name: str, words: Sequence[str]) -> None:
    """Compare both."""
    plain = plainly(name, words)
    assert plain is None or plain == by_parser(name, words), (name, words)


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_short_lines_mean_what_the_parser_makes_of_them(name: str) -> None:
    for length in range(3):
        for words in product(WORDS, repeat=length):
            agree(name, words)


@given(st.sampled_from([*commands.COMMANDS]), st.lists(st.sampled_from((*WORDS, *OPTIONS))))
def test_any_line_means_what_the_parser_makes_of_it(name: str, words: list[str]) -> None:
    agree(name, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("start", ()),
        ("start", ("Write report @Acme $",)),
        ("start", ("Write", "report")),
        ("stop", ()),
        ("toggle", ()),
        ("continue", ()),
        ("continue", ("3",)),
        ("status", ()),
        ("delete", ("3",)),
        ("undo", ()),
    ],
)
def test_what_is_typed_most_needs_no_parser(name: str, words: Sequence[str]) -> None:
    read = plainly(name, words)
    assert read is not None
    assert read == by_parser(name, words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status", ("--json",)),
        ("start", ("Write", "--at", "9:30")),
        ("start", ("--", "Write")),
        ("stop", ("now",)),
        ("undo", ("x", "y")),
        ("add", ("Stand-up 9:30-9:45",)),
        ("projects", ()),
        ("completion", ("bash",)),
    ],
)
def test_what_is_not_certain_is_left_to_the_parser(name: str, words: Sequence[str]) -> None:
    assert plainly(name, words) is None
