"""What the fake server accepts in a time entry, in the words of the real one.

Those of the time, the description and the tags are the messages that its desktop client handles;
how it words a mismatch of stop and duration is not known.
"""

from typing import Final

from tests.fakes.toggl.exchange import Refusal
from tests.fakes.toggl.rows import Entry, Workspace
from tests.fakes.toggl.stamps import day_of
from tests.fakes.toggl.state import State

MAX_SECONDS: Final = 999 * 3600
MAX_DESCRIPTION: Final = 3_000
MAX_TAGS: Final = 50
MISMATCH: Final = "Stop time must be equal to start time plus duration"
LOCKED: Final = "Entries can't be added or edited in this period"


def check_times(state: State, start: int, stop: int | None) -> None:
    """400 for a time that no entry can have."""
    first, last = state.years
    for name, moment in (("Start", start), ("Stop", start if stop is None else stop)):
        if not _has_year(moment, first, last):
            raise Refusal(400, f"{name} time year must be between {first} and {last}")
    if stop is not None and stop < start:
        raise Refusal(400, "Stop time must be after start time")
    if stop is not None and stop - start > MAX_SECONDS:
        raise Refusal(400, "Max allowed duration per 1 time entry is 999 hours")


def check_description(text: str | None) -> None:
    """400 for one that is too long."""
    if text is not None and len(text) > MAX_DESCRIPTION:
        raise Refusal(400, f"Maximum length for description ({MAX_DESCRIPTION} chars) exceeded")


def check_tag_count(count: int) -> None:
    """400 for more tags than an entry can have."""
    if count > MAX_TAGS:
        raise Refusal(400, f"Tags are limited to {MAX_TAGS} per task")


def check_billable(state: State, workspace: Workspace) -> None:
    """402, or 400, where the plan has no billable entries."""
    if not workspace.premium:
        raise Refusal(state.billable_refusal, "Billable is a premium feature")


def check_required(workspace: Workspace, entry: Entry, *, has_tags: bool) -> None:
    """400 for a stopped entry without something the workspace asks for."""
    present = {
        "description": bool(entry.description),
        "project": entry.project_id is not None,
        "task": entry.task_id is not None,
        "tag": has_tags,
    }
    for name in sorted(workspace.required):
        if entry.stop is not None and not present[name]:
            raise Refusal(400, f"unmet constraint: {name}_present")


def check_period(workspace: Workspace, *starts: int) -> None:
    """400 for an entry in a locked period."""
    if workspace.locked_until is not None and min(starts) < workspace.locked_until:
        raise Refusal(400, LOCKED)


def _has_year(moment: int, first: int, last: int) -> bool:
    try:
        return first <= day_of(moment).year <= last
    except (OverflowError, OSError, ValueError):
        return False
