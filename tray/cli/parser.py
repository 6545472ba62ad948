"""Reads the options of a command; help and errors are laid out and said as the program has them."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tray.cli import parser_words
from tray.language import tr

vars(argparse).update(_=parser_words.word, ngettext=parser_words.counted)
"""Argparse looks its own words up in a catalogue of its own, which nobody has."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Lays the help out; asking for the width here spares argparse an import of `shutil`."""

    def __init__(self, prog: str) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, max_help_position=28, width=min(columns, 100) - 2)

    def _format_action(self, action: argparse.Action) -> str:
        """Its lines, in the same column where wide characters are in front of them."""
        text, head = super()._format_action(action), self._format_action_invocation(action)
        if head.isascii():
            return text
        from unicodedata import east_asian_width

        spare = " " * sum(east_asian_width(each) in "WF" for each in head)
        return text.replace(f"{head}{spare}  ", f"{head}  ", 1)

    class _Section(argparse.HelpFormatter._Section):
        """What stands below a heading."""

        def format_help(self) -> str:
            """Its text, with the colon of the language."""
            heading, text = self.heading, super().format_help()
            own = tr("{heading}:").format(heading=heading)
            return text.replace(f"{heading}:\n", f"{own}\n", 1) if heading else text


class Parser(argparse.ArgumentParser):
    """Reads the words of a command, or of one of its actions."""

    def __init__(self, *, description: str, **options: Any) -> None:
        begun = f"{description[0].upper()}{description[1:]}"
        sentence = tr("{sentence}.").format(sentence=begun)
        super().__init__(description=sentence, formatter_class=_Help, allow_abbrev=False, **options)
        # What argparse does for numbers: -15m is no option, here where no option is a digit.
        self._negative_number_matcher = re.compile(r"-\d")
        self.register("action", "boolean", argparse.BooleanOptionalAction)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As ever, with the names of arguments in the user's language."""
        parser_words.name_placeholders(self._actions)
        return super().parse_known_args(args, namespace)

    def format_help(self) -> str:
        """The same of the help, whoever asks for it."""
        parser_words.name_placeholders(self._actions)
        return super().format_help()

    def _print_message(self, message: str, file: Any = None) -> None:
        """As later Pythons do: that nobody can be told is no reason to fail otherwise."""
        with suppress(OSError):
            super()._print_message(message, file)
            (file or sys.stdout).flush()

    def options(self, words: Sequence[str]) -> argparse.Namespace:
        """What the words of a command say.

        Raises:
            SystemExit: they were wrong, or asked for help; the user has been told.
        """
        options: argparse.Namespace
        options, left_over = self.parse_known_args(words)
        if left_over and not hasattr(options, "actions"):
            return self.parse_intermixed_args(words)  # a line that goes on behind an option
        if left_over:
            self.error(parser_words.word("unrecognized arguments: %s") % " ".join(left_over))
        return options
