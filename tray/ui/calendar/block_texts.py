"""What is written in a block, and said of it: worked out once for each thing that was done."""

from datetime import date
from typing import NamedTuple

from tray.language import described, tr
from tray.model import day_names, formats
from tray.model.calendar_event import CalendarEvent
from tray.model.day_grid.day_columns import Block, DayGap
from tray.model.entities import What
from tray.model.formats import TimeFormat
from tray.store.catalogue import Names
from tray.ui import wording
from tray.ui.entries import captions


class BlockText(NamedTuple):
    """What a block shows."""

    title: str
    below: str
    """The project of an entry, what to do with an event."""
    colour: str
    """Of the project, or of the calendar."""


class BlockTexts:
    """Knows the names that there are now."""

    def __init__(self, names: Names, clock: TimeFormat) -> None:
        self._names = names
        self.clock = clock
        self._known: dict[What, BlockText] = {}
        self._colours: dict[int | None, str] = {}

    def of(self, block: Block) -> BlockText:
        """What is written in it."""
        if isinstance(block.of, CalendarEvent):
            title = block.of.title or tr("(no title)")
            return BlockText(title, tr("click to track"), block.of.colour)
        what = block.of.what
        if what not in self._known:
            self._known[what] = BlockText(
                wording.title(what, self._names),
                wording.project(what, self._names) if what.description else "",
                wording.colour(what, self._names),
            )
        return self._known[what]

    def colour(self, block: Block) -> str:
        """The colour of its project, or calendar."""
        if isinstance(block.of, CalendarEvent):
            return block.of.colour
        project_id = block.of.project_id
        if project_id not in self._colours:
            self._colours[project_id] = wording.colour(block.of, self._names)
        return self._colours[project_id]

    def times(self, begin: int, end: int | None) -> str:
        """``9:00 – 11:45``; to now of what runs."""
        if end is None:
            return tr("{start} – now").format(start=self.clock.time_of_day(begin))
        return captions.between(begin, end, self.clock)

    def sentence(self, block: Block, day: date, *, now: int, gap: DayGap | None = None) -> str:
        """All that is to be said of a block, for a tool tip and for a screen reader."""
        if isinstance(block.of, CalendarEvent):
            event = block.of
            parts = [
                event.title or tr("(no title)"),
                tr("event of {calendar}").format(calendar=event.calendar),
                day_names.weekday_date(day),
                self.times(event.start, event.stop),
                tr("not tracked"),
            ]
        else:
            entry = block.of
            text = self.of(block)
            parts = [
                text.title,
                text.below,
                ", ".join(f"#{tag}" for tag in captions.tags(entry, self._names)),
                tr("billable") if entry.billable else "",
                day_names.weekday_date(day),
                self.times(entry.start, entry.stop),
                formats.length(entry.seconds(now)),
                tr("running") if entry.running else "",
                tr("overlaps another entry") if block.overlaps else "",
                "" if block.begins else tr("goes on from the day before"),
                "" if block.ends or entry.running else tr("goes on on the next day"),
                self.gap(gap) if gap is not None else "",
            ]
        return described(parts)

    def gap(self, gap: DayGap) -> str:
        """What is said of the time after an entry."""
        length = formats.length(gap.end - gap.begin)
        return tr("then {length} without an entry").format(length=length)
