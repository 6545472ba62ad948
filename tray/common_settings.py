"""What holds for all profiles of a user, in a file beside them."""

import os

from tray import files
from tray.lean_typing import Final, NamedTuple
from tray.profile_names import PROFILES

FILE: Final = ".common.json"
"""In the folder of the profiles, none of which can be called so."""
_MOST_BYTES: Final = 4_096


class CommonSettings(NamedTuple):
    """What holds for all profiles of a user."""

    one_timer: bool = False
    """Whether what starts in one of them stops what runs in the others."""
    side_by_side: bool = False
    """Whether switching leaves the tray of the other profile where it is."""


def common_settings(folder: str) -> CommonSettings:
    """What is kept in the folder of the profiles; the defaults if that cannot be told."""
    try:
        text = files.read_regular(os.path.join(folder, FILE), max_bytes=_MOST_BYTES)
        import json  # mostly there is no such file, and no command waits for this then

        kept = json.loads(text)
        return CommonSettings(**{key: kept.get(key) is True for key in CommonSettings._fields})
    except (OSError, ValueError, AttributeError, RecursionError):
        return CommonSettings()


def has_one_timer(database: str) -> bool:
    """Whether one entry runs in all profiles together, of which this is the database of one."""
    folder = os.path.dirname(database)
    inside = os.path.dirname(folder)
    if os.path.basename(inside) != PROFILES:
        inside = os.path.join(folder, PROFILES)
    return common_settings(inside).one_timer
