"""Many short texts in one, so that one scan in C finds the next that has something in it."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, Self

_SAMPLE: Final = 50_000
"""Bytes that are looked at to tell which of several parts is in the fewest texts."""

OFFSET: Final = array("I").itemsize


class Lines:
    """Texts without line ends, each after a line end.

    They are kept as UTF-8, in which nothing is found that is not there as characters: of Latin
    letters it takes half or a quarter of what a string does that has a Chinese one in it.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [encoded(f"\n{text}") for text in texts]
        self._all = b"".join([*lines, b"\n"])
        self._starts = array("I", accumulate(map(len, lines), initial=0))

    @classmethod
    def restored(cls, stored: bytes, count: int) -> Self:
        """The `count` texts that were `stored`."""
        lines = cls(())
        begin = OFFSET * (count + 1)
        lines._starts = array("I", stored[:begin])
        lines._all = stored[begin:]
        return lines

    def stored(self) -> bytes:
        """Where each text begins, and one more, as offsets; then all of them."""
        return self._starts.tobytes() + self._all

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> str:
        return decoded(self._all[self._starts[row] + 1 : self._starts[row + 1]])

    def having(self, *parts: str) -> Iterator[int]:
        """The rows that have all of `parts` in them, ascending.

        A line end at the beginning of a part is that of the row.
        """
        return self.having_encoded(*map(encoded, self.rarest_first(parts)))

    def having_encoded(self, rarest: bytes, *others: bytes) -> Iterator[int]:
        """The same for parts in the order of `rarest_first`."""
        find, starts = self._all.find, self._starts
        row, end = -1, 0
        while (at := find(rarest, end)) >= 0:
            row = bisect_right(starts, at, row + 1) - 1
            end = starts[row + 1]
            for part in others:
                if find(part, starts[row], end) < 0:
                    break
            else:
                yield row

    def rarest_first(self, parts: Sequence[str]) -> list[str]:
        """`parts` by how many rows have them, judged by the first thousand or so."""
        if len(parts) == 1:
            return [*parts]
        return sorted(parts, key=lambda part: self._all.count(encoded(part), 0, _SAMPLE))


def encoded(text: str) -> bytes:
    """`text` as it is kept; half a character may be in it."""
    return text.encode(errors="surrogatepass")


def decoded(text: bytes) -> str:
    """What was `encoded`."""
    return text.decode(errors="surrogatepass")
