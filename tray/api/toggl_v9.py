"""Toggl Track's API v9, by itself or through a gateway."""

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from tray.api import reports
from tray.api.remote_values import Me, Older, Quota
from tray.api.v9_catalogue import V9Catalogue
from tray.api.v9_entries import V9Entries
from tray.api.wire_models import Link, WireAccount

_Count: TypeAlias = Annotated[int, Meta(ge=-(2**31), le=2**31)]


class _Bucket(Struct):
    organization_id: Link | None = None
    remaining: _Count = 0
    total: _Count = 0
    resets_in_secs: _Count | None = None

    def value(self) -> Quota:
        who = "user" if self.organization_id is None else f"organization {self.organization_id}"
        return Quota(who, self.remaining, self.total, max(0, self.resets_in_secs or 0))


class TogglV9(V9Entries, V9Catalogue):
    """A signed-in connection that speaks v9."""

    has_quota = True
    reports_deletions = True
    tags_have_ids = True

    def me(self) -> Me:
        """See `Toggl`."""
        reply = self._transport.request("GET", "/me", query={"with_related_data": "true"})
        return self._read.one(reply, WireAccount).value()

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
