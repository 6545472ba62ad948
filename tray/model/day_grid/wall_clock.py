"""What the clocks on the wall show, and when they are changed."""

from calendar import timegm
from datetime import datetime, tzinfo


def offset_at(moment: int, zone: tzinfo | None) -> int:
    """By how many seconds the clocks are ahead of UTC."""
    return timegm(datetime.fromtimestamp(moment, zone).timetuple()) - moment


def changes_between(begin: int, end: int, zone: tzinfo | None) -> tuple[int, ...]:
    """The moment between two at which the clocks are changed; none usually, as no day has two."""
    before, after = offset_at(begin, zone), offset_at(end - 1, zone)
    if before == after:
        return ()
    last, first = begin, end - 1
    while first - last > 1:
        middle = (last + first) // 2
        if offset_at(middle, zone) == before:
            last = middle
        else:
            first = middle
    return (first,)
