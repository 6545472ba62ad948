"""Decides what is shown once: the welcome at the first start, the news after an update."""

from enum import Enum, auto


class Introduction(Enum):
    """What is due."""

    NOTHING = auto()
    WELCOME = auto()
    NEWS = auto()


def due(*, seen: str, version: str, is_empty: bool) -> Introduction:
    """What to show at a start.

    Args:
        seen: the version that was started last; empty if none has said so.
        version: the one that starts now.
        is_empty: whether nothing was ever tracked here, and there is no account.
    """
    if seen == version:
        return Introduction.NOTHING
    if seen:
        return Introduction.NEWS
    return Introduction.WELCOME if is_empty else Introduction.NOTHING
