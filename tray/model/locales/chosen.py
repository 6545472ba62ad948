"""The locale of the user's language, loaded when something has to be written in it."""

from importlib import import_module

from tray.language import language
from tray.model.locales import en
from tray.model.locales.locale import Locale

ENGLISH = en.LOCALE
_loaded = {"en": ENGLISH}


def current() -> Locale:
    """That of the user's language."""
    return locale_of(language())


def locale_of(code: str) -> Locale:
    """That of a language such as ``zh_CN``; English if this program has none of it."""
    found = _loaded.get(code)
    if found is None:
        try:
            module = import_module(f"tray.model.locales.{code.lower()}")
        except ModuleNotFoundError:
            found = ENGLISH
        else:
            found = module.LOCALE
        _loaded[code] = found
    return found
