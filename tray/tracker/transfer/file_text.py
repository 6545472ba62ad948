"""From the bytes of a file to its text, or to a sentence that says what the file really is."""

import codecs
from typing import Final

from tray import files
from tray.errors import BadFile

_DATABASE: Final = "a database"
_NOT_TEXT: Final = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"SQLite format 3": _DATABASE,
    b"\x1f\x8b": "a compressed file",
}
"""How files begin that are easily taken for a report."""

_MAX_BYTES: Final = 256 << 20
"""Enough for a million entries."""
_EXPORT_AGAIN: Final = "Export a detailed report as CSV from Toggl and give that file."

_PUT_BACK: Final = (
    "`backup restore` goes back to it if it is a copy of Toggl Tray's own; of "
    "another program, export a report."
)


def text_of(path: str) -> str:
    """The text in the file at `path`, which is UTF-8, or UTF-16 with a byte order mark.

    Raises:
        BadFile: there is no such file, it cannot be read, or it is not text.
    """
    try:
        data = files.read_regular(path, max_bytes=_MAX_BYTES)
    except OSError as error:
        raise BadFile(
            f"{path} cannot be read ({error.strerror}). Check its name and that you may read it."
        ) from error
    text = _decoded(data, path)
    if not text.strip():
        raise BadFile(f"{path} is empty. {_EXPORT_AGAIN}")
    return text


def _decoded(data: bytes, path: str) -> str:
    for beginning, kind in _NOT_TEXT.items():
        if data.startswith(beginning):
            what_then = _PUT_BACK if kind == _DATABASE else _EXPORT_AGAIN
            raise BadFile(f"{path} is {kind}, not a CSV or JSON file. {what_then}")
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not utf_16 and b"\0" in data.partition(b"\n")[0]:
        raise BadFile(f"{path} is not a text file. {_EXPORT_AGAIN}")
    try:
        return data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(
            f"{path} is not {'UTF-16' if utf_16 else 'UTF-8'} text: line {line} holds something "
            "else. Save it as “CSV UTF-8” and import it again."
        ) from error
