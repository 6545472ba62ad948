"""Keeps the details of an unexpected error in a file, so that the screen shows one sentence."""

import os
from typing import Final

from tray import __version__

_MOST_BYTES: Final = 512 * 1024
"""A crash log larger than this is started anew, the last one kept beside it."""


def record_crash(path: str, error: BaseException) -> str:
    """Append the traceback of `error` to the file at `path`; say where it can be found.

    Returns:
        One sentence for the user. Never raises: a log that cannot be written is said too.
    """
    import platform
    import sys
    import time
    import traceback

    title = _encodable(f"{type(error).__name__}: {error}".splitlines()[0])
    text = (
        f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} toggl-tray {__version__}, "
        f"Python {platform.python_version()}, {sys.platform}\n"
        f"{''.join(traceback.format_exception(error))}\n"
    )
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        if os.path.exists(path) and os.path.getsize(path) > _MOST_BYTES:
            os.replace(path, f"{path}.1")
        with open(path, "a", encoding="utf-8", opener=_private) as file:
            file.write(_encodable(text))
    except OSError as unwritable:
        return f"Something went wrong that should not have ({title}). No log: {unwritable}."
    return f"Something went wrong that should not have ({title}). The details are in {path}."


def _encodable(text: str) -> str:
    """`text` with lone surrogates written out: they come from file names and arguments."""
    return text.encode("utf-8", "backslashreplace").decode()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
