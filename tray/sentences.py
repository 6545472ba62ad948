"""Sentences that are kept: stored with what was filled in, they are read in any language later.

`tr` and `ntr` are those of `language`; what they return remembers where it comes from::

    stored(tr("{name} was changed").format(name="Tea"))    # what goes into a column
    read_stored(column)                                    # in the language of now
"""

import errno
import os
from collections.abc import Iterable, Mapping

from tray import language
from tray.language import listed
from tray.lean_typing import Any, Final

_MARK: Final = '{"tr": '
"""How what is stored begins, unless it is plain text, as a server or an "
"earlier version wrote it."""


class Sentence(str):
    """A text in the user's language; `key` and `filled` are what it was made of."""

    __slots__ = ("filled", "key")

    key: tuple[str | int, ...]
    """The English sentence; or the one for one thing, the one for many, and how many there are."""
    filled: Mapping[str, object]

    def __str__(self) -> str:
        """Itself, which is how an error keeps it."""
        return self

    def format(self, **filled: object) -> "Sentence":  # type: ignore[override]  # only by name
        """The sentence with its places filled in; ``{count:,}`` as the language groups digits."""
        shown = {name: _Number(x) if type(x) is int else x for name, x in filled.items()}
        return _sentence(str.format(self, **shown), self.key, filled)


class _Number(int):
    """A number that is kept as it is, and grouped only where it is shown."""

    def __format__(self, how: str) -> str:
        return language.grouped(int(self)) if how == "," else int.__format__(self, how)


def _sentence(text: str, key: tuple[str | int, ...], filled: Mapping[str, object]) -> Sentence:
    made = Sentence(text)
    made.key, made.filled = key, filled
    return made


def tr(text: str) -> Sentence:
    """`text` in the user's language, as something that can be kept."""
    return _sentence(language.tr_marked(text), (text,), {})


def ntr(one: str, many: str, n: int) -> Sentence:
    """The form for `n` things, as something that can be kept."""
    return _sentence(language.ntr(one, many, n), (one, many, n), {})


def stored(text: str) -> str:
    """What to write into a column: the English with what was filled in; other text as it is."""
    if not isinstance(text, Sentence):
        if not text.startswith(_MARK):
            return text
        text = _sentence(text, ("{text}",), {"text": text})  # a server's, not to be read as ours
    import json  # which most commands need not load

    return json.dumps(_plain(text), ensure_ascii=False)


def read_stored(column: str) -> str:
    """What was `stored`, in the user's language, to be kept once more if need be."""
    if not column.startswith(_MARK):
        return column
    import json  # as above

    try:
        return _read(json.loads(column))
    except (ValueError, KeyError, TypeError, IndexError):
        return column  # plain text that only begins so


def _plain(value: object) -> object:
    if isinstance(value, Sentence):
        return {
            "tr": value.key,
            "with": {name: _plain(each) for name, each in value.filled.items()},
        }
    return value if isinstance(value, int | float | str) else str(value)


def _read(plain: Any) -> Sentence:
    key, filled = plain["tr"], plain["with"]
    text = _sentence(
        language.ntr(*key) if len(key) > 1 else language.tr_marked(*key), tuple(key), {}
    )
    values = {name: _read(x) if isinstance(x, dict) else x for name, x in filled.items()}
    return text.format(**values) if values else text


def tr_marked(text: str) -> Sentence:
    """The translation of what was marked, as something that can be kept."""
    return _sentence(language.tr_marked(text), (text,), {})


# Put together


def enumerated(parts: Iterable[str]) -> str:
    """Several things that are all meant: ``a, b and c``."""
    *first, last = list(parts) or [""]
    return tr("{list} and {last}").format(list=listed(first), last=last) if first else last


def either(parts: Iterable[str]) -> str:
    """Several things of which one is meant: ``a, b or c``."""
    *first, last = list(parts) or [""]
    return tr("{list} or {last}").format(list=listed(first), last=last) if first else last


def together(*sentences: str) -> str:
    """Sentences one behind the other; those that are empty are left out."""
    text = ""
    for sentence in filter(None, sentences):
        text = tr("{first} {next}").format(first=text, next=sentence) if text else sentence
    return text


def capital(text: str) -> str:
    """`text` with a capital at its start, in languages that have them."""
    return text[:1].upper() + text[1:]


def reason(error: OSError) -> str:
    """Why the system did not do something; what is not listed here it says in its own words."""
    if error.errno is None or error.strerror != os.strerror(error.errno):
        return error.strerror or str(error)
    return {
        errno.ENOENT: tr("No such file or directory"),
        errno.EACCES: tr("Permission denied"),
        errno.EPERM: tr("Operation not permitted"),
        errno.EEXIST: tr("File exists"),
        errno.ENOTDIR: tr("Not a directory"),
        errno.EISDIR: tr("Is a directory"),
        errno.ENOSPC: tr("No space left on device"),
        errno.EROFS: tr("Read-only file system"),
        errno.EIO: tr("Input/output error"),
        errno.EFBIG: tr("File too large"),
        errno.ENAMETOOLONG: tr("File name too long"),
        errno.EBUSY: tr("Device or resource busy"),
    }.get(error.errno, error.strerror)


def again() -> str:
    """The end of a sentence about what passes; left out where nobody tries again."""
    return tr("It will be tried again.")


def without_again(sentence: str) -> str:
    """What `again` ends, where nobody tries again."""
    return sentence.replace(again(), "").rstrip()
