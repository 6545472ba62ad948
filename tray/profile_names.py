"""How profiles may be called, so that each name is one folder on every system, and no other's."""

import os
from collections.abc import Iterable

from tray.language import tr
from tray.lean_typing import Final, Literal
from tray.local_errors import Refused

DEFAULT: Final = "default"
"""Names the profile that is there from the start, whose files lie where they always did."""
PROFILES: Final = "profiles"
"""The folder of all profiles but that one, and of what they have in common."""
MOST_CHARACTERS: Final = 40
MOST_BYTES: Final = 120
"""Of a name as a folder's: some file systems have 143 for it, and the socket's path is short."""
_FORBIDDEN: Final = frozenset('/\\:*?"<>|')
"""What has a meaning in paths, here or elsewhere."""
_OF_WINDOWS: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"}
)
"""Names that are devices there, with or without what follows a dot."""


def checked(name: str) -> str:
    """The name as it is kept: in one form of Unicode, without spaces around it.

    Raises:
        Refused: a profile cannot be called so; the sentence says why.
    """
    name = _normalized("NFC", name).strip()
    if why := _problem_with(name):
        raise Refused(tr("A profile cannot be called “{name}”: {why}.").format(name=name, why=why))
    return DEFAULT if key_of(name) == DEFAULT else name


def _problem_with(name: str) -> str:
    if not name:
        return tr("a name needs a letter or a digit")
    if len(name) > MOST_CHARACTERS or len(name.encode(errors="replace")) > MOST_BYTES:
        return tr("it is too long; {most} characters fit").format(most=MOST_CHARACTERS)
    if not name.isprintable():
        return tr("it has a character that cannot be seen")
    if found := sorted(_FORBIDDEN.intersection(name)):
        return tr("“{character}” cannot be in the name of a folder").format(character=found[0])
    if name[0] in ".-~" or name[-1] == ".":
        return tr("it may not begin with “.”, “-” or “~”, nor end with a dot")
    if key_of(name).partition(".")[0].strip() in _OF_WINDOWS:
        return tr("Windows has a device of that name")
    if not any(each.isalnum() for each in name):
        return tr("a name needs a letter or a digit")
    return ""


def key_of(name: str) -> str:
    """By which names are told apart: two that some file system takes for one have the same."""
    return _normalized("NFKC", _normalized("NFKC", name).casefold())


def same_as(name: str, others: Iterable[str]) -> str:
    """Which of `others` is the same name, however it is written; empty if none is."""
    key = key_of(name)
    return next((each for each in others if key_of(each) == key), "")


def listed(folder: str) -> list[str]:
    """The profiles that have a folder in `folder`, in the order of the alphabet."""
    try:
        with os.scandir(folder) as found:
            names = [each.name for each in found if each.is_dir() and _is_name(each.name)]
    except OSError:
        return []
    return sorted(names, key=key_of)


def _is_name(folder: str) -> bool:
    """Whether a folder can be a profile's; macOS may tell of it in another form of Unicode."""
    name = _normalized("NFC", folder)
    return not _problem_with(name) and key_of(name) != DEFAULT


def _normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    if text.isascii():  # which is most, and in each form already
        return text
    from unicodedata import normalize

    return normalize(form, text)
