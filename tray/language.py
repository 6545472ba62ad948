"""Every sentence a user reads, in the user's language.

The English sentence is the key of its translations, so a sentence is one literal, whole, with named
places that are filled in afterwards, and it is asked for when it is shown::

    tr("Stop at {time}").format(time=times.clock(moment))
    ntr("{n} entry", "{n} entries", n).format(n=n)    # the plurals of every language
    ptr("verb", "Start")                              # one English word with two meanings

`ntr` picks by the number, which need not stand in the sentence. `ptr` says, for the translator,
what is meant; English readers never see that. What stands in a table that is made at import is
marked there, and translated where it is shown::

    TITLES = {"day": mark("Day")}
    tr_marked(TITLES["day"])

``packaging/languages.py`` collects these calls into ``resources/languages``, as gettext's files:
translators' tools read them, and a terminal needs no Qt for them. English loads nothing.
"""

from collections.abc import Callable, Iterable

from tray.lean_typing import Final, Protocol

LANGUAGES: Final = {"en": "English", "de": "Deutsch", "zh_CN": "中文（简体）"}
"""What can be chosen, each by its own name; `en` is what stands in the sources."""
_THOUSANDS: Final = {"de": "."}
"""What stands between groups of three digits, where it is no comma."""


class Translations(Protocol):
    """The translations into one language, as :mod:`gettext` has them."""

    def gettext(self, message: str, /) -> str:
        """The translation of `message`; itself if there is none."""

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """The translation for `n` things by the rules of the language."""

    def pgettext(self, context: str, message: str, /) -> str:
        """The translation of `message` as it is meant in `context`."""


class English:
    """What stands in the sources."""

    def gettext(self, message: str, /) -> str:
        """Itself."""
        return message

    def ngettext(self, one: str, many: str, n: int, /) -> str:
        """By English rules."""
        return one if n == 1 else many

    def pgettext(self, context: str, message: str, /) -> str:
        """Itself."""
        return message


_language = "en"
_translations: Translations | None = English()
"""None until the first sentence of `_language` is wanted."""
_found: Callable[[], Translations] = English
"""Finds them then."""


def tr(text: str) -> str:
    """`text` in the user's language; ``{names}`` in it are filled in afterwards."""
    return (_translations or _load()).gettext(text)


def ntr(one: str, many: str, n: int) -> str:
    """The form for `n` things: ``one`` and ``many`` are the English ones."""
    return (_translations or _load()).ngettext(one, many, n)


def ptr(context: str, text: str) -> str:
    """`text` where its words mean what `context` says."""
    return (_translations or _load()).pgettext(context, text)


def in_a_row(sentences: Iterable[str]) -> str:
    """Whole sentences one after the other, as the language puts them; empty ones are left out."""
    text = ""
    for each in filter(None, sentences):
        two = ptr("two sentences, one after the other", "{first} {second}")
        text = two.format(first=text, second=each) if text else each
    return text


def listed(parts: Iterable[str]) -> str:
    """The parts of an enumeration, as the language puts them; empty ones are left out."""
    return ptr("between the parts of an enumeration", ", ").join(filter(None, parts))


def described(remarks: Iterable[str]) -> str:
    """Remarks on one thing, as the language puts them; empty ones are left out."""
    return ptr("between remarks on one thing", ", ").join(filter(None, remarks))


def named(name: str, value: str) -> str:
    """A name and what it stands for, as the language puts them."""
    return ptr("a name and its value", "{name}: {value}").format(name=name, value=value)


def quoted(name: str, most: int = 0) -> str:
    """A name as it stands in a sentence, with the language's quotation marks.

    Args:
        name: On one line.
        most: Characters of it; 0: all.
    """
    shown = f"{name[: most - 1]}…" if most and len(name) > most else name
    return tr("“{name}”").format(name=shown)


def mark(text: str) -> str:
    """`text` as it is, collected for the catalogues, for `tr_marked` to translate later."""
    return text


def tr_marked(text: str) -> str:
    """The translation of what was marked, or stands in a declared setting; nothing for nothing."""
    return (_translations or _load()).gettext(text) if text else ""


def language() -> str:
    """The language of the sentences, one of `LANGUAGES`."""
    return _language


def grouped(count: int, code: str = "") -> str:
    """A whole number as ``1,024``, by the user's language, or another one."""
    return f"{count:,}".replace(",", _THOUSANDS.get(code or _language, ","))


def use_translations(translations: Translations) -> None:
    """Have sentences from a source of one's own."""
    global _translations
    _translations = translations


def use_language(code: str, load: Callable[[], Translations]) -> bool:
    """Have sentences in another language, whose translations are what `load` finds.

    Returns:
        Whether it is another language than before.
    """
    global _language, _translations, _found
    if code == _language:
        return False
    _language, _found = code, load
    _translations = English() if code == "en" else None
    return True


def _load() -> Translations:
    global _translations
    _translations = _found()
    return _translations
