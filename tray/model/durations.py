"""The units of time in seconds, written once for the whole program."""

from typing import Final

SECOND: Final = 1
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
