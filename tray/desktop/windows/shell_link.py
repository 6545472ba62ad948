"""Writes a shortcut, which only Windows' own object can: IShellLinkW, by its table of functions."""

import subprocess
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final
from uuid import UUID

_SHELL_LINK: Final = UUID("00021401-0000-0000-C000-000000000046")
_I_SHELL_LINK: Final = UUID("000214F9-0000-0000-C000-000000000046")
_I_PERSIST_FILE: Final = UUID("0000010B-0000-0000-C000-000000000046")
_QUERY_INTERFACE, _RELEASE = 0, 2
_SET_ARGUMENTS, _SET_ICON, _SET_PATH = 11, 17, 20
"""Of IShellLinkW."""
_SAVE: Final = 6
"""Of IPersistFile."""
_IN_PROCESS: Final = 1


def write_shortcut(path: str, command: Sequence[str], icon: str) -> None:
    """Write one at `path` that starts `command`.

    Raises:
        OSError: Windows refuses; with its words.
    """
    ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
    ole: Any = ctypes.OleDLL("ole32")
    ole.CoInitialize(None)
    link = ctypes.c_void_p()
    ole.CoCreateInstance(
        _SHELL_LINK.bytes_le, None, _IN_PROCESS, _I_SHELL_LINK.bytes_le, ctypes.byref(link)
    )
    file = ctypes.c_void_p()
    try:
        _call(link, _SET_PATH, ctypes.c_wchar_p(command[0]))
        _call(link, _SET_ARGUMENTS, ctypes.c_wchar_p(subprocess.list2cmdline(command[1:])))
        _call(link, _SET_ICON, ctypes.c_wchar_p(icon), 0)
        _call(link, _QUERY_INTERFACE, _I_PERSIST_FILE.bytes_le, ctypes.byref(file))
        _call(file, _SAVE, ctypes.c_wchar_p(path), 1)
    finally:
        for each in (file, link):
            if each:
                _call(each, _RELEASE)
        ole.CoUninitialize()


def _call(thing: Any, index: int, *arguments: Any) -> None:
    """Call a function of an object; `HRESULT` makes an OSError of a refusal."""
    ctypes: Any = import_module("ctypes")
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
    result = ctypes.c_ulong if index == _RELEASE else ctypes.HRESULT
    prototype = ctypes.WINFUNCTYPE(result, ctypes.c_void_p, *map(_kind, arguments))
    prototype(table[index])(thing, *arguments)


def _kind(argument: Any) -> Any:
    ctypes: Any = import_module("ctypes")
    if isinstance(argument, int):
        return ctypes.c_int
    if isinstance(argument, bytes):
        return ctypes.c_char_p
    return type(argument) if isinstance(argument, ctypes.c_wchar_p) else ctypes.c_void_p
