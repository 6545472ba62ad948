"""The file or folder that is to be imported, read once, and what can be seen of it at a glance."""

import json
import os
import re
from functools import cached_property
from typing import Any, Final

from tray.errors import BadFile
from tray.tracker.transfer.file_text import bytes_of, text_in

_HEAD: Final = 65_536
"""So many characters are looked at to recognise a file."""
_FAR: Final = 1_000_000
_MOST_NAMES: Final = 20_000
"""Of the files in a folder."""
NOT_JSON: Final = object()


class GivenFile:
    """A file with its bytes, or a folder with the names of what is in it."""

    def __init__(self, path: str, data: bytes, names: tuple[str, ...] = ()) -> None:
        self.path = path
        self.data = data
        self.names = names
        """Of the files in a folder and the folders right in it, with slashes; () for a file."""

    @property
    def is_database(self) -> bool:
        """Whether it is one of SQLite's."""
        return self.data.startswith(b"SQLite format 3\0")

    @property
    def is_zip(self) -> bool:
        """Whether it is a ZIP archive."""
        return self.data.startswith(b"PK\x03\x04")

    @cached_property
    def text(self) -> str:
        """What is written in it.

        Raises:
            BadFile: it is no text.
        """
        return text_in(self.data, self.path)

    @cached_property
    def head(self) -> str:
        """How its text begins; empty if it is none."""
        try:
            return self.text[:_HEAD].lstrip()
        except BadFile:
            return ""

    def begins_with(self, line: re.Pattern[str]) -> bool:
        """Whether there is such a line in the first million characters of its text."""
        return bool(self.head) and line.search(self.text, 0, _FAR) is not None

    @cached_property
    def json(self) -> Any:
        """The value that it holds; `NOT_JSON` if it is none."""
        if self.head[:1] not in ("{", "["):
            return NOT_JSON
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return NOT_JSON

    def part(self, name: str) -> "GivenFile":
        """One of the files in this folder.

        Raises:
            BadFile: it cannot be read.
        """
        path = self._place_of(name)
        return GivenFile(path, bytes_of(path))

    def is_empty(self, name: str) -> bool:
        """Whether there is nothing in one of the files in this folder, as far as can be seen."""
        try:
            return os.path.getsize(self._place_of(name)) == 0
        except OSError:
            return False

    def _place_of(self, name: str) -> str:
        return os.path.join(self.path, *name.split("/"))


def open_given(path: str) -> GivenFile:
    """Read a file, or look what is in a folder.

    Raises:
        BadFile: it is not there, cannot be read, or is empty.
    """
    if os.path.isdir(path):
        return GivenFile(path, b"", _names_in(path))
    return GivenFile(path, bytes_of(path))


def _names_in(folder: str) -> tuple[str, ...]:
    names: list[str] = []
    for place, folders, files in os.walk(folder):
        inside = os.path.relpath(place, folder).replace(os.sep, "/")
        names += [name if inside == "." else f"{inside}/{name}" for name in files]
        if inside != "." or len(names) > _MOST_NAMES:
            folders.clear()
    return tuple(sorted(names[:_MOST_NAMES]))
