"""What does not stay in memory is found as if it did, also where the disk is full."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.suggest.lines import Lines
from tray.model.suggest.long_lines import LongLines
from tray.model.suggest.shelf import Shelf

TEXTS: Final = st.lists(st.text("ab 写é", max_size=5), max_size=20)
PARTS: Final = st.lists(st.text("\nab 写é", min_size=1, max_size=3), min_size=1, max_size=3)


class FullDisk(BytesIO):
    """Takes ten bytes."""

    def write(self, data: Any, /) -> int:
        room = 10 - self.tell()
        if len(memoryview(data)) > room:
            super().write(memoryview(data)[:room])
            raise OSError(28, "No space left on device")
        return super().write(data)


def long_lines(texts: Sequence[str], shelf: Shelf) -> LongLines:
    """The texts in blocks of `shelf`."""
    lines = LongLines(shelf)
    for begin in range(0, len(texts), shelf.block_rows):
        lines.append(Lines(texts[begin : begin + shelf.block_rows]))
    return lines


@given(TEXTS, PARTS, st.integers(1, 7), st.integers(0, 3))
def test_long_lines_are_as_lines(texts: list[str], parts: list[str], rows: int, kept: int) -> None:
    plain = Lines(texts)
    lines = long_lines(texts, Shelf(block_rows=rows, kept_blocks=kept))
    assert len(lines) == len(texts)
    assert [lines[row] for row in range(len(texts))] == texts
    assert [*lines.having(*parts)] == [*plain.having(*parts)]
    assert [lines[row] for row in range(len(texts))] == texts  # also out of a block just taken
    expected = [
        row
        for row, text in enumerate(texts)
        if all(part.count("\n") <= 1 and part in f"\n{text}\n" for part in parts)
    ]
    if all("\n" not in part for part in parts):
        assert [*plain.having(*parts)] == expected


@given(TEXTS, st.integers(1, 7), st.integers(0, 3))
def test_what_is_kept_are_the_first_rows(texts: list[str], rows: int, kept: int) -> None:
    shelf = Shelf(block_rows=rows, kept_blocks=kept)
    best = long_lines(texts, shelf).kept()
    assert [best[row] for row in range(len(best))] == texts[: shelf.kept_rows]
    assert [*best.having("a")] == [*Lines(texts[: shelf.kept_rows]).having("a")]


@pytest.mark.parametrize("opened", [FullDisk, BytesIO])
def test_memory_stands_in_for_a_file_that_takes_no_more(opened: type[BytesIO]) -> None:
    shelf = Shelf(opened)
    parts = [b"four", b"five5", b"and more", b"x"]
    begins = [shelf.put(part) for part in parts]
    assert [
        shelf.take(begin, len(part)) for begin, part in zip(begins, parts, strict=True)
    ] == parts
    shelf.close()


def test_memory_stands_in_for_a_file_that_cannot_be_made() -> None:
    def fail() -> BytesIO:
        raise PermissionError(13, "Permission denied")

    shelf = Shelf(fail)
    assert shelf.take(shelf.put(b"four"), 4) == b"four"


def test_no_file_is_opened_for_what_stays_in_memory() -> None:
    opened: list[BytesIO] = []

    def note() -> BytesIO:
        opened.append(BytesIO())
        return opened[-1]

    shelf = Shelf(note, block_rows=2, kept_blocks=2)
    long_lines(["a"] * 4, shelf)
    shelf.close()
    assert opened == []
    long_lines(["a"] * 5, shelf)
    (file,) = opened
    shelf.close()
    assert file.closed
