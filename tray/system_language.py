"""In which languages the user of this computer wants to read, the most wanted first."""

from collections.abc import Iterator, Mapping

from tray.lean_typing import Any, Final

_CORE_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_MUI_LANGUAGE_NAME: Final = 8
_UTF8: Final = 0x08000100


def wanted_languages(environ: Mapping[str, str], platform: str) -> Iterator[str]:
    """The names that the system has for them, such as ``de_AT.UTF-8`` or ``zh-Hans-SG``.

    Where desktops set no locale, its variables count only for who has set one in a terminal.
    """
    has_own = platform in ("win32", "darwin")
    variables = ("LC_ALL", "LC_MESSAGES") if has_own else ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, map(environ.get, variables)), "")
    if locale or has_own:
        # As gettext has it, LANGUAGE says nothing where the locale is C.
        if not is_plain(locale):
            yield from filter(None, environ.get("LANGUAGE", "").split(":"))
        if locale:
            yield locale
        else:
            yield from _windows_languages() if platform == "win32" else _mac_languages()


def is_plain(locale: str) -> bool:
    """Whether it is that of no country and no language."""
    return locale.partition(".")[0] in ("C", "POSIX")


def _windows_languages() -> list[str]:
    """What Windows shows its own windows in, by ``GetUserPreferredUILanguages``."""
    from importlib import import_module

    ctypes: Any = import_module("ctypes")  # of which type checkers know less elsewhere
    count, size = ctypes.c_ulong(), ctypes.c_ulong()
    ask = ctypes.WinDLL("kernel32").GetUserPreferredUILanguages
    if not ask(_MUI_LANGUAGE_NAME, ctypes.byref(count), None, ctypes.byref(size)):
        return []
    names = ctypes.create_unicode_buffer(size.value)
    if not ask(_MUI_LANGUAGE_NAME, ctypes.byref(count), names, ctypes.byref(size)):
        return []
    return [name for name in names[: size.value].split("\0") if name]


def _mac_languages() -> list[str]:
    """The user's order of languages, by ``CFLocaleCopyPreferredLanguages``; never run on macOS."""
    from importlib import import_module

    ctypes: Any = import_module("ctypes")
    core = ctypes.CDLL(_CORE_FOUNDATION)
    pointer, number = ctypes.c_void_p, ctypes.c_long
    core.CFLocaleCopyPreferredLanguages.restype = pointer
    core.CFArrayGetCount.argtypes, core.CFArrayGetCount.restype = [pointer], number
    core.CFArrayGetValueAtIndex.argtypes = [pointer, number]
    core.CFArrayGetValueAtIndex.restype = pointer
    core.CFStringGetCString.argtypes = [pointer, ctypes.c_char_p, number, ctypes.c_uint32]
    core.CFRelease.argtypes = [pointer]
    languages = core.CFLocaleCopyPreferredLanguages()
    if not languages:
        return []
    found, text = [], ctypes.create_string_buffer(100)
    for index in range(core.CFArrayGetCount(languages)):
        name = core.CFArrayGetValueAtIndex(languages, index)
        if core.CFStringGetCString(name, text, len(text), _UTF8):
            found.append(text.value.decode())
    core.CFRelease(languages)
    return found
