"""As much of Python's `zipfile` and `pathlib` as PySide6 needs to start.

The whole of them brings along ten modules more, which take 10 ms and 1.2 MB.
"""

import os
from struct import unpack_from

from tray.lean_typing import Any, Final, NamedTuple

_END: Final = b"PK\x05\x06"
"""What the end of an archive begins with, which says where the list of its members is."""
_DEFLATED: Final = 8


class ArchivedFile(NamedTuple):
    """A file in an archive."""

    filename: str
    method: int
    size: int
    """In the archive."""
    place: int


class Archive:
    """A zip file of few kilobytes, without anything special.

    Args:
        data: All of it.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.members = self._listed()

    def read(self, name: str) -> bytes:
        """What a file in it holds.

        Raises:
            KeyError: there is none of this name.
        """
        for member in self.members:
            if member.filename == name:
                return self._content(member)
        raise KeyError(name)

    def _listed(self) -> list[ArchivedFile]:
        count, _, place = unpack_from("<HII", self._data, self._data.rindex(_END) + 10)
        members = []
        for _ in range(count):
            method, _, _, _, size, _, name, extra, comment, _, _, _, at = unpack_from(
                "<HHHIIIHHHHHII", self._data, place + 10
            )
            filename = self._data[place + 46 : place + 46 + name].decode()
            members.append(ArchivedFile(filename, method, size, at))
            place += 46 + name + extra + comment
        return members

    def _content(self, member: ArchivedFile) -> bytes:
        name, extra = unpack_from("<HH", self._data, member.place + 26)
        begin = member.place + 30 + name + extra
        content = self._data[begin : begin + member.size]
        if member.method == _DEFLATED:
            from zlib import decompress

            return decompress(content, -15)
        return content


class ShortPath:
    """A path; for whatever is not here, the one of `pathlib`."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return self._path

    def __str__(self) -> str:
        return self._path

    def __truediv__(self, name: str) -> "ShortPath":
        return ShortPath(os.path.join(self._path, name))

    def __getattr__(self, name: str) -> Any:
        from pathlib import Path

        return getattr(Path(self._path), name)

    @property
    def parent(self) -> "ShortPath":
        """The folder that it is in."""
        return ShortPath(os.path.dirname(self._path))

    def resolve(self) -> "ShortPath":
        """Without symbolic links."""
        return ShortPath(os.path.realpath(self._path))

    def exists(self) -> bool:
        """Whether it is there."""
        return os.path.exists(self._path)
