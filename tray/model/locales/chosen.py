"""How this user reads: the locale of the language, loaded when it is first wanted, and a style."""

from tray.language import language
from tray.lean_typing import Final, NamedTuple
from tray.model.locales import en
from tray.model.locales.locale import Locale

ENGLISH: Final = en.LOCALE
ISO: Final = "YYYY-MM-DD"
CODES: Final = ("en", "zh_CN", "de")
"""The languages of which there is one."""
IMPROVED, CLASSIC, DECIMAL = "improved", "classic", "decimal"
"""The forms of lengths, by Toggl's names: ``1:30:00``, and ``47:06 min``, and ``1.50 h``."""


class Style(NamedTuple):
    """How the user likes to read."""

    dates: str = ISO
    """One of `account_formats.DATE_FORMATS`, or one of these with other signs between."""
    lengths: str = IMPROVED
    first_weekday: int = 0
    """With which calendars to pick a day from begin; 0 is Monday."""


_style = Style()
_loaded = {"en": ENGLISH}


def style() -> Style:
    """How the user likes to read."""
    return _style


def use_style(wanted: Style) -> bool:
    """Write dates and lengths in this way from now on; tell whether they look different."""
    global _style
    before, _style = _style, wanted
    return before[:2] != wanted[:2]


def code() -> str:
    """The user's language, such as ``zh_CN``."""
    return language()


def current() -> Locale:
    """That of the user's language."""
    return locale_of(code())


def locale_of(code: str) -> Locale:
    """That of a language such as ``zh_CN``; English if this program has none of it."""
    found = _loaded.get(code)
    if found is None:
        from importlib import import_module

        try:
            module = import_module(f"tray.model.locales.{code.lower()}")
        except ModuleNotFoundError:
            found = ENGLISH
        else:
            found = module.LOCALE
        _loaded[code] = found
    return found
