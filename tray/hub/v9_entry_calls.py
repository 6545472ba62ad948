"""The calls of v9 that read and write time entries."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from tray.hub import body_fields, entry_patch, entry_writing
from tray.hub import v9_shapes as shapes
from tray.hub.api_call import ApiCall
from tray.hub.api_reply import ApiError, ApiReply, answer, answer_rows
from tray.hub.api_routes import ApiRoutes
from tray.model.limits import EARLIEST, LATEST
from tray.store import catalogue, entry_changes
from tray.store.entry_changes import EntryState
from tray.tracker import entries as entry_verbs

ROUTES: Final = ApiRoutes()
MOST: Final = 1_000
"""Entries in one list of a range, as on Toggl's server."""
_RECENT_DAYS: Final = 10
"""How far back those reach that come with ``/me``."""
_SINCE: Final = "Since is expected to be an unix timestamp, integer value"
_ALL: Final = "/workspaces/<id:workspace>/time_entries"
_ONE: Final = f"{_ALL}/<id:entry>"


def shown(call: ApiCall, state: EntryState) -> dict[str, Any]:
    """One entry, with the names behind its ids where they are asked for."""
    names = catalogue.names_of(call.db, state.entry)
    return shapes.entry(call, state, names, meta=call.asks("meta"))


def shown_row(call: ApiCall, entry_id: int) -> ApiReply:
    """The entry with our id, as it is now."""
    state = entry_changes.one(call.db, entry_id)
    if state is None:
        raise ApiError(404, "Time entry not found")
    return answer(shown(call, state))


def recent_rows(call: ApiCall) -> Iterator[dict[str, Any]]:
    """The entries of the last days, the latest first."""
    today = datetime.fromtimestamp(call.now, call.owner.time_zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    begin = int((today - timedelta(days=_RECENT_DAYS)).timestamp())
    return _rows(call, entry_changes.started_between(call.db, begin, LATEST, MOST), meta=False)


def _rows(call: ApiCall, states: Iterable[EntryState], *, meta: bool) -> Iterator[dict[str, Any]]:
    names = catalogue.names(call.db)
    call.ids.read_all("project", "task", "tag", "workspace")
    return (shapes.entry(call, state, names, meta=meta) for state in states)


@ROUTES.on("GET", "/me/time_entries/current")
def current(call: ApiCall) -> ApiReply:
    """What runs, or null."""
    state = entry_changes.running(call.db)
    return answer(state and shown(call, state))


@ROUTES.on("GET", "/me/time_entries/<id:entry>")
def one(call: ApiCall) -> ApiReply:
    """One entry."""
    return shown_row(call, call.ids.entry_row(call.numbers["entry"]))


@ROUTES.on("GET", "/me/time_entries")
def listed(call: ApiCall) -> ApiReply:
    """What changed, deleted entries too; or the entries that start in a range."""
    meta = call.asks("meta")
    for other in ("before", "start_date", "end_date"):
        if call.text("since") and call.text(other):
            raise ApiError(400, f"'since' and '{other}' can not be present simultaneously")
    since = call.whole("since", _SINCE)
    if since is not None:
        states = entry_changes.changed_since(call.db, since)
        return answer_rows(_rows(call, states, meta=meta))
    if bool(call.text("start_date")) != bool(call.text("end_date")):
        raise ApiError(400, "start_date and end_date must be present together")
    begin = call.moment("start_date")
    end = call.moment("end_date" if begin is not None else "before")
    some = entry_changes.started_between(
        call.db,
        EARLIEST if begin is None else begin,
        LATEST + 1 if end is None else end,
        MOST,
    )
    return answer_rows(_rows(call, some, meta=meta))


@ROUTES.on("POST", _ALL, "/time_entries")
def create(call: ApiCall) -> ApiReply:
    """Make an entry, running or finished."""
    body = call.object()
    number = call.numbers.get("workspace") or body_fields.whole_number(body, "workspace_id", "wid")
    if not number:
        raise ApiError(400, "Missing or invalid workspace_id")
    return shown_row(call, entry_writing.create(call, body, call.workspace(number)))


@ROUTES.on("PUT", _ONE, "/time_entries/<id:entry>")
def update(call: ApiCall) -> ApiReply:
    """Change what the body names."""
    entry_id = call.ids.entry_row(call.numbers["entry"])
    entry_writing.update(call, [entry_id], call.object())
    return shown_row(call, call.ids.entry_row(call.numbers["entry"]))


@ROUTES.on("PATCH", f"{_ONE}/stop")
def stop(call: ApiCall) -> ApiReply:
    """Stop an entry now."""
    entry_id = call.ids.entry_row(call.numbers["entry"])
    entry_writing.stop(call, entry_id)
    return shown_row(call, entry_id)


@ROUTES.on("PATCH", f"{_ALL}/<ids:entries>")
def patch(call: ApiCall) -> ApiReply:
    """Change several entries alike; those that cannot be changed are named."""
    return answer(entry_patch.patch(call, call.numbers["entries"]))


@ROUTES.on("DELETE", _ONE, "/time_entries/<id:entry>")
def delete(call: ApiCall) -> ApiReply:
    """Delete an entry."""
    call.names_writer()
    entry_verbs.delete(call.db, [call.ids.entry_row(call.numbers["entry"])], now=call.now)
    return ApiReply(200)
