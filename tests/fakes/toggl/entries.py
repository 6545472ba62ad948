"""Making, changing, stopping and deleting time entries, by the rules of the server."""

from copy import copy
from typing import Final

from tests.fakes.toggl import limits
from tests.fakes.toggl.catalogue import make_tag
from tests.fakes.toggl.exchange import Refusal
from tests.fakes.toggl.payload import EntryChange
from tests.fakes.toggl.rows import Entry
from tests.fakes.toggl.state import State, live, of_workspace

NOT_FOUND: Final = "Time entry not found"
INCONSISTENT: Final = "time entry values are inconsistent"


def create(state: State, workspace_id: int, change: EntryChange) -> Entry:
    """Make an entry; the one that runs is stopped, at the server's present, if the new one runs."""
    state.workspace_of(workspace_id)
    if not change.get("created_with"):
        raise Refusal(400, "created_with needs to be provided an a valid string")
    if "start" not in change:
        raise Refusal(400, "Start time must be provided")
    start = change["start"]
    entry = Entry(state.next_id(), workspace_id, start, start, 0, 0)
    entry.created_with = change["created_with"]
    _commit(state, entry, change, before=None)
    return entry


def update(state: State, workspace_id: int, entry_id: int, change: EntryChange) -> Entry:
    """Change what `change` names."""
    state.workspace_of(workspace_id)
    before = found(state, workspace_id, entry_id)
    entry = copy(before)
    _commit(state, entry, change, before=before)
    return entry


def stop(state: State, workspace_id: int, entry_id: int) -> Entry:
    """Stop a running entry at the server's present."""
    state.workspace_of(workspace_id)
    if found(state, workspace_id, entry_id).stop is not None:
        raise Refusal(409, "Time entry already stopped")
    return update(state, workspace_id, entry_id, EntryChange(stop=int(state.now)))


def delete(state: State, workspace_id: int, entry_id: int) -> None:
    """Leave a tombstone in the place of an entry."""
    workspace = state.workspace_of(workspace_id)
    entry = found(state, workspace_id, entry_id)
    limits.check_period(workspace, entry.start)
    entry.at = entry.deleted_at = state.stamp()
    if state.running_id == entry_id:
        state.running_id = None


def found(state: State, workspace_id: int | None, entry_id: int) -> Entry:
    """An entry that is not deleted."""
    entry = state.find(state.time_entries, entry_id, workspace_id)
    if entry is None:
        raise Refusal(404, NOT_FOUND)
    return entry


def _commit(state: State, entry: Entry, change: EntryChange, *, before: Entry | None) -> None:
    """Apply `change` to `entry`, and keep it; nothing at all is kept if it is refused."""
    workspace = state.workspaces[entry.workspace_id]
    _fill(state, entry, change)
    _set_times(entry, change)
    limits.check_times(state, entry.start, entry.stop)
    limits.check_period(workspace, entry.start, entry.start if before is None else before.start)
    tag_ids, unknown = _tags_after(state, entry, change)
    limits.check_tag_count(len(tag_ids) + len(unknown))
    limits.check_required(workspace, entry, has_tags=bool(tag_ids or unknown))

    if entry.stop is None and state.running_id not in (None, entry.id):
        _stop_running(state, entry.start)
    made = [make_tag(state, entry.workspace_id, name).id for name in unknown]
    entry.tag_ids = [*tag_ids, *made]
    entry.at = state.stamp()
    state.time_entries[entry.id] = entry
    if entry.stop is None:
        state.running_id = entry.id
    elif state.running_id == entry.id:
        state.running_id = None


def _fill(state: State, entry: Entry, change: EntryChange) -> None:
    """What needs neither times nor tags."""
    if "description" in change:
        limits.check_description(change["description"])
        entry.description = change["description"]
    if change.get("billable"):
        limits.check_billable(state, state.workspaces[entry.workspace_id])
    entry.billable = change.get("billable", entry.billable)
    if "project_id" in change:
        _set_project(state, entry, change["project_id"])
    if "task_id" in change:
        _set_task(state, entry, change["task_id"], of_project=change.get("project_id"))


def _set_project(state: State, entry: Entry, project_id: int | None) -> None:
    if project_id is not None and not state.find(state.projects, project_id, entry.workspace_id):
        raise Refusal(400, "User cannot access the selected project")
    if project_id != entry.project_id:
        entry.task_id = None
    entry.project_id = project_id


def _set_task(state: State, entry: Entry, task_id: int | None, *, of_project: int | None) -> None:
    """A task brings its project along."""
    if task_id is not None:
        task = state.find(state.tasks, task_id, entry.workspace_id)
        if task is None or of_project not in (None, task.project_id):
            raise Refusal(400, "User cannot access selected task")
        entry.project_id = task.project_id
    entry.task_id = task_id


def _set_times(entry: Entry, change: EntryChange) -> None:
    """Start, stop and duration, of which a request may give any."""
    start = entry.start = change.get("start", entry.start)
    stop, duration = change.get("stop"), change.get("duration")
    if stop is not None:
        if duration is not None and start + duration != stop:
            raise Refusal(400, limits.MISMATCH)
    elif duration is not None:
        stop = None if duration < 0 else start + duration
    elif entry.stop is None:
        # A new start leaves the old epoch in the duration, as on the real server.
        stop, duration = None, entry.duration
    else:
        stop = entry.stop
    entry.stop = stop
    entry.duration = (duration or 0) if stop is None else stop - start


def _tags_after(state: State, entry: Entry, change: EntryChange) -> tuple[list[int], list[str]]:
    """The ids of the tags after a change, and the names of those that must be made."""
    if "tags" not in change and "tag_ids" not in change:
        return entry.tag_ids, []
    known = {tag.name: tag.id for tag in of_workspace(live(state.tags), entry.workspace_id)}
    names = dict.fromkeys(name for name in change.get("tags", ()) if name.strip())
    ids = [tag_id for tag_id in change.get("tag_ids", ()) if tag_id in known.values()]
    ids += [known[name] for name in names if name in known and known[name] not in ids]
    unknown = [name for name in names if name not in known]
    match change.get("tag_action"):
        case "delete" | "remove":
            return [tag_id for tag_id in entry.tag_ids if tag_id not in ids], []
        case "add":
            kept = [tag_id for tag_id in entry.tag_ids if tag_id not in ids]
            return [*kept, *ids], unknown
        case _:
            return ids, unknown


def _stop_running(state: State, new_start: int) -> None:
    """The running entry stops now, even if it lacks something; no sooner than it starts."""
    entry = state.running()
    if entry is not None:
        if state.stops_at_new_start and new_start < entry.start:
            raise Refusal(400, INCONSISTENT)
        stop = new_start if state.stops_at_new_start else int(state.now)
        entry.stop = max(stop, entry.start)
        entry.duration = entry.stop - entry.start
        entry.at = state.stamp()
