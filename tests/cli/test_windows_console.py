"""What a console, a pipe and a file of Windows are given."""

import io
from ctypes import wintypes
from typing import Any, Final

import pytest

from tray.cli import streams
from tray.cli.windows_console import switch_on


class Stream(io.StringIO):
    def __init__(self, *, console: bool, reads: bool = False) -> None:
        super().__init__()
        self._console, self._reads = console, reads

    def isatty(self) -> bool:
        return self._console

    def readable(self) -> bool:
        return self._reads


class Kernel32:
    """A console, as far as colours go; `can` says whether it knows codes, `mode` None is none."""

    def __init__(self, mode: int | None, *, can: bool = True) -> None:
        self.mode, self._can = mode, can

    def GetConsoleMode(self, _console: object, into: Any) -> int:  # noqa: N802
        if self.mode is None:
            return 0
        into._obj.value = self.mode
        return 1

    def SetConsoleMode(self, _console: object, mode: wintypes.DWORD) -> int:  # noqa: N802
        if self._can:
            self.mode = mode.value
        return int(self._can)


PLAIN: Final[dict[str, str]] = {}


def test_pipes_and_files_get_utf8_and_a_console_what_python_has_for_it() -> None:
    piped, console = Stream(console=False), Stream(console=True)
    assert streams.encoding_for("win32", PLAIN, piped) == "utf-8"
    assert streams.encoding_for("win32", PLAIN, Stream(console=False, reads=True)) == "utf-8-sig"
    assert streams.encoding_for("win32", PLAIN, console) is None
    assert streams.encoding_for("win32", {"PYTHONIOENCODING": "gbk"}, piped) is None
    assert streams.encoding_for("linux", PLAIN, piped) is None


@pytest.mark.parametrize(
    ("kernel", "colours"),
    [(Kernel32(3), True), (Kernel32(3, can=False), False), (Kernel32(None), False)],
)
def test_colours_only_where_the_console_follows_the_codes(kernel: Kernel32, colours: bool) -> None:
    assert switch_on(kernel, 7) is colours
    assert not colours or kernel.mode == 3 | 4
