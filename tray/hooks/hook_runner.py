"""The process that tells hooks what happened, one after the other, and ends when nothing waits."""

import os
from collections.abc import Mapping
from typing import Final

from tray import clock, log, paths, regional_formats, settings
from tray.chosen_language import set_language
from tray.errors import TrayError
from tray.hooks import hook_files, hook_message, hook_nudge, hook_process
from tray.hooks.hook_files import Hook
from tray.ipc import lock
from tray.paths import Paths
from tray.sentences import tr
from tray.settings import Settings
from tray.store import hook_events, hook_failures, journal
from tray.store.database import Database
from tray.store.hook_events import HookEvent
from tray.store.journal import JournalEntry
from tray.store.opening import open_database
from tray.store.shown_formats import shown_formats

MOST_DEPTH: Final = 3
"""So often may hooks and programs of the local API set each other off, one after the other."""


def main() -> int:
    """Tell all that waits; return the exit code of the process."""
    places = paths.find(os.environ)
    try:
        set_language(settings.language_in(places.settings_file))
        while _has_more(places):
            pass
    except TrayError:
        return 1  # what waits is told next time
    except Exception as error:  # nobody looks at this process
        log.record_crash(places.crash_log, error)
        return 1
    return 0


def _has_more(places: Paths) -> bool:
    """Tell what waits, unless another process is at it; whether more has come by the end.

    It looks again after it has let the other processes in: one that was turned away before that has
    left something that would wait for ever.
    """
    held = lock.acquire(places.hooks_lock)
    if held is None:
        return False
    with open_database(places.database) as db:
        try:
            drain(db, places, os.environ)
        finally:
            held.release()
        return hook_events.is_waiting(db)


def drain(db: Database, places: Paths, environ: Mapping[str, str]) -> None:
    """Tell all that waits, in the order in which it happened."""
    chosen = settings.load(places.settings_file).settings
    regional_formats.use_account(shown_formats(db))
    hook_nudge.watch(db, places, chosen)
    while event := hook_events.next_event(db):
        _tell(db, event, hook_files.find(places.hooks), chosen, environ)
        hook_events.finish(db, event)


def _tell(
    db: Database,
    event: HookEvent,
    found: list[Hook],
    chosen: Settings,
    environ: Mapping[str, str],
) -> None:
    waiting = [each for each in found if each.event == event.event and each.name > event.begun]
    message = hook_message.message(db, event, chosen, now=clock.now()) if waiting else b""
    for hook in waiting:
        hook_events.begin(db, event, hook.name)
        if problem := hook.problem or _chain(event, hook):
            _settle(db, hook, problem, "")
        else:
            result = hook_process.run(hook, message, environ)
            _settle(db, hook, result.failure, result.output)


def _chain(event: HookEvent, hook: Hook) -> str:
    """Why a hook is not told any more of what hooks may have led to."""
    if event.depth <= MOST_DEPTH:
        return ""
    return tr(
        "The hook {name} was not run, as it and {program} set each other off again and again."
    ).format(name=hook.name, program=event.program)


def _settle(db: Database, hook: Hook, failure: str, output: str) -> None:
    """Keep in the journal what a hook wrote; of one that fails on and on only the first."""
    now = clock.now()
    with db.writing():
        if failure:
            if hook_failures.note(db, hook.name, failure):
                journal.add(db, JournalEntry(now, "hook", failure))
            return
        hook_failures.forget(db, hook.name)
        if output:
            sentence = tr("The hook {name} says: {text}").format(name=hook.name, text=output)
            journal.add(db, JournalEntry(now, "hook", sentence))
