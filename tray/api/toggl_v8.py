"""Toggl's API v8, which Toggl itself has switched off, for servers that still speak it."""

from collections.abc import Sequence
from typing import Any, Final, NoReturn

from tray.api.codec import Raw
from tray.api.remote_api import NotOffered
from tray.api.remote_values import (
    Bulk,
    EntryFields,
    Me,
    Older,
    Page,
    Quota,
    RemoteEntry,
    Skipped,
    TagAction,
)
from tray.api.request_bodies import CREATED_WITH
from tray.api.response import Response
from tray.api.timestamps import stamp
from tray.api.tolerant import sift
from tray.api.v8_catalogue import V8Catalogue
from tray.api.v8_team import V8Team
from tray.api.wire_models import WireAccount, WireEntry, WireWorkspace
from tray.errors import TooLong
from tray.sentences import tr

MOST_IN_LIST: Final = 1_000
"""More entries the server does not list at once; it leaves out the latest."""
MOST_IN_BULK: Final = 100

_NAMES: Final = {
    "description": "description",
    "project_id": "pid",
    "task_id": "tid",
    "billable": "billable",
}
"""Our fields of an entry, and what v8 calls them."""


class TogglV8(V8Catalogue, V8Team):
    """A signed-in connection that speaks v8."""

    has_quota = False
    reports_deletions = False
    tags_have_ids = False
    _is_too_long = False

    def me(self) -> Me:
        """See `Toggl`."""
        if not self._is_too_long:
            try:
                query = {"with_related_data": "true"}
                reply = self._transport.request("GET", "/me", query=query)
                return self._read.account(self._read.unwrapped(reply))
            except TooLong:
                self._is_too_long = True
        return self.me_by_parts()

    def me_by_parts(self) -> Me:
        """See `Toggl`."""
        reply = self._read.unwrapped(self._transport.request("GET", "/me"))
        account = self._read.one(reply, WireAccount)
        account.workspaces = self._part("/workspaces")
        account.clients, account.projects, account.tasks, account.tags = [], [], [], []
        for each in sift(account.workspaces, WireWorkspace, "workspace").shapes:
            account.clients += self._part(f"/workspaces/{each.id}/clients")
            account.projects += self._part(f"/workspaces/{each.id}/projects", active="both")
            account.tasks += self._part(f"/workspaces/{each.id}/tasks", active="both")
            account.tags += self._part(f"/workspaces/{each.id}/tags")
        return self._read.account(reply, account)

    def _part(self, path: str, **query: str) -> list[Raw]:
        return self._read.many(self._transport.request("GET", path, query=query), Raw)

    def formats(self) -> NoReturn:
        """Not in v8."""
        raise NotOffered(tr("v8 tells this with the account"))

    def entries_since(self, since: int) -> NoReturn:
        """Not in v8."""
        raise NotOffered(tr("v8 does not tell what was deleted"))

    def entries_between(self, begin: int, end: int) -> Page:
        """See `Toggl`; takes a request for each thousand entries."""
        found: dict[int, RemoteEntry] = {}
        skipped: set[Skipped] = set()
        after = begin
        while True:
            some, left_out = self._some(after, end)
            known = len(found)
            found.update((each.id, each) for each in some)
            skipped.update(left_out)
            whole = len(some) + len(left_out) < MOST_IN_LIST
            if whole or len(found) == known or _newest_first(some):
                break
            after = max(each.start for each in some)
        inside = [each for each in found.values() if begin <= each.start < end]
        inside.sort(key=lambda entry: entry.start, reverse=True)
        return Page(tuple(inside), whole, tuple(skipped))

    def _some(self, begin: int, end: int) -> tuple[list[RemoteEntry], tuple[Skipped, ...]]:
        """The first thousand entries of a time; without one, it would be the last nine days."""
        query = {"start_date": stamp(begin), "end_date": stamp(end)}
        reply = self._transport.request(
            "GET", "/time_entries", query=query, default_field="start_date"
        )
        found, skipped = self._read.sifted(reply, WireEntry, "entry")
        return [each.value() for each in found], skipped

    def current(self) -> RemoteEntry | None:
        """See `Toggl`."""
        reply = self._read.unwrapped(self._transport.request("GET", "/time_entries/current"))
        entry = self._read.maybe(reply, WireEntry)
        return None if entry is None else entry.value()

    def entry(self, entry_id: int) -> RemoteEntry:
        """See `Toggl`."""
        return self._entry(self._transport.request("GET", f"/time_entries/{entry_id}"))

    def create_entry(self, workspace_id: int, fields: EntryFields) -> RemoteEntry:
        """See `Toggl`."""
        body = {"wid": workspace_id, "created_with": CREATED_WITH, **_body(fields)}
        return self._entry(self._send("POST", "/time_entries", body))

    def start_entry(self, workspace_id: int, fields: EntryFields) -> RemoteEntry:
        """Make an entry that runs from the server's present moment on; `fields` has no times."""
        body = {"wid": workspace_id, "created_with": CREATED_WITH, **_body(fields)}
        return self._entry(self._send("POST", "/time_entries/start", body))

    def update_entry(
        self,
        workspace_id: int,
        entry_id: int,
        fields: EntryFields,
        *,
        duration: int | None = None,
    ) -> RemoteEntry:
        """See `Toggl`."""
        body = _body(fields)
        if duration is not None:
            body["duration"] = duration
        return self._entry(self._send("PUT", f"/time_entries/{entry_id}", body))

    def stop_entry(self, workspace_id: int, entry_id: int) -> RemoteEntry:
        """See `Toggl`."""
        return self._entry(self._transport.request("PUT", f"/time_entries/{entry_id}/stop"))

    def update_entries(
        self,
        workspace_id: int,
        entry_ids: Sequence[int],
        fields: EntryFields,
        *,
        tag_action: TagAction | None = None,
    ) -> Bulk:
        """See `Toggl`; in v8, only their tags."""
        if not 0 < len(entry_ids) <= MOST_IN_BULK:
            raise ValueError(f"1 to {MOST_IN_BULK} entries at once, not {len(entry_ids)}")
        if fields.keys() != {"tags"}:
            raise NotOffered(tr("v8 changes nothing but the tags of several entries at once"))
        path = f"/time_entries/{','.join(map(str, entry_ids))}"
        body = _body(fields) | ({"tag_action": tag_action} if tag_action else {})
        reply = self._read.unwrapped(self._send("PUT", path, body))
        if len(entry_ids) == 1:
            done = {self._read.sole(reply, WireEntry).id}
        else:
            done = {each.id for each in self._read.many(reply, WireEntry)}
        return Bulk(
            done=tuple(each for each in entry_ids if each in done),
            failed={each: "" for each in entry_ids if each not in done},
        )

    def delete_entry(self, workspace_id: int, entry_id: int) -> None:
        """See `Toggl`."""
        self._transport.request("DELETE", f"/time_entries/{entry_id}")

    def quota(self) -> list[Quota]:
        """Not in v8."""
        raise NotOffered(tr("v8 does not count requests"))

    def older_entries(
        self, workspace_id: int, begin: int, end: int, cursor: str = "", *, of: int | None = None
    ) -> Older:
        """Not in v8, whose list of entries reaches back as far as there are any."""
        raise NotOffered(tr("v8 lists older entries like all others"))

    def close(self) -> None:
        """See `Toggl`."""
        self._transport.close()

    def _send(self, method: str, path: str, entry: dict[str, Any]) -> Response:
        return self._transport.request(method, path, body={"time_entry": entry})

    def _entry(self, reply: Response) -> RemoteEntry:
        return self._read.one(self._read.unwrapped(reply), WireEntry).value()


def _newest_first(entries: list[RemoteEntry]) -> bool:
    """Whether it is the earliest entries that such a list leaves out."""
    return entries[0].start > entries[-1].start


def _body(fields: EntryFields) -> dict[str, Any]:
    """The fields of an entry as v8 has them; a start comes with a duration."""
    body: dict[str, Any] = {
        theirs: fields.get(ours) for ours, theirs in _NAMES.items() if ours in fields
    }
    if "tags" in fields:
        body["tags"] = list(fields["tags"])
    start, stop = fields.get("start"), fields.get("stop")
    if start is not None:
        body["start"] = stamp(start)
    if stop is not None:
        body["stop"] = stamp(stop)
    if start is not None:
        body["duration"] = -start if stop is None else stop - start
    return body
