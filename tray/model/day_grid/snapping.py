"""What moment is meant by a place near it: one of the grid, or the edge of something there."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple

from tray.model.day_grid.wall_clock import offset_at
from tray.model.durations import MINUTE


class Snap(NamedTuple):
    """To what moments are drawn."""

    step: int
    """Seconds; counted on the clocks of the zone."""
    zone: tzinfo | None = None
    edges: Sequence[int] = ()
    """Moments that win over the grid."""
    reach: int = 0
    """From how far away in seconds they do."""

    def to(self, moment: int) -> int:
        """The moment that is meant."""
        near = self.edge_near(moment)
        return self.on_grid(moment) if near is None else near

    def edge_near(self, moment: int) -> int | None:
        """The nearest edge within reach."""
        near = min(self.edges, key=lambda edge: abs(edge - moment), default=None)
        return near if near is not None and abs(near - moment) <= self.reach else None

    def on_grid(self, moment: int) -> int:
        """The nearest moment at which the clocks show a multiple of the step."""
        down = moment - (moment + offset_at(moment, self.zone)) % self.step
        return down + self.step if 2 * (moment - down) >= self.step else down

    def next_on_grid(self, moment: int, steps: int) -> int:
        """The moment on the grid so many steps later, or earlier."""
        down = moment - (moment + offset_at(moment, self.zone)) % self.step
        if steps < 0 and down < moment:
            steps += 1
        return down + steps * self.step


def free_of(snap: Snap) -> Snap:
    """Any whole minute instead."""
    return Snap(MINUTE, snap.zone)
