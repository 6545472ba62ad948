r"""The shadow of a line: the same characters, each reduced to what it can mean in the grammar."""

from tray.lean_typing import Final

_BLANKS: Final = dict.fromkeys(
    (
        *(*range(0x21), *range(0x7F, 0xA1)),  # control characters and Latin spaces
        *(0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000),
    ),
    " ",
)
_TO_FULL_WIDTH: Final = 0xFEE0
_FOLDS: Final = {
    **_BLANKS,
    **{code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)},
    # Not the full-width backslash: it escapes nothing, for people draw ＼(^o^)／ with it.
    **{code + _TO_FULL_WIDTH: chr(code).lower() for code in range(0x21, 0x7F) if code != 0x5C},
    **dict.fromkeys(map(ord, "–−"), "-"),
    **dict.fromkeys(map(ord, "“”"), '"'),
    **dict.fromkeys(map(ord, "￥¥"), "$"),  # Chinese input methods type them for Shift+4
}
_ESCAPE: Final = r"\\([\W\d_])"


def shadow_of(text: str) -> str:
    """Return `text` folded character by character to what the grammar looks at.

    The result has the same length. Letters are in lower case, full-width forms are ASCII, every
    blank is a space, and an escaped character and its backslash are NUL, which nothing matches.
    """
    return _without_escapes("\0\0", text.translate(_FOLDS))


def unescaped(text: str) -> str:
    """Return `text`, which must not begin or end inside an escape, as the tidy text it means."""
    return tidy(_without_escapes(r"\1", text))


def tidy(text: str) -> str:
    """Return `text` with single spaces, none at the ends, and whole characters only.

    Half a surrogate pair, as an undecodable byte in an argument becomes, could not be stored.
    """
    words = " ".join(text.translate(_BLANKS).split())
    if words.isascii():
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_escapes(instead: str, text: str) -> str:
    """`text` with something else for each escape."""
    if "\\" not in text:
        return text
    import re

    return re.sub(_ESCAPE, instead, text)
