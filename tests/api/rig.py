"""A server with a memory, and a client that speaks one of the protocols with it."""

from typing import Final

from tests.fakes.toggl import MountedAdapter, Server
from tray.api.address import read_address
from tray.api.connect import connect
from tray.api.remote_api import Toggl
from tray.api.remote_values import EntryFields, RemoteEntry, ResponseInfo
from tray.api.secret import token_secret
from tray.api.session_options import Limits

NOW: Final = 1_781_000_000
"""2026-06-09."""
HOUR: Final = 3_600
DAY: Final = 24 * HOUR
PATIENCE: Final = Limits(connect_seconds=2, read_seconds=0.5, whole_seconds=5)


class Rig:
    """A server, and a client that speaks one protocol with it."""

    def __init__(self, protocol: str, server: Server) -> None:
        self.protocol = protocol
        self.server = server
        self.account = server.account
        self.seen: list[ResponseInfo] = []
        url = {"v9": server.url, "gateway": server.gateway_url, "v8": server.v8_url}[protocol]
        self.address = read_address(url)
        self.toggl = self.client()

    @property
    def token(self) -> str:
        key = self.server.service.gateway.key
        return key if self.protocol == "gateway" else self.account.token

    def client(self, token: str = "", adapter: MountedAdapter | None = None) -> Toggl:
        return connect(
            self.address,
            token_secret(token or self.token, self.address.auth),
            connection=self.server.service.gateway.connection,
            on_response=self.seen.append,
            limits=PATIENCE,
            adapter=adapter,
        )

    def create(self, **fields: object) -> RemoteEntry:
        start = NOW - 2 * HOUR
        given: EntryFields = {"start": start, "stop": start + HOUR, **fields}  # type: ignore[typeddict-item]
        return self.toggl.create_entry(self.account.workspace_id, given)

    def as_kept(self, entry: RemoteEntry) -> RemoteEntry:
        """What the server has in the place of an entry, in the shape it was told in."""
        kept = self.account.entry(entry.id)
        return entry._replace(
            workspace_id=kept.workspace_id,
            description=kept.description,
            project_id=kept.project_id,
            task_id=kept.task_id,
            tags=kept.tags,
            tag_ids=kept.tag_ids if self.toggl.tags_have_ids else (),
            billable=kept.billable,
            start=kept.start,
            stop=kept.stop,
        )
