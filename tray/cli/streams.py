"""What a command prints: only text and our own styles reach a terminal, whatever a name contains.

Output that nobody can take (a closed, full or broken stream) becomes no traceback either.
"""

import io
import os
import sys
from collections.abc import Mapping

from tray.lean_contexts import suppress
from tray.lean_typing import Any, Final, TextIO, cast

_KEY: Final = f"\0{os.urandom(8).hex()}\0"
"""Stands around our own codes; no name can contain what nobody can know."""
_REPLACEMENT: Final = "\ufffd"
_UNSAFE: Final = dict.fromkeys(
    (
        *(*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)),
        *(*range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC)),
    ),
    _REPLACEMENT,
)
"""What moves the cursor, rings, hides or reorders text: control characters but tab and line feed,
separators of lines and paragraphs, and the marks that turn the direction of writing."""
_ESCAPES: Final = {code: f"\\u{code:04x}" for code in _UNSAFE}
_BREAKS: Final = r"\s*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\s*"


def code(sequence: str) -> str:
    """A terminal code of our own, in text that is printed."""
    return f"{_KEY}{sequence}{_KEY}"


def without_codes(text: str) -> str:
    """`text` without our own codes."""
    return "".join(text.split(_KEY)[::2]) if _KEY in text else text


def one_line(text: str) -> str:
    """`text` with a space for each break and tab, so that it does not take a table apart."""
    if without_codes(text).isprintable():
        return text
    import re

    return re.sub(_BREAKS, " ", text)


def clean(text: str) -> str:
    """`text` as a terminal may have it: our own codes in effect, all others made harmless."""
    if text.replace("\n", " ").isprintable():  # nearly all, and told quickly
        return text
    if _KEY not in text:
        return text.translate(_UNSAFE)
    parts = text.split(_KEY)
    return "".join(part if at % 2 else clean(part) for at, part in enumerate(parts))


def is_clean(text: str) -> bool:
    """Whether `text` can be shown, and typed, as it is."""
    return text == text.translate(_UNSAFE) and text == one_line(text)


def escaped(json_text: str) -> str:
    """JSON in which everything unsafe is written as an escape, which means the same."""
    return json_text.translate(_ESCAPES)


class _Screen:
    """A stream to which everything that is printed comes clean."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_coloured: bool | None = None
        """Whether it shows colours; None as long as nobody has asked."""

    def write(self, text: str) -> int:
        return self.stream.write(clean(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def prepare() -> None:
    """Have the streams able to take any text."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding_for(sys.platform, os.environ, stream))
            if stream.writable():  # a terminal that cannot show “ is no error
                stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = (cast("TextIO", _Screen(each)) for each in (sys.stdout, sys.stderr))


def encoding_for(platform: str, environ: Mapping[str, str], stream: TextIO) -> str | None:
    """The encoding that a stream is to have; None leaves it as it is.

    On Windows a console takes any text, and a pipe or file would get the code page of the country,
    in which half of what people track is question marks.
    """
    if platform != "win32" or environ.get("PYTHONIOENCODING") or stream.isatty():
        return None
    return "utf-8-sig" if stream.readable() else "utf-8"  # PowerShell puts a mark in front


def shows_codes(stream: TextIO) -> bool:
    """Whether it is a terminal that knows what our codes mean."""
    if os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    if sys.platform != "win32":
        return True
    from tray.cli.windows_console import follows_codes

    return follows_codes(stream.fileno())


def is_coloured(stream: TextIO) -> bool:
    """Whether what goes there has colours: it can, and the user does not mind."""
    known = stream.is_coloured if isinstance(stream, _Screen) else None
    if known is None:
        known = not os.environ.get("NO_COLOR") and shows_codes(stream)
        if isinstance(stream, _Screen):
            stream.is_coloured = known
    return known


def print_notice(sentence: str) -> None:
    """Say something beside the command's result, after what has been printed so far."""
    show_result()
    with suppress(OSError):  # with nobody to tell, there is still the exit code
        print(clean(f"toggl-tray: {one_line(sentence)}"), file=sys.stderr)


def show_result() -> None:
    """Let the user see now what has been printed; if that fails, `main` is the one to notice."""
    with suppress(OSError):
        sys.stdout.flush()


def release() -> None:
    """Drop what could not be written, lest Python try once more on its way out, and complain."""
    for name in ("stdout", "stderr"):
        if isinstance(screen := getattr(sys, name), _Screen):
            setattr(sys, name, screen.stream)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
