"""The earlier moments at which somebody may have meant to stop what still runs."""

from tray.language import ntr, tr
from tray.lean_typing import Final, NamedTuple
from tray.model.durations import MINUTE
from tray.model.formats import TimeFormat

_MINUTES: Final = (5, 10, 15, 30)


class StopChoice(NamedTuple):
    """One of them."""

    moment: int
    """Epoch seconds."""
    minutes: int = 0
    """How long ago that is; 0: it is the last input before somebody went away."""

    def text(self, times: TimeFormat) -> str:
        """What it is called on the screen."""
        at = times.time_of_day(self.moment)
        if not self.minutes:
            return tr("At the last input, {time}").format(time=at)
        ago = ntr("{count} minute ago, {time}", "{count} minutes ago, {time}", self.minutes)
        return ago.format(count=self.minutes, time=at)


def stop_choices(start: int, last_input: int | None, *, now: int) -> list[StopChoice]:
    """Those that do not lie before the start of what runs, the latest first.

    Args:
        start: when it began, epoch seconds.
        last_input: the last input before the latest absence, if that is known.
        now: epoch seconds.
    """
    found = [StopChoice(now - ago * MINUTE, ago) for ago in _MINUTES]
    if last_input is not None and last_input < now:
        found.append(StopChoice(last_input))
    return [each for each in found if each.moment > start]
