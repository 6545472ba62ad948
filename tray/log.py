"""Keeps what happens inside the program in files, so that the screen shows one sentence."""

import os
from contextlib import suppress
from typing import Any, Final

from tray import __version__, files
from tray.language import tr

_MOST_BYTES: Final = 512 * 1024
"""A log larger than this is started anew, the last one kept beside it."""


def start(path: str, *, debug: bool, on_screen: bool = False) -> None:
    """Write what our modules log from now on to the file at `path`, which rotates.

    What they log is what was done, with which kind of thing, how it ended and how long it took:
    never what was tracked, a body, an address of a person or a secret. Others' logs stay out, as
    they promise nothing of the kind.

    Args:
        path: Of the file; where it cannot be written, nothing is.
        debug: Whether to log every step, not only what is worth knowing later.
        on_screen: Whether to write it to the standard error as well.
    """
    import logging
    import time

    class PrivateFile(logging.FileHandler):
        # Python's own that rotates brings along pickle and queues, 0.4 MB that stay.
        def _open(self) -> Any:
            return open(self.baseFilename, "a", encoding="utf-8", opener=_private)

        def emit(self, record: logging.LogRecord) -> None:
            with suppress(OSError):
                more = len(self.format(record).encode("utf-8", "replace"))
                if os.path.getsize(self.baseFilename) + more >= _MOST_BYTES:
                    if self.stream is not None:
                        self.stream.close()
                        self.stream = None  # opened anew with the next line, which is this one
                    files.replace(self.baseFilename, f"{self.baseFilename}.1")
            super().emit(record)

    logging.raiseExceptions = False  # a full disk is no reason to write tracebacks on the screen
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s: %(message)s")
    formatter.default_time_format, formatter.default_msec_format = "%Y-%m-%dT%H:%M:%S", "%s.%03d"
    formatter.converter = time.gmtime
    handlers: list[logging.Handler] = [logging.NullHandler()]  # without any, warnings are printed
    if on_screen:
        handlers.append(logging.StreamHandler())
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        handlers.append(PrivateFile(path, delay=True))
    stop()
    ours = logging.getLogger("tray")
    for handler in handlers:
        handler.setFormatter(formatter)
        ours.addHandler(handler)
    set_level(debug=debug)
    ours.info("Toggl Tray %s, process %d", __version__, os.getpid())


def stop() -> None:
    """Close the file, and log nowhere any more."""
    import logging

    ours = logging.getLogger("tray")
    for handler in ours.handlers[:]:
        ours.removeHandler(handler)
        handler.close()


def set_level(*, debug: bool) -> None:
    """Log every step from now on, or only what is worth knowing later."""
    import logging

    logging.getLogger("tray").setLevel(logging.DEBUG if debug else logging.INFO)


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
            files.replace(path, f"{path}.1")
        with open(path, "a", encoding="utf-8", opener=_private) as file:
            file.write(_encodable(text))
    except OSError as unwritable:
        return tr("Something went wrong that should not have ({title}). No log: {why}.").format(
            title=title, why=unwritable
        )
    return tr(
        "Something went wrong that should not have ({title}). The details are in {path}."
    ).format(title=title, path=path)


def _encodable(text: str) -> str:
    """`text` with lone surrogates written out: they come from file names and arguments."""
    return text.encode("utf-8", "backslashreplace").decode()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
