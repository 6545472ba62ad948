"""The notification about a change, with buttons that know which change they are about."""

from tray.desktop.notifier import Action, Notification
from tray.language import tr
from tray.session.tracking import Tracking
from tray.tracker import entries
from tray.tracker.outcome import Outcome


def notification(outcome: Outcome, title: str, body: str) -> Notification:
    """Say what was done and what is worth knowing besides, with ways to put it right."""
    actions = [Action(f"undo {outcome.step_id}", tr("Undo"))]
    if outcome.overlaps and outcome.entry is not None:
        actions.append(Action(f"trim {outcome.entry.id}", tr("Trim")))
    text = " ".join(filter(None, (body, *outcome.remarks)))
    return Notification("change", title, text, tuple(actions))


def act(tracking: Tracking, key: str) -> bool:
    """Do what a button of such a notification says; False if it is none of these."""
    word, _, number = key.partition(" ")
    if not number.isdecimal():
        return False
    if word == "undo":
        tracking.undo_step(int(number))
    elif word == "trim":
        trim(tracking, int(number))
    return word in ("undo", "trim")


def trim(tracking: Tracking, entry_id: int) -> Outcome | None:
    """Shorten what an entry lies over."""
    return tracking.run(lambda now: entries.edit(tracking.db, [entry_id], {}, now=now, trim=True))
