"""The units of time in seconds, and lengths of it as files and fields have them."""

from tray.lean_typing import Final

SECOND: Final = 1
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def h_mm_ss(seconds: int) -> str:
    """A length as ``h:mm:ss``, for files and for fields."""
    return f"{h_mm(seconds)}:{seconds % MINUTE:02}"


def h_mm(seconds: int) -> str:
    """A length as ``h:mm``, for files and for fields."""
    return f"{seconds // HOUR}:{seconds // MINUTE % 60:02}"
