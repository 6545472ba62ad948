"""The calls of v9 about the user, and all that it knows of one entry."""

from collections.abc import Sequence
from typing import Any, Final

from tray.api.decode import Calls
from tray.api.remote_values import Formats
from tray.api.team_values import EntryDetails, Profile, ProfileFields
from tray.api.team_wire import WireProfile, entry_details
from tray.api.wire_models import FullWireEntry, WireFormats

_OF_USER: Final = frozenset(
    {"fullname", "email", "timezone", "beginning_of_week", "current_password", "password"}
)
"""What PUT /me takes; the rest are preferences."""
_ALL: Final = {"meta": "true", "include_sharing": "true"}


class V9Profile(Calls):
    """The user of the account."""

    def profile(self) -> Profile:
        """See `OnlineToggl`."""
        user = self._read.one(self._transport.request("GET", "/me"), WireProfile)
        reply = self._transport.request("GET", "/me/preferences")
        return user.value(self._read.one(reply, WireProfile))

    def formats(self) -> Formats:
        """See `Toggl`."""
        reply = self._transport.request("GET", "/me/preferences")
        return self._read.one(reply, WireFormats).value()

    def update_profile(self, fields: ProfileFields) -> None:
        """See `OnlineToggl`."""
        given: dict[str, Any] = {**fields}
        of_user = {name: value for name, value in given.items() if name in _OF_USER}
        preferences = {name: value for name, value in given.items() if name not in _OF_USER}
        if of_user:
            self._transport.request("PUT", "/me", body=of_user)
        if preferences:
            self._transport.request("POST", "/me/preferences", body=preferences)

    def reset_token(self) -> str:
        """See `OnlineToggl`."""
        return self._read.one(self._transport.request("POST", "/me/reset_token"), str)

    def entry_details(self, entry_id: int) -> EntryDetails:
        """See `OnlineToggl`."""
        path = f"/me/time_entries/{entry_id}"
        reply = self._transport.request("GET", path, query=_ALL)
        return entry_details(self._read.one(reply, FullWireEntry))

    def share_entry(
        self, workspace_id: int, entry_id: int, user_ids: Sequence[int]
    ) -> EntryDetails:
        """See `OnlineToggl`."""
        path = f"/workspaces/{workspace_id}/time_entries/{entry_id}"
        body = {"shared_with_user_ids": [*user_ids]}
        reply = self._transport.request("PUT", path, query=_ALL, body=body)
        return entry_details(self._read.one(reply, FullWireEntry))
