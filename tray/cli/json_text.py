"""JSON as people like to read it, and as a terminal may have it.

It is what `json.dumps` writes with ``indent=2``, and slowly, as that has no help of C for it; but
what would move the cursor or reorder text is an escape, which means the same.
"""

from collections.abc import Callable
from functools import lru_cache
from json import dumps
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Final

from tray.cli.streams import escaped

_WORDS: Final = {None: "null", True: "true", False: "false"}


def writer(*, ascii_only: bool) -> Callable[[object, str], str]:
    """What writes values, the names in which are text, as JSON.

    It is given a line break too, and what stands before the first thing on the value's line. That
    it is one function, and no object with several, has it take two thirds of the time.

    Args:
        ascii_only: Whether all other characters are written as escapes.
    """
    encoded = encode_basestring_ascii if ascii_only else encode_basestring
    key = lru_cache(lambda name: escaped(encoded(name)))

    def written(value: object, line: str) -> str:
        if isinstance(value, str):
            text = encoded(value)
            return text if text.isprintable() else escaped(text)
        if type(value) is int:
            return str(value)
        if value is None or isinstance(value, bool):
            return _WORDS[value]
        inner = f"{line}  "
        if isinstance(value, dict):
            begin, end = "{}"
            parts = [f"{key(name)}: {written(each, inner)}" for name, each in value.items()]
        elif isinstance(value, list | tuple):
            begin, end = "[]"
            parts = [written(each, inner) for each in value]
        else:
            return dumps(value)
        return f"{begin}{inner}{f',{inner}'.join(parts)}{line}{end}" if parts else begin + end

    return written
