"""Amounts of money as they are typed and written, which are kept in hundredths."""

import re
from typing import Final

from tray.errors import BadLine
from tray.language import tr

_AMOUNT: Final = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")


def read_amount(text: str) -> int:
    """The hundredths of an amount such as ``75``, ``75.5`` or ``75,50``.

    Raises:
        BadLine: it is none.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise BadLine(tr("“{text}” is not an amount. Write it like 75.50.").format(text=text))
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def amount(cents: int | None) -> str:
    """An amount as it can be typed; empty for none."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"
