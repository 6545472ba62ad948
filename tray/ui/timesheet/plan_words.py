"""What a length that is typed into a cell will make, in words."""

from tray.language import tr
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.sheet_plan import CellPlace, CellPlan, NewEntry, NewTimes, Removal


def plan_words(planned: CellPlan, times: TimeFormat, *, now: int) -> str:
    """A phrase that ends without a stop."""
    match planned:
        case NewEntry(start, stop, place):
            words = {
                CellPlace.AFTER_LAST: tr("one entry {span}, after your last one"),
                CellPlace.WORK_BEGIN: tr("one entry {span}, from your start of work"),
                CellPlace.FREE: tr("one entry {span}, where that day has room"),
            }[place].format(span=_span(start, stop, times))
            return _of_future(words) if stop > now else words
        case NewTimes(entry, start, stop):
            words = tr("{entry} becomes {span}").format(
                entry=_entry(entry, times), span=_span(start, stop, times)
            )
            return _of_future(words) if stop > now else words
        case Removal(entry):
            return tr("{entry} is deleted").format(entry=_entry(entry, times))
    return tr("as it is")


def _of_future(words: str) -> str:
    return tr("{plan}, which is still to come").format(plan=words)


def _entry(entry: TimeEntry, times: TimeFormat) -> str:
    span = _span(entry.start, entry.stop or entry.start, times)
    if not entry.description:
        return tr("the entry {span}").format(span=span)
    return tr("“{name}”, {span},").format(name=entry.description, span=span)


def _span(start: int, stop: int, times: TimeFormat) -> str:
    return f"{times.time_of_day(start)} – {times.time_of_day(stop)}"
