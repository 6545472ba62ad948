"""What a server holds, in one shape for every protocol.

Ids are the server's own, 64-bit. Times are epoch seconds in UTC; `at`, the moment of a thing's last
change by the server's clock, is in microseconds, and 0 where the protocol does not say.
"""

from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple, TypedDict


class RemoteEntry(NamedTuple):
    """A time entry of the account."""

    id: int
    workspace_id: int
    description: str = ""
    project_id: int | None = None
    task_id: int | None = None
    tags: tuple[str, ...] = ()
    tag_ids: tuple[int, ...] = ()
    """As the server lists them; in v8, which knows tags by name, empty."""
    billable: bool = False
    start: int = 0
    stop: int | None = None
    """None while it runs."""
    at: int = 0
    deleted: bool = False


class RemoteWorkspace(NamedTuple):
    """A workspace the account belongs to."""

    id: int
    name: str
    organization_id: int | None = None
    premium: bool = False
    """Whether its plan has billable entries and colours outside the palette."""
    admin: bool | None = None
    """Whether the account may administer it; None if that is not said."""
    at: int = 0
    required: tuple[str, ...] = ()
    """What an entry that is over must have: of ``description``, ``project``, ``tag``, ``task``."""
    only_admins_create_projects: bool = False
    only_admins_create_tags: bool = False
    locked_until: int | None = None
    """Before when no entry may be changed; None: that is not said, or nothing is locked."""


class RemoteClient(NamedTuple):
    """A client of a workspace."""

    id: int
    workspace_id: int
    name: str
    archived: bool = False
    at: int = 0
    deleted: bool = False
    notes: str | None = None
    external_reference: str | None = None


class RemoteProject(NamedTuple):
    """A project of a workspace."""

    id: int
    workspace_id: int
    name: str
    client_id: int | None = None
    colour: str = "#525266"
    """As ``#rrggbb``, in lower case."""
    archived: bool = False
    billable: bool = False
    at: int = 0
    deleted: bool = False
    private: bool | None = None
    """None, as in those below: the server does not say."""
    template: bool | None = None
    auto_estimates: bool | None = None
    estimated_hours: int | None = None
    rate_cents: int | None = None
    fixed_fee_cents: int | None = None
    start_date: str | None = None
    end_date: str | None = None


class RemoteTask(NamedTuple):
    """A task of a project."""

    id: int
    workspace_id: int
    project_id: int
    name: str
    archived: bool = False
    at: int = 0
    deleted: bool = False
    estimated_seconds: int | None = None
    user_id: int | None = None


class RemoteTag(NamedTuple):
    """A tag of a workspace."""

    id: int
    workspace_id: int
    name: str
    at: int = 0
    deleted: bool = False


class Skipped(NamedTuple):
    """One thing in a reply that is out of shape, and was left out."""

    kind: str
    """``entry``, ``project`` …"""
    id: int | None
    """None if that cannot be read either."""
    name: str
    why: str


RemoteThing = RemoteWorkspace | RemoteClient | RemoteProject | RemoteTask | RemoteTag


KINDS: Final = ("client", "project", "task", "tag")
"""What a catalogue has beside workspaces; each is `Me`'s field with an *s* after it."""


class Formats(NamedTuple):
    """How the account shows dates and times; None where the server does not say."""

    date: str | None = None
    """Such as ``DD.MM.YYYY``."""
    time: str | None = None
    """``H:mm`` or ``h:mm A``."""
    length: str | None = None
    """``classic``, ``improved`` or ``decimal``; not in v8."""


class Me(NamedTuple):
    """Who is signed in, and all that belongs to the account except older entries."""

    user_id: int
    default_workspace_id: int
    name: str = ""
    email: str = ""
    api_token: str = ""
    """Empty where the server does not tell it (gateways)."""
    time_zone: str = ""
    beginning_of_week: int | None = None
    """0 is Sunday; None if that is not said."""
    formats: Formats | None = None
    """None where a call of its own tells them, and it was not made."""
    workspaces: tuple[RemoteWorkspace, ...] = ()
    clients: tuple[RemoteClient, ...] = ()
    projects: tuple[RemoteProject, ...] = ()
    tasks: tuple[RemoteTask, ...] = ()
    tags: tuple[RemoteTag, ...] = ()
    entries: tuple[RemoteEntry, ...] = ()
    """The recent ones."""
    has_entries: bool = True
    """Whether recent entries were asked for at all."""
    skipped: tuple[Skipped, ...] = ()
    unlisted: frozenset[str] = frozenset()
    """The kinds that the server did not list: what is missing of them is not gone."""

    def with_things(self, table: str, things: Iterable[RemoteThing]) -> "Me":
        """The same account with these in the place of what it had of a kind."""
        found: dict[str, Any] = {f"{table}s": tuple(things)}
        return self._replace(**found)


class EntryFields(TypedDict, total=False):
    """What a time entry is to be; in an update, only what changes."""

    description: str
    project_id: int | None
    task_id: int | None
    tags: tuple[str, ...]
    """All of them, by name; the server makes those it does not know."""
    billable: bool
    start: int
    stop: int | None
    """None: it runs."""


class ProjectFields(TypedDict, total=False):
    """What a project is to be; in an update, only what changes."""

    name: str
    client_id: int | None
    colour: str
    archived: bool
    billable: bool
    private: bool | None
    template: bool | None
    auto_estimates: bool | None
    estimated_hours: int | None
    rate_cents: int | None
    fixed_fee_cents: int | None
    start_date: str | None
    end_date: str | None


class ClientFields(TypedDict, total=False):
    """What a client is to be; in an update, only what changes."""

    name: str
    notes: str | None
    external_reference: str | None


class TaskFields(TypedDict, total=False):
    """What a task is to be; in an update, only what changes."""

    name: str
    archived: bool
    estimated_seconds: int | None
    user_id: int | None


class Page(NamedTuple):
    """Some entries, and how far the answer reaches."""

    entries: tuple[RemoteEntry, ...]
    complete: bool
    """Whether these are all that were asked for, or only the latest by start."""
    skipped: tuple[Skipped, ...] = ()


class Older(NamedTuple):
    """A page of history from the reports; it has no `at`, and says nothing of deletions."""

    entries: tuple[RemoteEntry, ...]
    next: str = ""
    """The cursor of the following page; empty after the last."""


TagAction = Literal["add", "remove"]
"""What a change to many entries does with the tags it names, if these are not to be all."""


class Bulk(NamedTuple):
    """What became of a change to many entries at once."""

    done: tuple[int, ...]
    failed: dict[int, str]
    """The server's words for each id it refused."""


class Quota(NamedTuple):
    """What is left of one bucket of requests."""

    bucket: str
    """``user``, or ``organization <id>``."""
    remaining: int
    total: int
    resets_in_seconds: int


class ResponseInfo(NamedTuple):
    """What can be told from the head of any reply; given to whoever keeps the ledger."""

    bucket: str
    """``user`` for calls about oneself, ``workspace <id>`` or ``organization <id>`` for others."""
    status: int
    remaining: int | None = None
    resets_in_seconds: int | None = None
    server_time: int | None = None
    """Epoch seconds, of the ``Date`` header."""
