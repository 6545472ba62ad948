"""Older history, as the Reports API v3 groups it."""

import re
from typing import Any, Final

from tray.api.codec import msgspec
from tray.api.decode import Decoder
from tray.api.remote_api import NotOffered
from tray.api.remote_values import Older, RemoteEntry
from tray.api.response import Response
from tray.api.timestamps import first_day, last_day, seconds
from tray.api.transport import Transport
from tray.api.wire_models import Id, Link, Timestamp
from tray.errors import Gone, ServerRefused
from tray.sentences import tr

_PAGE_SIZE: Final = 200
_NEXT: Final = {
    "first_id": "X-Next-ID",
    "first_row_number": "X-Next-Row-Number",
    "first_timestamp": "X-Next-Timestamp",
}
"""What the next page is asked for with, and the header that tells it."""
_CURSOR: Final = re.compile(r"(\d*),(\d*),(\d*)", re.ASCII)


class _Span(msgspec.Struct):
    id: Id
    start: Timestamp
    stop: Timestamp | None = None
    seconds: int | None = None


class _ReportRow(msgspec.Struct):
    user_id: Link | None = None
    time_entries: list[_Span] | None = None
    project_id: Link | None = None
    task_id: Link | None = None
    billable: bool | None = None
    description: str | None = None
    tag_ids: list[Id] | None = None
    tag_names: list[str] | None = None
    id: Id | None = None
    start: Timestamp | None = None
    stop: Timestamp | None = None
    dur: int | None = None
    """Milliseconds."""

    def spans(self) -> list[_Span]:
        """The entries of the row: Toggl groups those that are alike, others give one in each row.

        Raises:
            ServerRefused: there is none, so this is some other kind of report.
        """
        if self.time_entries:
            return self.time_entries
        if self.id is None or self.start is None:
            raise ServerRefused(
                tr(
                    "The reports of this server are in a form that is not known here, so older "
                    "entries are not fetched."
                )
            )
        return [_Span(self.id, self.start, self.stop, (self.dur or 0) // 1000)]


def older_entries(
    transport: Transport,
    workspace_id: int,
    begin: int,
    end: int,
    cursor: str,
    *,
    of: int | None = None,
) -> Older:
    """See `Toggl`."""
    if not transport.address.reports:
        raise NotOffered(tr("this server has no reports"))
    body: dict[str, Any] = {
        "start_date": first_day(begin),
        "end_date": last_day(end),
        "page_size": _PAGE_SIZE,
        "enrich_response": True,
        **_from_cursor(cursor),
    }
    if of is not None:
        body["user_ids"] = [of]  # or else it reports the whole team's
    path = f"/workspace/{workspace_id}/search/time_entries"
    try:
        reply = transport.report(path, body=body)
    except Gone as error:
        raise NotOffered(tr("there are no reports at this address")) from error
    rows = Decoder(transport).many(reply, _ReportRow)
    if of is not None:
        rows = [row for row in rows if row.user_id in (None, of)]
    found = [_entry(workspace_id, row, span) for row in rows for span in row.spans()]
    return Older(tuple(each for each in found if begin <= each.start <= end), _cursor(reply))


def _entry(workspace_id: int, row: _ReportRow, span: _Span) -> RemoteEntry:
    start = seconds(span.start)
    stop = start + max(0, span.seconds or 0) if span.stop is None else seconds(span.stop)
    return RemoteEntry(
        id=span.id,
        workspace_id=workspace_id,
        description=row.description or "",
        project_id=row.project_id or None,
        task_id=row.task_id or None,
        tags=tuple(filter(None, row.tag_names or ())),
        tag_ids=tuple(row.tag_ids or ()),
        billable=bool(row.billable),
        start=start,
        stop=max(start, stop),
    )


def _cursor(reply: Response) -> str:
    cursor = [reply.number(header) for header in _NEXT.values()]
    if cursor == [None, None, None]:
        return ""
    return ",".join("" if number is None else str(number) for number in cursor)


def _from_cursor(cursor: str) -> dict[str, int]:
    found = _CURSOR.fullmatch(cursor)
    if not found:
        return {}
    return {name: int(number) for name, number in zip(_NEXT, found.groups(), strict=True) if number}
