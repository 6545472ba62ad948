"""When the goal of a day or a week is reached."""

from tray.lean_typing import NamedTuple


class Progress(NamedTuple):
    """How far a day, or a week, has come."""

    goal_seconds: int
    """0 for no goal."""
    done_seconds: int
    """What all its entries make up to now, the running one included."""
    begin: int
    """The first second of the day or week."""
    end: int
    """The first second of the next."""
    reminded_at: int | None = None
    """When it was last told that such a goal was reached."""


def reached_at(progress: Progress, *, running: bool, now: int) -> int | None:
    """Return when to tell that the goal is reached, once a day or week; None: not as things are."""
    if not progress.goal_seconds or not progress.begin <= now < progress.end:
        return None
    if progress.reminded_at is not None and progress.reminded_at >= progress.begin:
        return None
    missing = max(0, progress.goal_seconds - progress.done_seconds)
    if missing and not running:
        return None
    return now + missing if now + missing < progress.end else None
