"""From the fields of a time entry, as v8 and v9 name them, to one step of the tracker."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tray.hub import body_fields
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError
from tray.hub.wire_moments import parse_moment
from tray.model.entities import TimeEntry, What
from tray.model.given_times import GivenTimes, times_of_changed, times_of_new
from tray.store import catalogue, entries
from tray.tracker import entries as entry_verbs
from tray.tracker import timer
from tray.tracker.entries import Changes
from tray.tracker.naming import folded
from tray.tracker.resolve import TaggedWhat

NO_WRITER: Final = "created_with needs to be provided an a valid string"
NO_PROJECT: Final = "User cannot access the selected project"
NO_TASK: Final = "User cannot access selected task"
_NO_TAG: Final = "Tag was not found"
_SHARED: Final = "Sharing is not kept on this computer. Share the entry in Toggl Track"
_OTHERS: Final = "Only your own time is kept on this computer"
_REMOVALS: Final = ("delete", "remove")
_SKEW_SECONDS: Final = 2
"""How far ahead a program may have rounded the present moment."""
_MICRO: Final = 1_000_000


def create(call: ApiCall, body: Mapping[str, Any], workspace_id: int) -> int:
    """Make an entry, running or finished; our id of it.

    Raises:
        ApiError: a field is not what it should be.
        UserError: against a rule of the tracker.
    """
    call.names_writer(_created_with(body))
    _check_people(call, body)
    what = _what(call, body, workspace_id)
    return begin(call, what, *times_of_new(_given_times(body)))


def begin(call: ApiCall, what: TaggedWhat, start: int, stop: int | None) -> int:
    """Make an entry with these times; our id of it."""
    if stop is not None:
        made = entry_verbs.add(call.db, what, start=start, stop=stop, now=call.now)
    else:
        start = call.now if 0 < start - call.now <= _SKEW_SECONDS else start
        at = None if start == call.now else start
        made = timer.start(call.db, what, now=call.now, at=at, beside=True)
    return made.entry.id if made.entry else 0


def start_now(call: ApiCall, body: Mapping[str, Any], workspace_id: int) -> int:
    """Start an entry at this moment, whatever else the body says of times; our id of it."""
    call.names_writer(_created_with(body))
    _check_people(call, body)
    return begin(call, _what(call, body, workspace_id), call.now, None)


def stop(call: ApiCall, entry_id: int) -> None:
    """Stop an entry now.

    Raises:
        ApiError: it is stopped already.
    """
    call.names_writer()
    running = entries.running(call.db)
    if running is None or running.id != entry_id:
        raise ApiError(409, "Time entry already stopped")
    timer.stop(call.db, now=call.now)


def update(call: ApiCall, entry_ids: list[int], body: Mapping[str, Any]) -> None:
    """Change the fields of entries that a body names, all in one step.

    Raises:
        ApiError: a field is not what it should be.
        UserError: against a rule of the tracker; then none is changed.
    """
    call.names_writer(body_fields.string(body, "created_with") or "")
    _check_people(call, body)
    times = _given_times(body)
    moment = _only_stops(call, entry_ids, body, times)
    if moment is not None:
        timer.stop(call.db, now=call.now, at=moment)
        return
    changes = _changes(call, body, times)
    entry_verbs.edit(call.db, entry_ids, changes, now=call.now, may_stop=True)


def _only_stops(
    call: ApiCall, entry_ids: list[int], body: Mapping[str, Any], times: GivenTimes
) -> int | None:
    """When the running entry is to stop, if that is all that is to happen; epoch seconds."""
    running = entries.running(call.db)
    if running is None or entry_ids != [running.id]:
        return None
    start, end = times_of_changed(running.start, None, times)
    if end is None or start != running.start or not start <= end <= call.now:
        return None
    what = entry_changes(call, running, body, GivenTimes())
    return end if all(getattr(running, key, None) == value for key, value in what.items()) else None


def _changes(
    call: ApiCall, body: Mapping[str, Any], times: GivenTimes
) -> Callable[[TimeEntry], Changes]:
    return lambda entry: entry_changes(call, entry, body, times)


def entry_changes(
    call: ApiCall, entry: TimeEntry, body: Mapping[str, Any], times: GivenTimes
) -> Changes:
    """What a body changes of an entry; null takes project and task away, and else says nothing."""
    changes: Changes = {}
    start, end = times_of_changed(entry.start, entry.stop, times)
    if start != entry.start:
        changes["start"] = start
    if end is not None and end != entry.stop:
        changes["stop"] = end
    description = body_fields.string(body, "description")
    if description is not None:
        changes["description"] = description
    billable = body_fields.flag(body, "billable")
    if billable is not None:
        changes["billable"] = billable
    if tags := _changed_tags(call, entry, body):
        changes["tags"] = tags[0]
    if "project_id" in body or "pid" in body or _number_of_task(body):
        project_id, task_id = _project_and_task(call, body, entry.project_id)
        changes["project_id"] = project_id
        if task_id is not None:
            changes["task_id"] = task_id
    if ("task_id" in body or "tid" in body) and not _number_of_task(body):
        changes["task_id"] = None
    return changes


def _changed_tags(
    call: ApiCall, entry: TimeEntry, body: Mapping[str, Any]
) -> tuple[list[str], ...]:
    """All tags that an entry is to have, by name, in a tuple; an empty one if they stay."""
    named = body_fields.strings(body, "tags")
    numbered = body_fields.numbers(body, "tag_ids")
    if named is None and numbered is None:
        return ()
    action = (body_fields.string(body, "tag_action") or "").lower()
    if named is None or action:
        given = [*(named or ()), *_names_of_tags(call, numbered or ())]
    else:
        given = [*named]  # of both the names count, as the ids may be those of before
    had = [catalogue.get(call.db, "tag", each).name for each in entry.tag_ids]
    keys = {folded(each) for each in given}
    if action == "add":
        return ([*had, *given],)
    if action in _REMOVALS:
        return ([each for each in had if folded(each) not in keys],)
    if action:
        raise ApiError(400, "Invalid tag_action")
    return (given,)


def _names_of_tags(call: ApiCall, numbers: tuple[int, ...]) -> list[str]:
    rows = [call.named("tag", each, _NO_TAG) or 0 for each in numbers]
    return [catalogue.get(call.db, "tag", row).name for row in rows]


def _what(call: ApiCall, body: Mapping[str, Any], workspace_id: int) -> TaggedWhat:
    project_id, task_id = _project_and_task(call, body, None)
    if project_id is not None:
        owner = catalogue.get(call.db, "project", project_id).workspace_id
        if owner != workspace_id:
            raise ApiError(400, NO_PROJECT)
    tags = body_fields.strings(body, "tags") or ()
    numbers = body_fields.numbers(body, "tag_ids") or ()
    what = What(
        workspace_id,
        body_fields.string(body, "description") or "",
        project_id,
        task_id,
        (),
        bool(body_fields.flag(body, "billable")),
    )
    clean = what._replace(description=" ".join(what.description.split()))
    return TaggedWhat(clean, (*tags, *_names_of_tags(call, numbers)))


def _project_and_task(
    call: ApiCall, body: Mapping[str, Any], project_id: int | None
) -> tuple[int | None, int | None]:
    """Our ids; a task brings its project along."""
    given = body_fields.whole_number(body, "project_id", "pid")
    if given or "project_id" in body or "pid" in body:
        project_id = call.named("project", given, NO_PROJECT)
    task_id = call.named("task", _number_of_task(body), NO_TASK)
    if task_id is not None and not given:
        project_id = catalogue.get(call.db, "task", task_id).project_id
    return project_id, task_id


def _number_of_task(body: Mapping[str, Any]) -> int | None:
    return body_fields.whole_number(body, "task_id", "tid")


def _given_times(body: Mapping[str, Any]) -> GivenTimes:
    start = body_fields.moment(body, "start")
    day = body_fields.string(body, "start_date")
    if day and start is not None:
        midnight = parse_moment(day[:10])
        if midnight is None:
            raise ApiError(400, "Invalid start_date")
        start = midnight + start % (86_400 * _MICRO)
    return GivenTimes(
        start, body_fields.moment(body, "stop"), body_fields.whole_number(body, "duration")
    )


def _created_with(body: Mapping[str, Any]) -> str:
    found = body.get("created_with")
    if not isinstance(found, str) or not found.strip():
        raise ApiError(400, NO_WRITER)
    return found


def _check_people(call: ApiCall, body: Mapping[str, Any]) -> None:
    """Raise `ApiError` if somebody else is meant."""
    if body_fields.whole_number(body, "user_id", "uid") not in (None, call.owner.id):
        raise ApiError(400, _OTHERS)
    if body_fields.numbers(body, "shared_with_user_ids"):
        raise ApiError(400, _SHARED)
