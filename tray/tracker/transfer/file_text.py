"""From the bytes of a file to its text, or to a sentence that says what the file really is."""

import codecs
from typing import Final

from tray import files
from tray.errors import BadFile
from tray.language import mark, tr, tr_marked
from tray.sentences import reason, together

_DATABASE: Final = mark("a database")
_NOT_TEXT: Final = {
    b"PK\x03\x04": mark("an Excel workbook or a ZIP archive"),
    b"\xd0\xcf\x11\xe0": mark("an old Excel workbook"),
    b"%PDF": mark("a PDF document"),
    b"SQLite format 3": _DATABASE,
    b"\x1f\x8b": mark("a compressed file"),
}
"""How files begin that are easily taken for a report."""

MAX_BYTES: Final = 256 << 20
"""Enough for a million entries."""
_EXPORT_AGAIN: Final = mark("Export a detailed report as CSV from Toggl and give that file.")

_PUT_BACK: Final = mark(
    "`backup restore` goes back to it if it is a copy of Toggl Tray's own; of "
    "another program, export a report."
)


def bytes_of(path: str) -> bytes:
    """All of the file at `path`.

    Raises:
        BadFile: there is no such file, it cannot be read, or it is empty.
    """
    try:
        data = files.read_regular(path, max_bytes=MAX_BYTES)
    except OSError as error:
        raise BadFile(
            tr("{path} cannot be read ({reason}). Check its name and that you may read it.").format(
                path=path, reason=reason(error)
            )
        ) from error
    if not data.strip():
        raise _empty(path)
    return data


def text_in(data: bytes, path: str) -> str:
    """The text in the bytes of a file: UTF-8, or UTF-16 with a byte order mark.

    Raises:
        BadFile: it is not text, or nothing but white space.
    """
    text = _decoded(data, path)
    if not text.strip():
        raise _empty(path)
    return text


def _empty(path: str) -> BadFile:
    return BadFile(together(tr("{path} is empty.").format(path=path), tr_marked(_EXPORT_AGAIN)))


def _decoded(data: bytes, path: str) -> str:
    for beginning, kind in _NOT_TEXT.items():
        if data.startswith(beginning):
            what_then = _PUT_BACK if kind == _DATABASE else _EXPORT_AGAIN
            raise BadFile(
                together(
                    tr("{path} is {kind}, not a CSV or JSON file.").format(
                        path=path, kind=tr_marked(kind)
                    ),
                    tr_marked(what_then),
                )
            )
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not utf_16 and b"\0" in data.partition(b"\n")[0]:
        raise BadFile(
            together(tr("{path} is not a text file.").format(path=path), tr_marked(_EXPORT_AGAIN))
        )
    try:
        return data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(
            tr(
                "{path} is not {encoding} text: line {line} holds something else. Save it as "
                "“CSV UTF-8” and import it again."
            ).format(path=path, encoding="UTF-16" if utf_16 else "UTF-8", line=line)
        ) from error
