"""Toggl Track's API v9, by itself or through a gateway."""

from collections.abc import Iterator
from typing import Annotated, TypeAlias

from tray.api import reports
from tray.api.codec import Meta, Raw, Struct
from tray.api.remote_values import Me, Older, Quota
from tray.api.tolerant import sift
from tray.api.v9_catalogue import PER_PAGE, V9Catalogue
from tray.api.v9_entries import V9Entries
from tray.api.v9_profile import V9Profile
from tray.api.v9_team import V9Team
from tray.api.wire_models import Link, WireAccount, WireWorkspace
from tray.errors import Gone, TooLong

_Count: TypeAlias = Annotated[int, Meta(ge=-(2**31), le=2**31)]


class _Bucket(Struct):
    organization_id: Link | None = None
    remaining: _Count = 0
    total: _Count = 0
    resets_in_secs: _Count | None = None

    def value(self) -> Quota:
        who = "user" if self.organization_id is None else f"organization {self.organization_id}"
        return Quota(who, self.remaining, self.total, max(0, self.resets_in_secs or 0))


class TogglV9(V9Entries, V9Catalogue, V9Team, V9Profile):
    """A signed-in connection that speaks v9."""

    has_quota = True
    reports_deletions = True
    tags_have_ids = True
    _is_too_long = False

    def me(self) -> Me:
        """See `Toggl`."""
        if not self._is_too_long:
            try:
                reply = self._transport.request("GET", "/me", query={"with_related_data": "true"})
                return self._read.account(reply)
            except TooLong:
                self._is_too_long = True
        return self.me_by_parts()

    def me_by_parts(self) -> Me:
        """See `Toggl`."""
        reply = self._transport.request("GET", "/me")
        account = self._read.one(reply, WireAccount)
        account.workspaces = self._part("/me/workspaces")
        account.clients = self._part("/me/clients")
        account.tags = self._part("/me/tags")
        unlisted: frozenset[str] = frozenset()
        try:
            account.tasks = self._part("/me/tasks", include_not_active="true")
        except Gone:  # what no server but Toggl's needs to have
            unlisted = frozenset({"task"})
        try:
            account.projects = self._part("/me/projects", include_archived="true")
        except TooLong:
            found = sift(account.workspaces, WireWorkspace, "workspace").shapes
            account.projects = [raw for each in found for raw in self._projects_of(each.id)]
        return self._read.account(reply, account)._replace(unlisted=unlisted)

    def _part(self, path: str, **query: str) -> list[Raw]:
        return self._read.many(self._transport.request("GET", path, query=query), Raw)

    def _projects_of(self, workspace_id: int) -> Iterator[Raw]:
        path, page = f"/workspaces/{workspace_id}/projects", 0
        while True:
            page += 1
            some = self._part(path, active="both", page=f"{page}", per_page=f"{PER_PAGE}")
            yield from some
            if len(some) < PER_PAGE:
                return

    def quota(self) -> list[Quota]:
        """See `Toggl`."""
        reply = self._transport.request("GET", "/me/quota")
        return [each.value() for each in self._read.many(reply, _Bucket)]

    def older_entries(
        self, workspace_id: int, begin: int, end: int, cursor: str = "", *, of: int | None = None
    ) -> Older:
        """See `Toggl`."""
        return reports.older_entries(self._transport, workspace_id, begin, end, cursor, of=of)

    def close(self) -> None:
        """See `Toggl`."""
        self._transport.close()
