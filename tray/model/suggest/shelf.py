"""Where those rows of a long history lie that do not stay in memory."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Final

BLOCK_ROWS: Final = 2_500
"""So many rows are put there, and looked through, at once."""

KEPT_BLOCKS: Final = 10
"""So many blocks stay in memory, the best: most histories have no more distinct rows."""


class Shelf:
    """A file that is opened when the first bytes are put there, and ends with this object.

    Args:
        open_file: opens an empty one, to be written and read; where that fails or it takes no
            more, memory stands in for it.
        block_rows: rows of one block.
        kept_blocks: blocks that stay in memory.
    """

    def __init__(
        self,
        open_file: Callable[[], IO[bytes]] = BytesIO,
        *,
        block_rows: int = BLOCK_ROWS,
        kept_blocks: int = KEPT_BLOCKS,
    ) -> None:
        self._open_file = open_file
        self._file: IO[bytes] | None = None
        self._size = 0
        self.block_rows = block_rows
        self.kept_blocks = kept_blocks

    @property
    def kept_rows(self) -> int:
        """Rows that stay in memory."""
        return self.block_rows * self.kept_blocks

    def put(self, data: bytes) -> int:
        """Where `data` begins from now on."""
        try:
            self._append(data)
        except OSError:
            self._move_to_memory()
            self._append(data)
        begin, self._size = self._size, self._size + len(data)
        return begin

    def take(self, begin: int, size: int) -> bytes:
        """`size` bytes of what was put there."""
        assert self._file is not None  # noqa: S101  # something was put there
        self._file.seek(begin)
        return self._file.read(size)

    def close(self) -> None:
        """Give the room back; nothing is put or taken any more."""
        if self._file is not None:
            self._file.close()

    def _append(self, data: bytes) -> None:
        if self._file is None:
            self._file = self._open_file()
        self._file.seek(self._size)
        self._file.write(data)
        self._file.flush()

    def _move_to_memory(self) -> None:
        memory = BytesIO(self.take(0, self._size) if self._size else b"")
        self.close()
        self._file = memory
