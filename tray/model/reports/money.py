"""What billable time is worth: summed exactly, rounded once, each currency by itself."""

from collections.abc import Mapping
from typing import NamedTuple

from tray.model import formats
from tray.model.durations import HOUR
from tray.model.workspace_names import workspace_label


class Rate(NamedTuple):
    """What an hour costs."""

    cents: int
    currency: str
    """Its code, or whatever tells it from others; empty where there is one."""


class Amount(NamedTuple):
    """Money of one currency."""

    currency: str
    cents: int


Rates = Mapping[int, Rate]
"""By project; one that is not among them has no known rate."""
Worth = dict[str, int]
"""By currency: seconds times cents of an hour, which no rounding has touched."""


def add_worth(worth: Worth, seconds: int, rate: Rate | None) -> None:
    """Add what that many billable seconds are worth, if that is known."""
    if rate is not None and seconds:
        worth[rate.currency] = worth.get(rate.currency, 0) + seconds * rate.cents


def amounts(worth: Worth) -> tuple[Amount, ...]:
    """What it comes to in whole cents, half a cent being rounded up; by currency."""
    return tuple(
        Amount(currency, (2 * exact + HOUR) // (2 * HOUR))
        for currency, exact in sorted(worth.items())
    )


def money(cents: int) -> str:
    """An amount without its currency, as files have it."""
    return f"{cents // 100}.{cents % 100:02}"


def worth_text(amount: Amount) -> str:
    """An amount with its currency, as the user's language writes it."""
    return f"{formats.decimal(money(amount.cents))} {workspace_label(amount.currency)}".rstrip()


def share(seconds: int, total: int) -> str:
    """How much of a total it is, in whole per cent."""
    return formats.percent((200 * seconds + total) // (2 * total)) if total else ""
