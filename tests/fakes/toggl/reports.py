"""The one call of the Reports API v3 that lists history, a page at a time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.fakes.toggl.catalogue import PREMIUM
from tests.fakes.toggl.exchange import Refusal, Reply, answer
from tests.fakes.toggl.payload import NOT_JSON
from tests.fakes.toggl.routing import Call, Router
from tests.fakes.toggl.rows import Entry
from tests.fakes.toggl.stamps import read_day
from tests.fakes.toggl.state import State, live, of_workspace

ROUTES: Final = Router()
USUAL_PAGE: Final = 50
USUAL_DAYS: Final = 7
FREE_DAYS: Final = 366
"""How far back a free plan reports."""


@ROUTES.on("POST", "/workspace/{workspace_id}/search/time_entries")
def search(call: Call) -> Reply:
    sent = call.request.json()
    if not isinstance(sent, dict):
        raise Refusal(400, NOT_JSON)
    begin, end = _range(call.state, sent)
    workspace = call.state.workspace_of(call.number("workspace_id"))
    if not workspace.premium and begin < call.state.now - FREE_DAYS * 24 * 3600:
        raise Refusal(402, PREMIUM)
    found = [
        entry
        for entry in of_workspace(live(call.state.time_entries), workspace.id)
        if begin <= entry.start < end and entry.stop is not None
    ]
    if call.state.report_rows != "grouped":
        return answer([_flat_row(call.state, entry) for entry in found])
    groups = list(_groups(found))
    first, size = int(sent.get("first_row_number") or 1), int(sent.get("page_size") or USUAL_PAGE)
    shown = groups[first - 1 : first - 1 + size]
    rows = [_row(call.state, number, group) for number, group in enumerate(shown, first)]
    reply = answer(rows).with_headers({"X-Page-Size": str(size)})
    following = groups[first - 1 + size :]
    return reply.with_headers(_next(following[0], first + size)) if following else reply


def _range(state: State, sent: dict[str, Any]) -> tuple[int, int]:
    """The first second asked for, and the first after; days are those of the user's zone."""
    begin = read_day(str(sent.get("start_date") or ""))
    if begin is None:
        raise Refusal(400, "Invalid start_date")
    end = begin + timedelta(days=USUAL_DAYS - 1)
    if sent.get("end_date") is not None:
        given = read_day(str(sent["end_date"]))
        if given is None or given < begin:
            raise Refusal(400, "Invalid end_date")
        end = given
    zone = ZoneInfo(state.time_zone)
    first, last = (
        datetime(day.year, day.month, day.day, tzinfo=zone)
        for day in (begin, end + timedelta(days=1))
    )
    return int(first.timestamp()), int(last.timestamp())


def _groups(found: Iterable[Entry]) -> Iterable[list[Entry]]:
    """Neighbours that are alike share a row; newest first."""
    newest = sorted(found, key=lambda entry: (entry.start, entry.id), reverse=True)
    for _, group in groupby(newest, key=_kind):
        yield list(group)


def _kind(entry: Entry) -> tuple[object, ...]:
    return (
        entry.description,
        entry.project_id,
        entry.task_id,
        entry.billable,
        tuple(entry.tag_ids),
    )


def _row(state: State, number: int, group: list[Entry]) -> dict[str, Any]:
    entry = group[0]
    return {
        "user_id": state.user_id,
        "username": state.fullname,
        "project_id": entry.project_id,
        "task_id": entry.task_id,
        "billable": entry.billable,
        "description": entry.description or "",
        "tag_ids": entry.tag_ids,
        "row_number": number,
        "time_entries": [_times(state, each) for each in group],
    }


def _flat_row(state: State, entry: Entry) -> dict[str, Any]:
    if state.report_rows == "other":
        return {"title": entry.description, "time": entry.duration}
    times = _times(state, entry)
    return {
        "id": entry.id,
        "user_id": state.user_id,
        "project_id": entry.project_id,
        "billable": entry.billable,
        "description": entry.description or "",
        "tag_ids": entry.tag_ids,
        "start": times["start"],
        "stop": times["stop"],
        "dur": entry.duration * 1000,
    }


def _times(state: State, entry: Entry) -> dict[str, Any]:
    zone = ZoneInfo(state.time_zone)
    return {
        "id": entry.id,
        "seconds": entry.duration,
        "start": datetime.fromtimestamp(entry.start, zone).isoformat(),
        "stop": datetime.fromtimestamp(entry.stop or 0, zone).isoformat(),
        "at": datetime.fromtimestamp(entry.at // 1_000_000, zone).isoformat(),
    }


def _next(group: list[Entry], number: int) -> dict[str, str]:
    """Where the following page begins."""
    return {
        "X-Next-ID": str(group[0].id),
        "X-Next-Row-Number": str(number),
        "X-Next-Timestamp": str(group[0].start),
    }
