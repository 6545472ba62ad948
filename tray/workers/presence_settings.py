"""What the user has set about presence, in the terms of its model."""

from tray.desktop import in_use
from tray.lean_typing import Final, NamedTuple
from tray.model.days import Calendar
from tray.model.durations import MINUTE
from tray.model.presence.due import ReminderKind, Reminders
from tray.model.presence.hours import parse_hours
from tray.model.presence.nothing_running import Pauses
from tray.model.presence.pomodoro import Pomodoro
from tray.model.presence.presence_values import Policy, Rules
from tray.settings import Settings

CALLS: Final = frozenset({in_use.InUseKind.MICROPHONE, in_use.InUseKind.CAMERA})
PRESENTATIONS: Final = frozenset({in_use.InUseKind.PRESENTATION, in_use.InUseKind.FULL_SCREEN})
FILMS: Final = frozenset({in_use.InUseKind.INHIBITOR})
"""The signs of each."""


class PresenceSettings(NamedTuple):
    """What is to be noticed, and what said about it."""

    rules: Rules
    """But for `Rules.sight`, which the computer decides."""
    counted: frozenset[in_use.InUseKind]
    """The signs that somebody who touches nothing is there all the same."""
    reminders: Reminders
    day_goal_seconds: int
    week_goal_seconds: int


def presence_settings_of(settings: Settings) -> PresenceSettings:
    """Read the settings, each of which was checked."""
    rules = Rules(
        Policy(settings.on_idle),
        Policy(settings.on_lock),
        Policy(settings.on_sleep),
        Policy(settings.on_quit),
        settings.idle_minutes,
        max(settings.idle_minutes, settings.lengthened_minutes),
    )
    signs = (
        (settings.count_calls, CALLS),
        (settings.count_presentations, PRESENTATIONS),
        (settings.count_films, FILMS),
    )
    return PresenceSettings(
        rules,
        frozenset(kind for counts, kinds in signs if counts for kind in kinds),
        _reminders(settings),
        settings.day_goal_minutes * MINUTE,
        settings.week_goal_minutes * MINUTE,
    )


def _reminders(settings: Settings) -> Reminders:
    switches = {
        ReminderKind.LONG_RUN: settings.remind_long_run,
        ReminderKind.OVERNIGHT: settings.remind_overnight,
        ReminderKind.NOTHING_RUNNING: settings.remind_nothing_running,
        ReminderKind.BREAK: settings.remind_breaks,
        ReminderKind.WORK: settings.remind_breaks,
        ReminderKind.DAY_GOAL: settings.remind_day_goal,
        ReminderKind.WEEK_GOAL: settings.remind_week_goal,
    }
    return Reminders(
        Calendar(settings.zone, settings.day_start_hour, settings.first_weekday),
        frozenset(kind for kind, on in switches.items() if on),
        parse_hours(settings.working_hours),
        parse_hours(settings.quiet_hours),
        settings.long_run_hours,
        settings.day_end_hour,
        Pomodoro(settings.work_minutes, settings.break_minutes, settings.breaks_stop),
        Pauses(settings.nothing_first_minutes, settings.nothing_again_minutes),
    )
