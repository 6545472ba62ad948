"""What waits for a word of the user, and the choices there are: for notifications and the menu."""

from tray.language import in_a_row, tr
from tray.lean_typing import Final, NamedTuple
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.model.formats import TimeFormat
from tray.model.presence.answers import AbsenceChoice
from tray.model.presence.due import ReminderKind
from tray.model.presence.long_run import LongRun, StopProposal, StopReason
from tray.model.presence.nothing_running import Snooze
from tray.model.presence.presence_values import Absence
from tray.session.snapshot import Snapshot
from tray.ui import wording
from tray.ui.away import text
from tray.workers.presence_worker import AutomaticStop
from tray.workers.reminder_planner import Reminder

_ABSENCE: Final = "absence"
OPEN: Final = "default"
"""The key of a click on a notification as a whole, or on the first row of a matter in the menu."""
MORE: Final = "more"
STOP: Final = "stop"
"""Stop for a break."""
KEEP_BREAK: Final = "keep break"
"""Have the break that is over for an entry, and continue what was stopped for it."""
GO_ON: Final = "go on"
START_LAST: Final = "start last"
START_SINCE: Final = "start since"
STOP_THEN: Final = "stop then"
START_FAVOURITE: Final = "start favourite"
QUICK_START: Final = "quick start"
STOPPED: Final = "stopped"
"""The id of what is told of a stop while nobody was there."""
CONTINUE: Final = "continue"
TAKE_BACK: Final = "take back"


class PromptOption(NamedTuple):
    """One choice."""

    key: str
    label: str
    short: str = ""
    """For a notification with little room; empty: as the label."""


class Prompt(NamedTuple):
    """Something that the user is asked or told."""

    id: str
    title: str
    body: str = ""
    offers: tuple[PromptOption, ...] = ()
    """The most likely first: some desktops show three only."""
    most_buttons: int | None = None
    """How many of the offers a notification has as buttons; the menu has all of them."""


def id_of(absence: Absence) -> str:
    """The id of the question about it; reminders have the names of their kinds for ids."""
    return f"{_ABSENCE} {absence.id}"


def of_absence(
    absence: Absence, entry: TimeEntry | None, state: Snapshot, times: TimeFormat, *, now: int
) -> Prompt:
    """The open question, with the answers that need no more to be said."""
    title = text.headline(absence, now=now)
    body = text.when_and_why(absence, times, now=now)
    length = "" if absence.back is None else formats.length(text.seconds_away(absence, now=now))
    stop_at = text.MomentFormatter(times, now=now).at(absence.begin)
    keep, remove, short = tr("Keep it"), tr("Remove it, go on"), tr("Remove it")
    if length:
        keep = tr("Keep {length}").format(length=length)
        remove = tr("Remove {length}, go on").format(length=length)
        short = tr("Remove {length}").format(length=length)
    stop = tr("Stop at {time}").format(time=stop_at)
    offers = (
        PromptOption(AbsenceChoice.KEEP.value, keep),
        PromptOption(AbsenceChoice.DISCARD_AND_STOP.value, stop),
        PromptOption(AbsenceChoice.DISCARD_AND_CONTINUE.value, remove, short),
        PromptOption(MORE, tr("More…")),
    )
    if entry is not None:
        body = f"{wording.full(entry, state.names)}\n{body}"
    return Prompt(id_of(absence), title, body, offers)


def of_stop(stopped: AutomaticStop, state: Snapshot, times: TimeFormat, *, now: int) -> Prompt:
    """That an entry was stopped while nobody was there, so that nothing runs."""
    moment = now if stopped.entry.stop is None else stopped.entry.stop
    at = text.MomentFormatter(times, now=now).at(moment)
    body = tr("It was stopped at {time}, while you were away. Nothing is running.")
    offers = (PromptOption(CONTINUE, tr("Continue")), PromptOption(TAKE_BACK, tr("Undo")))
    title = wording.full(stopped.entry, state.names)
    return Prompt(STOPPED, title, body.format(time=at), offers)


def of_reminder(reminder: Reminder, state: Snapshot, times: TimeFormat, *, now: int) -> Prompt:
    """What a reminder says and offers."""
    match reminder.kind:
        case ReminderKind.LONG_RUN:
            return _long_run(reminder, state, times, now=now)
        case ReminderKind.OVERNIGHT:
            return _overnight(reminder, state, times, now=now)
        case ReminderKind.NOTHING_RUNNING:
            return _nothing_running(reminder, state, times)
        case ReminderKind.BREAK:
            return _break(reminder, state, now=now)
        case ReminderKind.WORK:
            return _work(state, times)
    day = reminder.kind is ReminderKind.DAY_GOAL
    title = tr("The goal of the day is reached") if day else tr("The goal of the week is reached")
    seconds = state.today_seconds(now) if day else state.week_seconds(now)
    message = tr("Today {length}") if day else tr("This week {length}")
    return Prompt(reminder.kind.value, title, message.format(length=formats.length(seconds)))


def is_moot(reminder: Reminder, state: Snapshot) -> bool:
    """Whether things have changed so that there is nothing to choose any more."""
    running = state.running
    if reminder.kind in (ReminderKind.NOTHING_RUNNING, ReminderKind.WORK):
        return running is not None
    if reminder.kind in (ReminderKind.DAY_GOAL, ReminderKind.WEEK_GOAL) or reminder.stopped:
        return True
    return running is None or reminder.entry is None or running.id != reminder.entry.id


def stop_moment(reminder: Reminder) -> int | None:
    """The last input, or the day's end, at which the entry can be stopped by one click."""
    if reminder.forgotten is not None:
        return reminder.forgotten.stop_at
    return reminder.last_input


def proposed(reminder: Reminder) -> int | None:
    """The moment at which the entry may have ended."""
    return stop_moment(reminder) if reminder.proposed is None else reminder.proposed.moment


def reason(found: StopProposal) -> str:
    """Why that moment is proposed, if it is not the last input, which is said anyway."""
    reasons = {
        StopReason.LAST_INPUT: "",
        StopReason.LAST_SEEN: tr("proposed: when Toggl Tray last ran before"),
        StopReason.WORK_ENDED: tr("proposed: the end of your working hours"),
        StopReason.USUAL_LENGTH: tr("proposed: as long as such entries usually take"),
    }
    return reasons[found.reason]


def _long_run(reminder: Reminder, state: Snapshot, times: TimeFormat, *, now: int) -> Prompt:
    entry = reminder.entry
    if entry is None:
        return Prompt(ReminderKind.LONG_RUN.value, tr("Nothing is running"))
    length = formats.length(entry.seconds(now))
    title = tr("Running for {length}: is that right?").format(length=length)
    offers = tuple(
        PromptOption(each.value, _label(each, stop_moment(reminder), times, now=now))
        for each in reminder.answers
    )
    body = wording.full(entry, state.names)
    return Prompt(
        ReminderKind.LONG_RUN.value, title, f"{body}\n{_since(reminder, times, now=now)}", offers
    )


def _overnight(reminder: Reminder, state: Snapshot, times: TimeFormat, *, now: int) -> Prompt:
    entry, moment = reminder.entry, stop_moment(reminder)
    if entry is None or moment is None:
        return Prompt(ReminderKind.OVERNIGHT.value, tr("Nothing is running"))
    since = text.MomentFormatter(times, now=now).at(entry.start)
    title = tr("Still running since {time}").format(time=since)
    lines = [wording.full(entry, state.names)]
    if reminder.forgotten is not None and reminder.forgotten.last_input is not None:
        at = text.MomentFormatter(times, now=now).at(moment)
        lines.append(tr("Last input {time}. Stop there?").format(time=at))
    kinds = (LongRun.STOP_AT_LAST_INPUT, LongRun.STOP_AT, LongRun.STILL_WORKING, LongRun.STOP_NOW)
    offers = tuple(PromptOption(each.value, _label(each, moment, times, now=now)) for each in kinds)
    return Prompt(ReminderKind.OVERNIGHT.value, title, "\n".join(lines), offers)


def _since(reminder: Reminder, times: TimeFormat, *, now: int) -> str:
    moments = text.MomentFormatter(times, now=now)
    start = reminder.entry.start if reminder.entry else now
    found = tr("Since {time}.").format(time=moments.at(start))
    if reminder.last_input is None:
        return found
    last = tr("Last input {time}.").format(time=moments.at(reminder.last_input))
    return in_a_row((found, last))


def _label(answer: LongRun, moment: int | None, times: TimeFormat, *, now: int) -> str:
    labels = {
        LongRun.STILL_WORKING: tr("Still working"),
        LongRun.STOP_NOW: tr("Stop now"),
        LongRun.STOP_AT: tr("Stop at a time…"),
    }
    if answer in labels or moment is None:
        return labels.get(answer, tr("Stop at the last input"))
    return tr("Stop at {time}").format(time=text.MomentFormatter(times, now=now).at(moment))


def _nothing_running(reminder: Reminder, state: Snapshot, times: TimeFormat) -> Prompt:
    """The two likeliest ways to start, then to be left alone, and then the rest."""
    starts = list(_start_last(state))
    body = tr("It is in your working hours.")
    if reminder.since is not None:
        back = times.time_of_day(reminder.since)
        body = tr("You came back at {time}.").format(time=back)
        if state.recent:
            label = tr("Start since {time}").format(time=back)
            starts.insert(0, PromptOption(START_SINCE, label))
    if state.pinned:
        what = wording.full(state.pinned[0], state.names)
        label = tr("Start {what}").format(what=what)
        starts.append(PromptOption(START_FAVOURITE, label, tr("Start")))
    starts.append(PromptOption(QUICK_START, tr("Quick start…")))
    quarter, *longer = (
        PromptOption(Snooze.QUARTER.value, tr("Not for 15 min")),
        PromptOption(Snooze.HOUR.value, tr("Not for 60 min")),
        PromptOption(Snooze.TOMORROW.value, tr("Not until tomorrow")),
    )
    offers = (*starts[:2], quarter, *starts[2:], *longer)
    buttons = len(starts[:2]) + 1
    title = tr("Nothing is running")
    return Prompt(ReminderKind.NOTHING_RUNNING.value, title, body, offers, buttons)


def _work(state: Snapshot, times: TimeFormat) -> Prompt:
    """The break is over: go on, with the break as an entry if that is wanted."""
    title, offers = tr("The break is over"), _start_last(state)
    body = ""
    if offers and (stop := state.recent[0].stop) is not None:
        body = tr("It began at {time}.").format(time=times.time_of_day(stop))
        keep = tr("Continue, and keep the break as an entry")
        offers = (*offers, PromptOption(KEEP_BREAK, keep, tr("Keep the break")))
    offers = (*offers, PromptOption(QUICK_START, tr("Quick start…")))
    return Prompt(ReminderKind.WORK.value, title, body, offers)


def _start_last(state: Snapshot) -> tuple[PromptOption, ...]:
    if not state.recent:
        return ()
    what = wording.full(state.recent[0], state.names)
    label = tr("Continue {what}").format(what=what)
    return (PromptOption(START_LAST, label, tr("Continue")),)


def _break(reminder: Reminder, state: Snapshot, *, now: int) -> Prompt:
    title = tr("Time for a break")
    if reminder.entry is None:
        return Prompt(ReminderKind.BREAK.value, title)
    what = wording.full(reminder.entry, state.names)
    if reminder.stopped:
        return Prompt(ReminderKind.BREAK.value, title, tr("{what} was stopped.").format(what=what))
    length = formats.length(reminder.entry.seconds(now))
    body = tr("{what} has run for {length}.").format(what=what, length=length)
    offers = (PromptOption(STOP, tr("Take a break")), PromptOption(GO_ON, tr("Go on")))
    return Prompt(ReminderKind.BREAK.value, title, body, offers)
