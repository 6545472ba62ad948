"""The reports v3 that programs ask for, counted as Toggl counts: whole entries on their first day.

What runs is left out, as there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import dropwhile, islice
from typing import Any, Final, NamedTuple

from tray.api.timestamps import stamp
from tray.hub import body_fields
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError, ApiReply, answer
from tray.hub.api_routes import ApiRoutes
from tray.hub.v9_shapes import Json
from tray.hub.wire_ids import wire_id
from tray.model.entities import What
from tray.store import catalogue, entry_changes
from tray.store.entry_changes import EntryState

ROUTES: Final = ApiRoutes()
_PLACE: Final = "/workspace/<id:workspace>"
_USUAL_DAYS: Final = 7
_PAGE: Final = 50
_LARGEST_PAGE: Final = 1_000
_ALL: Final = 2**62
_KEYS: Final = ("projects", "clients", "users", "tasks", "tags", "time_entries")


class _Wanted(NamedTuple):
    """What a body asks for."""

    begin: int
    end: int
    first: date
    last: date
    workspace_id: int
    body: Mapping[str, Any]


def _wanted(call: ApiCall) -> _Wanted:
    body = call.object()
    workspace_id = call.workspace()
    first = _day(body, "start_date")
    last = _day(body, "end_date")
    if first is None:
        first = (last or _today(call)) - timedelta(days=_USUAL_DAYS - 1)
    last = last or first + timedelta(days=_USUAL_DAYS - 1)
    if last < first:
        raise ApiError(400, "end_date must not be before start_date")
    return _Wanted(
        _midnight(call, first),
        _midnight(call, last + timedelta(days=1)),
        first,
        last,
        workspace_id,
        body,
    )


def _today(call: ApiCall) -> date:
    """Today, where the user is."""
    return datetime.fromtimestamp(call.now, call.owner.time_zone).date()


def _day(body: Mapping[str, Any], name: str) -> date | None:
    text = body_fields.string(body, name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ApiError(400, f"Invalid {name}") from None


def _midnight(call: ApiCall, day: date) -> int:
    zone = call.owner.time_zone
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def _states(call: ApiCall, wanted: _Wanted) -> Iterator[EntryState]:
    """The finished entries that are asked for, the latest first."""
    call.ids.read_all("project", "client", "task", "tag")
    clients = {row.id: row.client_id for row in catalogue.projects(call.db)}
    for state in entry_changes.started_between(call.db, wanted.begin, wanted.end, _ALL):
        of = state.entry
        if of.stop is None or of.workspace_id != wanted.workspace_id:
            continue
        facts: dict[str, list[int | None]] = {
            "project_ids": [call.ids.of_optional("project", of.project_id)],
            "task_ids": [call.ids.of_optional("task", of.task_id)],
            "client_ids": [call.ids.of_optional("client", clients.get(of.project_id or 0))],
            "tag_ids": [call.ids.of("tag", each) for each in of.tag_ids] or [None],
            "user_ids": [call.owner.id],
            "time_entry_ids": [wire_id(of.id, state.remote_id)],
        }
        if _fits(wanted.body, facts) and _fits_otherwise(wanted.body, state):
            yield state


def _fits(body: Mapping[str, Any], facts: dict[str, list[int | None]]) -> bool:
    for name, values in facts.items():
        some = body.get(name)
        if isinstance(some, list) and some and not any(value in some for value in values):
            return False
    return True


def _fits_otherwise(body: Mapping[str, Any], state: EntryState) -> bool:
    of = state.entry
    seconds = (of.stop or of.start) - of.start
    billable, text = body.get("billable"), body.get("description")
    least, most = body.get("min_duration_seconds"), body.get("max_duration_seconds")
    return (
        (not isinstance(billable, bool) or of.billable == billable)
        and (not isinstance(text, str) or not text or text.casefold() in of.description.casefold())
        and (not isinstance(least, int) or seconds >= least)
        and (not isinstance(most, int) or not most or seconds <= most)
    )


@ROUTES.on("POST", f"{_PLACE}/summary/time_entries")
def summary(call: ApiCall) -> ApiReply:
    """How long, by two things below each other."""
    wanted = _wanted(call)
    outer = _grouping(wanted.body, "grouping", "projects")
    inner = _grouping(wanted.body, "sub_grouping", "time_entries")
    names = catalogue.names(call.db)
    groups: dict[Any, dict[tuple[Any, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    seconds: dict[Any, dict[tuple[Any, str], int]] = defaultdict(lambda: defaultdict(int))
    with_ids = wanted.body.get("include_time_entry_ids") is True
    for state in _states(call, wanted):
        key, part = _key(call, outer, state, names), _key(call, inner, state, names)
        seconds[key][part] += (state.entry.stop or 0) - state.entry.start
        if with_ids:
            groups[key][part].append(wire_id(state.entry.id, state.remote_id))
    return answer(
        {
            "groups": [
                {
                    "id": key[0],
                    "title": key[1] or None,
                    "sub_groups": [
                        {
                            "id": part[0],
                            "title": part[1] or None,
                            "seconds": length,
                            "rates": None,
                            **({"ids": groups[key][part]} if with_ids else {}),
                        }
                        for part, length in parts.items()
                    ],
                }
                for key, parts in seconds.items()
            ]
        }
    )


def _grouping(body: Mapping[str, Any], name: str, usual: str) -> str:
    found = body_fields.string(body, name) or usual
    if found not in _KEYS:
        raise ApiError(400, f"Invalid {name}")
    return found


def _key(call: ApiCall, kind: str, state: EntryState, names: catalogue.Names) -> tuple[Any, str]:
    of = state.entry
    project = names.projects.get(of.project_id or 0)
    match kind:
        case "projects":
            return call.ids.of_optional("project", of.project_id), project.name if project else ""
        case "clients":
            client = names.clients.get((project.client_id if project else None) or 0)
            return call.ids.of_optional(
                "client", client and client.id
            ), client.name if client else ""
        case "tasks":
            task = names.tasks.get(of.task_id or 0)
            return call.ids.of_optional("task", of.task_id), task.name if task else ""
        case "tags":
            tags = [names.tags[each].name for each in of.tag_ids]
            return tuple(call.ids.of("tag", each) for each in of.tag_ids), ", ".join(tags)
        case "users":
            return call.owner.id, call.owner.name
    return None, of.description


@ROUTES.on("POST", f"{_PLACE}/weekly/time_entries")
def weekly(call: ApiCall) -> ApiReply:
    """The seconds of each day, by project."""
    wanted = _wanted(call)
    days = (wanted.last - wanted.first).days + 1
    if days > 366:
        raise ApiError(400, "The range is longer than a year")
    zone = call.owner.time_zone
    rows: dict[int | None, list[int]] = defaultdict(lambda: [0] * days)
    for state in _states(call, wanted):
        of = state.entry
        day = (datetime.fromtimestamp(of.start, zone).date() - wanted.first).days
        number = call.ids.of_optional("project", of.project_id)
        rows[number][day] += (of.stop or 0) - of.start
    return answer(
        [
            {"user_id": call.owner.id, "project_id": number, "seconds": seconds}
            for number, seconds in rows.items()
        ]
    )


@ROUTES.on("POST", f"{_PLACE}/search/time_entries")
def search(call: ApiCall) -> ApiReply:
    """The entries themselves, those that say the same beside each other in one row; a page."""
    wanted = _wanted(call)
    size = body_fields.whole_number(wanted.body, "page_size") or _PAGE
    size = min(max(1, size), _LARGEST_PAGE)
    first = max(1, body_fields.whole_number(wanted.body, "first_row_number") or 1)
    moment = body_fields.whole_number(wanted.body, "first_timestamp")
    number = body_fields.whole_number(wanted.body, "first_id")
    if moment is None or number is None:
        some = [*islice(_runs(_states(call, wanted)), first - 1, first + size)]
    else:  # where the page before has said that this one begins
        rest = _states(call, wanted._replace(end=min(wanted.end, moment + 1)))
        rest = dropwhile(lambda each: wire_id(each.entry.id, each.remote_id) != number, rest)
        some = [*islice(_runs(rest), size + 1)]
    rows = [_row(call, number, run) for number, run in enumerate(some[:size], first)]
    heads: tuple[tuple[str, str], ...] = (("X-Page-Size", str(size)),)
    if len(some) > size:
        following = some[size][0]
        heads += (
            ("X-Next-ID", str(wire_id(following.entry.id, following.remote_id))),
            ("X-Next-Row-Number", str(first + size)),
            ("X-Next-Timestamp", str(following.entry.start)),
        )
    return answer(rows)._replace(heads=heads)


def _runs(states: Iterator[EntryState]) -> Iterator[list[EntryState]]:
    """Neighbours that say the same, together; at most as many as a page has."""
    run: list[EntryState] = []
    what: What | None = None
    for state in states:
        if run and (state.entry.what != what or len(run) == _LARGEST_PAGE):
            yield run
            run = []
        what = state.entry.what
        run.append(state)
    if run:
        yield run


def _row(call: ApiCall, number: int, run: list[EntryState]) -> Json:
    of = run[0].entry
    return {
        "user_id": call.owner.id,
        "username": call.owner.name,
        "project_id": call.ids.of_optional("project", of.project_id),
        "task_id": call.ids.of_optional("task", of.task_id),
        "billable": of.billable,
        "description": of.description,
        "tag_ids": [call.ids.of("tag", each) for each in of.tag_ids],
        "billable_amount_in_cents": None,
        "hourly_rate_in_cents": None,
        "currency": "USD",
        "row_number": number,
        "time_entries": [_times(call, state) for state in run],
    }


def _times(call: ApiCall, state: EntryState) -> Json:
    of, zone = state.entry, call.owner.time_zone
    stop = of.stop or of.start
    return {
        "id": wire_id(of.id, state.remote_id),
        "seconds": stop - of.start,
        "start": datetime.fromtimestamp(of.start, zone).isoformat(),
        "stop": datetime.fromtimestamp(stop, zone).isoformat(),
        "at": stamp(state.at),
        "at_tz": datetime.fromtimestamp(state.at, zone).isoformat(),
    }
