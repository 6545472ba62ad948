"""What every connection to SQLite goes by: how long it waits, and how it names a file."""

from typing import Final

PATIENCE_MS: Final = 5_000
"""How long to wait for another process, which needs milliseconds."""


def uri_of(path: str) -> str:
    """The address of a file, as SQLite wants it to go with options."""
    from pathlib import Path

    return Path(path).absolute().as_uri()
