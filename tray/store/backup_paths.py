"""Where the backups of a database lie: all that a command asks of them if there is one of today."""

import os
import time

from tray.lean_typing import Final

DAILY: Final = "daily-"
ENDING: Final = ".db"


def folder_of(database_path: str) -> str:
    """The folder that holds the backups of a database."""
    return os.path.join(os.path.dirname(database_path), "backups")


def path_of_day(database_path: str, now: int) -> str:
    """The copy that is made on the day (UTC) of `now`."""
    day = time.strftime("%Y-%m-%d", time.gmtime(now))
    return os.path.join(folder_of(database_path), f"{DAILY}{day}{ENDING}")
