"""The calls of v9 that read and write time entries."""

from collections.abc import Sequence
from typing import Final

from tray.api.decode import Calls
from tray.api.remote_values import Bulk, EntryFields, Page, RemoteEntry, TagAction
from tray.api.request_bodies import TimeEntryBody, entry_body, new_entry_body, patch_body
from tray.api.team_values import EntryDetails
from tray.api.team_wire import entry_details
from tray.api.timestamps import stamp
from tray.api.transport import Query
from tray.api.wire_models import FullWireEntry, Patched, WireEntry
from tray.errors import Gone, ServerRefused

MOST_IN_LIST: Final = 1_000
"""More entries the server does not list at once; it leaves out the earliest."""
MOST_IN_BULK: Final = 100


class V9Entries(Calls):
    """Time entries of the account."""

    def entries_since(self, since: int) -> Page:
        """See `Toggl`."""
        return self._page({"since": since}, default_field="since")

    def entries_between(self, begin: int, end: int) -> Page:
        """See `Toggl`."""
        query = {"start_date": stamp(begin), "end_date": stamp(end)}
        page = self._page(query, default_field="start_date")
        inside = tuple(each for each in page.entries if begin <= each.start < end)
        return page._replace(entries=inside)

    def entries_before(self, before: int) -> Page:
        """The latest entries that started before a moment, newest first."""
        return self._page({"before": stamp(before)}, default_field="before")

    def time_entries(
        self,
        *,
        since: int | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
        before: str | None = None,
        meta: bool = False,
    ) -> list[FullWireEntry]:
        """The list with all that the server tells; `since` goes with none of the others.

        Args:
            since: Epoch seconds: what changed after it, deleted ones included.
            start_date: ``YYYY-MM-DD`` or RFC 3339; goes with `end_date`.
            end_date: Likewise.
            before: Likewise, alone: what started before it.
            meta: Whether to tell the names of project, client, task and user too.
        """
        given = {"since": since, "start_date": start_date, "end_date": end_date, "before": before}
        query: dict[str, str | int] = {
            name: value for name, value in given.items() if value is not None
        }
        if meta:
            query["meta"] = "true"
        reply = self._transport.request("GET", "/me/time_entries", query=query)
        return self._read.many(reply, FullWireEntry)

    def current(self) -> RemoteEntry | None:
        """See `Toggl`."""
        try:
            reply = self._transport.request("GET", "/me/time_entries/current")
        except Gone:
            return None
        except ServerRefused as refused:
            if refused.status == 405:
                return None
            raise
        entry = self._read.maybe(reply, WireEntry)
        return None if entry is None else entry.value()

    def entry(self, entry_id: int) -> RemoteEntry:
        """See `Toggl`."""
        reply = self._transport.request("GET", f"/me/time_entries/{entry_id}")
        return self._read.one(reply, WireEntry).value()

    def create_entry(self, workspace_id: int, fields: EntryFields) -> RemoteEntry:
        """See `Toggl`."""
        body = new_entry_body(workspace_id, fields)
        reply = self._transport.request("POST", _entries(workspace_id), body=body)
        return self._read.one(reply, WireEntry).value()

    def create_time_entry(
        self, workspace_id: int, body: TimeEntryBody, *, meta: bool = False
    ) -> FullWireEntry:
        """Make an entry with any of the fields that v9 has.

        Args:
            workspace_id: The server's id of the workspace.
            body: What is sent, as it is.
            meta: Whether to tell the names of project, client, task and user in the answer.
        """
        query = {"meta": "true"} if meta else None
        reply = self._transport.request("POST", _entries(workspace_id), query=query, body=body)
        return self._read.one(reply, FullWireEntry)

    def add_entry_for(self, workspace_id: int, fields: EntryFields, user_id: int) -> EntryDetails:
        """See `OnlineToggl`."""
        body = new_entry_body(workspace_id, fields)
        body.user_id = user_id
        return entry_details(self.create_time_entry(workspace_id, body, meta=True))

    def update_entry(
        self,
        workspace_id: int,
        entry_id: int,
        fields: EntryFields,
        *,
        duration: int | None = None,
    ) -> RemoteEntry:
        """See `Toggl`."""
        path = f"{_entries(workspace_id)}/{entry_id}"
        reply = self._transport.request("PUT", path, body=entry_body(fields))
        return self._read.one(reply, WireEntry).value()

    def stop_entry(self, workspace_id: int, entry_id: int) -> RemoteEntry:
        """See `Toggl`."""
        path = f"{_entries(workspace_id)}/{entry_id}/stop"
        return self._read.one(self._transport.request("PATCH", path), WireEntry).value()

    def update_entries(
        self,
        workspace_id: int,
        entry_ids: Sequence[int],
        fields: EntryFields,
        *,
        tag_action: TagAction | None = None,
    ) -> Bulk:
        """See `Toggl`."""
        if not 0 < len(entry_ids) <= MOST_IN_BULK:
            raise ValueError(f"1 to {MOST_IN_BULK} entries at once, not {len(entry_ids)}")
        path = f"{_entries(workspace_id)}/{','.join(map(str, entry_ids))}"
        reply = self._transport.request("PATCH", path, body=patch_body(fields, tag_action))
        return self._read.one(reply, Patched).value()

    def delete_entry(self, workspace_id: int, entry_id: int) -> None:
        """See `Toggl`."""
        self._transport.request("DELETE", f"{_entries(workspace_id)}/{entry_id}")

    def _page(self, query: Query, *, default_field: str) -> Page:
        reply = self._transport.request(
            "GET", "/me/time_entries", query=query, default_field=default_field
        )
        found, skipped = self._read.sifted(reply, WireEntry, "entry")
        newest_first = sorted((each.value() for each in found), key=_start, reverse=True)
        complete = len(found) + len(skipped) < MOST_IN_LIST
        return Page(tuple(newest_first), complete, skipped)


def _start(entry: RemoteEntry) -> int:
    return entry.start


def _entries(workspace_id: int) -> str:
    return f"/workspaces/{workspace_id}/time_entries"
