"""Brings `msgspec`, which reads and writes JSON, without `typing_extensions`.

It would load that where it is installed, and with it the parser of Python and more, 2 MB; what it
asks of it is in `typing` as well.
"""

import sys
from typing import Final

_IS_HIDDEN: Final = "typing_extensions" not in sys.modules
if _IS_HIDDEN:
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # it cannot be imported now
try:
    import msgspec
    from msgspec import UNSET, Meta, Raw, Struct, UnsetType
finally:
    if _IS_HIDDEN:
        del sys.modules["typing_extensions"]

__all__ = ["UNSET", "Meta", "Raw", "Struct", "UnsetType", "msgspec"]
