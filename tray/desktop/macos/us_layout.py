"""Which key of an Apple keyboard has which character on the US layout (kVK_ANSI_A and so on).

From Carbon's HIToolbox/Events.h.
"""

from typing import Final

_IN_ORDER: Final = {
    0: "asdfhgzxcv",
    11: "bqweryt123465=97-80]ou[ip",
    37: "lj'k;\\,/nm.",
    50: "`",
}
PLACES: Final = {
    first + place: character
    for first, row in _IN_ORDER.items()
    for place, character in enumerate(row)
}
"""By virtual key code. With Option held a key types something else, but stays where it is."""
