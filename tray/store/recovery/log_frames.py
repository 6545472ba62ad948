"""Makes a damaged write-ahead log readable: SQLite reads none further than to the first wrong bit.

The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
"""

import os
import struct
from collections import Counter
from typing import Final, NamedTuple

_PAGE: Final = 4096
_HEADER: Final = 32
_FRAME: Final = 24 + _PAGE
_MAGIC: Final = 0x377F0682  # checksums of little-endian words
_VERSION: Final = 3_007_000
_MOST_PAGES: Final = 2**24

Sums = tuple[int, int]


class _Frame(NamedTuple):
    """A page as it became."""

    number: int
    pages: int
    """How many there are after the transaction that ends here; 0: none ends."""
    salts: bytes
    sums: Sums
    page: bytes


def mend(path: str) -> bool:
    """Make the log in the file at `path` whole, leaving out what is not of a finished transaction.

    Returns:
        Whether it had to be changed.
    """
    if not os.path.exists(path):
        return False
    with open(path, "rb") as file:
        header, rest = file.read(_HEADER), file.read()
    frames = [_frame(rest[at : at + _FRAME]) for at in range(0, len(rest) - _FRAME + 1, _FRAME)]
    salts = _salts(header, frames)
    current = _current(frames, salts)
    if not current or _is_whole(header, current):
        return False
    with open(path, "wb") as file:
        file.write(_written(salts, [frame for frame in current if _is_of(frame, salts)]))
    return True


def _frame(content: bytes) -> _Frame:
    number, pages, salts, first, second = struct.unpack(">II8sII", content[:24])
    return _Frame(number, pages, salts, (first, second), content[24:])


def _salts(header: bytes, frames: list[_Frame]) -> bytes:
    """What the frames of this log have in common; later ones may be left of the log before."""
    votes = Counter([header[16:24], *(frame.salts for frame in frames[:4])])
    return votes.most_common(1)[0][0]


def _is_of(frame: _Frame, salts: bytes) -> bool:
    return frame.salts == salts and 0 < frame.number < _MOST_PAGES and frame.pages < _MOST_PAGES


def _current(frames: list[_Frame], salts: bytes) -> list[_Frame]:
    """The frames up to the end of the last transaction."""
    ends = [at for at, frame in enumerate(frames) if _is_of(frame, salts) and frame.pages]
    return frames[: ends[-1] + 1] if ends else []


def _is_whole(header: bytes, frames: list[_Frame]) -> bool:
    """Whether SQLite can read all of it."""
    magic, version, size = struct.unpack(">III", header[:12])
    if (magic & ~1, version, size) != (_MAGIC, _VERSION, _PAGE):
        return False
    order = ">" if magic & 1 else "<"
    sums = _added((0, 0), header[:24], order)
    if sums != struct.unpack(">II", header[24:]):
        return False
    for frame in frames:
        sums = _added(sums, struct.pack(">II", frame.number, frame.pages) + frame.page, order)
        if sums != frame.sums or frame.salts != header[16:24]:
            return False
    return True


def _written(salts: bytes, frames: list[_Frame]) -> bytes:
    """A log of these frames."""
    header = struct.pack(">IIII", _MAGIC, _VERSION, _PAGE, 0) + salts
    sums = _added((0, 0), header, "<")
    parts = [header, struct.pack(">II", *sums)]
    for frame in frames:
        start = struct.pack(">II", frame.number, frame.pages)
        sums = _added(sums, start + frame.page, "<")
        parts += [start, salts, struct.pack(">II", *sums), frame.page]
    return b"".join(parts)


def _added(sums: Sums, content: bytes, order: str) -> Sums:
    """The checksums after more content, whose length is a multiple of eight bytes."""
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for one, other in zip(words, words, strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second
