"""One running entry in all profiles together: what a start in one of them ends in the others."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from tray import profiles
from tray.errors import StorageError
from tray.language import tr
from tray.model.entities import TimeEntry
from tray.paths import Paths
from tray.store import entries, journal, owed_stops
from tray.store.database import Database
from tray.store.journal import JournalEntry
from tray.store.opening import open_database
from tray.store.owed_stops import OwedStop
from tray.store.undo_log import step
from tray.tracker.timer import write_stop


def settle(environ: Mapping[str, str], *, now: int) -> tuple[str, ...]:
    """Stop in each profile what a later start in another one has ended.

    Each stop is a step of its profile, at the moment of the start, however much later it is done;
    it is done once, also if this is cut off anywhere, or done by several processes at once.

    Returns:
        What could not be done, as sentences; it is tried again the next time.
    """
    found = [each for each in profiles.everything(environ) if os.path.exists(each.database)]
    problems: list[str] = []
    for profile in found:
        if owed := _pending(profile):
            others = [each for each in found if each != profile]
            problems += _settle_those(profile, owed, others, now=now)
    return tuple(dict.fromkeys(problems))


def _pending(profile: Paths) -> list[OwedStop]:
    """What a profile's starts owe; nothing where that cannot be read, or is not known yet."""
    try:
        with Database(profile.database) as db:
            return owed_stops.pending(db)
    except StorageError:
        return []


def _settle_those(
    profile: Paths, owed: Sequence[OwedStop], others: Iterable[Paths], *, now: int
) -> list[str]:
    problems = []
    for other in others:
        try:
            with open_database(other.database) as db:
                for each in owed:
                    _stop(db, each, profile.profile, now=now)
        except StorageError as error:
            text = tr("What runs in the profile “{name}” could not be stopped: {reason}")
            name = profiles.shown(other.profile)
            problems.append(text.format(name=name, reason=error))
    if not problems:
        with suppress(StorageError), open_database(profile.database) as db:  # then again next time
            for each in owed:
                owed_stops.mark_done(db, each.key)
    return problems


def _stop(db: Database, owed: OwedStop, profile: str, *, now: int) -> None:
    """Stop what runs here if it ran before the start in the other profile."""
    with step(db, "stop", now=now) as current:
        ran = _ran_then(db, owed) if owed_stops.settle(db, owed.key) else None
        if ran is None:
            return
        # Who says that the other began before this one did means both: neither loses any time.
        moment = owed.begin if ran.start <= owed.begin else owed.at
        if ran.stop is not None and ran.stop <= moment:
            return
        current.subject = ran.description
        write_stop(current, ran, moment)
        text = tr("“{name}” was stopped by a start in the profile “{profile}”.").format(
            name=ran.description or tr("An entry without a description"),
            profile=profiles.shown(profile),
        )
        journal.add(db, JournalEntry(now, "program", text))


def _ran_then(db: Database, owed: OwedStop) -> TimeEntry | None:
    """What ran here when the other was started; it may have been stopped here since."""
    running = entries.running(db)
    if running is not None:
        order = owed_stops.order_of(db, running.id)
        if running.start <= owed.at if order is None else order < owed.ordered:
            return running
    since = owed_stops.stopped_since(db, owed)
    return None if since is None else entries.get(db, since)
