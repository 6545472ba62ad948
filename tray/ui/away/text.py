"""Absences, and what answers make of them, in words."""

from collections.abc import Sequence
from datetime import date, datetime

from tray.language import described, tr, tr_marked
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.presence.answers import AbsenceChoice, Plan
from tray.model.presence.presence_values import Absence, Cause
from tray.store.catalogue import Names
from tray.tracker.absences import REMARKS
from tray.ui import wording
from tray.ui.away.segments import Segment, pieces


class MomentFormatter:
    """Tells moments one after the other; a day is named where it is another than before."""

    def __init__(self, times: TimeFormat, *, now: int) -> None:
        self._times = times
        self._today = self._date(now)
        self._day = self._today

    def at(self, moment: int) -> str:
        """``17:42``, ``yesterday 17:42`` or ``Friday 17:42``."""
        time, day = self._times.time_of_day(moment), self._date(moment)
        if day == self._day:
            return time
        self._day = day
        return f"{wording.day_name(day, self._today)} {time}"

    def between(self, begin: int, end: int | None) -> str:
        """``12:04 – 12:50``, or ``since 12:04`` if there is no end yet."""
        if end is None:
            return tr("since {time}").format(time=self.at(begin))
        begun = self.at(begin)
        return f"{begun} – {self.at(end)}"

    def _date(self, moment: int) -> date:
        return datetime.fromtimestamp(moment, self._times.zone).date()


def seconds_away(absence: Absence, *, now: int) -> int:
    """How long nobody was there, all in all."""
    return sum((now if each.back is None else each.back) - each.begin for each in absence.stretches)


def headline(absence: Absence, *, now: int) -> str:
    """How long nobody was there."""
    length = formats.length(seconds_away(absence, now=now))
    if absence.back is None:
        return tr("Away for {length} so far").format(length=length)
    return tr("You were away for {length}").format(length=length)


def reminder(absence: Absence, times: TimeFormat, *, now: int) -> str:
    """The same in words that stay true while the absence lasts, as nobody writes them anew."""
    if absence.back is not None:
        return headline(absence, now=now)
    begin = MomentFormatter(times, now=now).at(absence.stretches[-1].begin)
    return tr("Away since {time}").format(time=begin)


def when_and_why(absence: Absence, times: TimeFormat, *, now: int) -> str:
    """From when to when, and how it was noticed."""
    when = MomentFormatter(times, now=now).between(absence.begin, absence.back)
    reasons = {
        Cause.IDLE: tr("no key and no mouse was touched"),
        Cause.LOCK: tr("the screen was locked"),
        Cause.SLEEP: tr("the computer was asleep"),
        Cause.OFF: tr("Toggl Tray was not running"),
    }
    found = f"{when} · {reasons[absence.cause]}"
    if len(absence.stretches) > 1:
        found += " · " + tr("{count} times").format(count=len(absence.stretches))
    return found


def remark(plan: Plan) -> str:
    """Why the question is not what it was; empty if it is."""
    return tr_marked(REMARKS[plan.changed]) if plan.changed else ""


def label(choice: AbsenceChoice) -> str:
    """What a button for it says, with its mnemonic."""
    labels = {
        AbsenceChoice.KEEP: tr("&Keep it"),
        AbsenceChoice.DISCARD_AND_STOP: tr("&Remove it and stop"),
        AbsenceChoice.DISCARD_AND_CONTINUE: tr("Remove it and go &on"),
        AbsenceChoice.GIVE: tr("&Give it to something else…"),
        AbsenceChoice.SEPARATE: tr("Keep it as a separate &entry"),
        AbsenceChoice.SPLIT: tr("&Split there"),
    }
    return labels[choice]


def done(choice: AbsenceChoice, plan: Plan, *, cut: int, back: int, times: TimeFormat) -> str:
    """What became of the time from `cut` to `back`, once the answer was carried out."""
    length, lost = formats.length(back - cut), formats.length(plan.discarded)
    message = {
        AbsenceChoice.KEEP: tr("Kept {length}"),
        AbsenceChoice.DISCARD_AND_STOP: tr("Removed {lost}, stopped"),
        AbsenceChoice.DISCARD_AND_CONTINUE: tr("Removed {lost}, went on"),
        AbsenceChoice.GIVE: tr("Given the {length} that you were away"),
        AbsenceChoice.SEPARATE: tr("Kept {length} as a separate entry"),
        AbsenceChoice.SPLIT: tr("Split at {time}"),
    }
    return message[choice].format(length=length, lost=lost, time=times.time_of_day(cut))


def result(
    entry: TimeEntry | None, plan: Plan, names: Names, times: TimeFormat, *, now: int
) -> str:
    """What there is after an answer: each piece, and how much is no entry's any more."""
    if entry is None:
        return tr("Nothing is left of it")
    if not plan.edits:
        return MomentFormatter(times, now=now).between(entry.start, entry.stop)
    segments_text = segment_times(pieces(entry, plan, now=now), entry, names, times, now=now)
    if not plan.discarded:
        return segments_text
    lost = tr("{length} removed").format(length=formats.length(plan.discarded))
    return f"{segments_text} · {lost}"


def segment_times(
    found: Sequence[Segment], entry: TimeEntry, names: Names, times: TimeFormat, *, now: int
) -> str:
    """The times of the pieces; what they are about where that is another thing than the entry."""
    moments = MomentFormatter(times, now=now)
    parts = []
    for piece in found:
        if piece.what is None:
            continue
        if piece.begin == entry.start and piece.what == entry.what:
            parts.append(tr("until {time}").format(time=moments.at(piece.end)))
            continue
        part = moments.between(piece.begin, None if piece.runs else piece.end)
        other = piece.what != entry.what
        parts.append(f"{part} {wording.full(piece.what, names)}" if other else part)
    return described(parts) or tr("Nothing is left of it")
