"""Which language sentences are in: the one that was chosen, else the system's if we have it."""

import os
import sys
from collections.abc import Mapping

from tray.language import LANGUAGES, English, Translations, use_language
from tray.resource_files import resource
from tray.system_language import is_plain, wanted_languages


def set_language(
    chosen: str, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> bool:
    """Have sentences in another language from now on; what is shown already stays as it is.

    Args:
        chosen: One of `LANGUAGES`, or ``system`` for what the system shows itself in.
        environ: Where the system says what that is.
        platform: What `sys.platform` says.

    Returns:
        Whether it is another language than before.
    """
    code = chosen if chosen in LANGUAGES else _of_system(environ, platform)
    return use_language(code, lambda: load(resource(f"languages/{code}.mo")))


def load(path: str) -> Translations:
    """The translations in a compiled file; what they lack is English."""
    from tray.compiled_language import CompiledLanguage

    try:
        with open(path, "rb") as file:
            return CompiledLanguage(file.read())
    except (OSError, ValueError):  # a checkout in which nobody has compiled them
        return English()


def _of_system(environ: Mapping[str, str], platform: str) -> str:
    """The first language that the user wants and we have; English if there is none."""
    return next(filter(None, map(known, wanted_languages(environ, platform))), "en")


def known(name: str) -> str:
    """Which of our languages the system means by a name; nothing for one that we have not."""
    if is_plain(name):
        return "en"
    main, *others = name.partition(".")[0].partition("@")[0].replace("-", "_").lower().split("_")
    if main == "zh":
        is_traditional = not {"hant", "tw", "hk", "mo"}.isdisjoint(others)
        return "zh_CN" if "hans" in others or not is_traditional else ""
    return main if main in LANGUAGES else ""
