"""What the fake server keeps of each kind of thing: epoch seconds, but `…at` in microseconds."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass(slots=True)
class Workspace:
    """A workspace the user belongs to."""

    id: int
    organization_id: int
    name: str
    at: int
    premium: bool = False
    premium_shown: bool | None = None
    """What is said of it, if that is something else."""
    admin: bool = True
    rules: dict[str, Any] = field(default_factory=dict)
    """What was changed of it, by the name of the field."""
    required: frozenset[str] = frozenset()
    """What a stopped entry must have: of ``description``, ``project``, ``task``, ``tag``."""
    locked_until: int | None = None
    """Entries that start before it may be neither made, changed nor deleted."""


@dataclass(slots=True)
class Client:
    """A client."""

    id: int
    workspace_id: int
    name: str
    at: int
    archived: bool = False
    notes: str | None = None
    external_reference: str | None = None
    deleted_at: int | None = None


@dataclass(slots=True)
class Project:
    """A project."""

    id: int
    workspace_id: int
    name: str
    at: int
    created_at: int
    client_id: int | None = None
    colour: str = "#0b83d9"
    active: bool = True
    billable: bool = False
    is_private: bool = True
    template: bool | None = None
    auto_estimates: bool | None = None
    estimated_hours: int | None = None
    rate: float | None = None
    fixed_fee: float | None = None
    start_date: str | None = None
    end_date: str | None = None
    deleted_at: int | None = None


@dataclass(slots=True)
class Task:
    """A task of a project."""

    id: int
    workspace_id: int
    project_id: int
    name: str
    at: int
    active: bool = True
    estimated_seconds: int | None = None
    user_id: int | None = None
    deleted_at: int | None = None


@dataclass(slots=True)
class Tag:
    """A tag."""

    id: int
    workspace_id: int
    name: str
    at: int
    deleted_at: int | None = None


@dataclass(slots=True)
class Entry:
    """A time entry, running while `stop` is None."""

    id: int
    workspace_id: int
    start: int
    stop: int | None
    duration: int
    """As it was sent: of a running one -1, or minus the epoch seconds of its start."""
    at: int
    description: str | None = None
    project_id: int | None = None
    task_id: int | None = None
    tag_ids: list[int] = field(default_factory=list)
    billable: bool = False
    created_with: str = ""
    shared_with: list[int] = field(default_factory=list)
    deleted_at: int | None = None


@dataclass(slots=True)
class Membership:
    """Somebody's place in a workspace."""

    id: int
    workspace_id: int
    user_id: int
    name: str
    email: str
    at: int
    role: str = "user"
    joined: bool = True
    inactive: bool = False
    rate: float | None = None


@dataclass(slots=True)
class ProjectPart:
    """Somebody's part in a project."""

    id: int
    workspace_id: int
    project_id: int
    user_id: int
    at: int
    manager: bool = False
    rate: float | None = None


@dataclass(slots=True)
class Tracked:
    """What somebody else has tracked."""

    workspace_id: int
    user_id: int
    description: str
    start: int
    stop: int | None
    project_id: int | None = None


@dataclass(slots=True)
class UserGroup:
    """A group of members."""

    id: int
    workspace_id: int
    name: str
    at: int
    user_ids: list[int] = field(default_factory=list)


class LiveEntry(NamedTuple):
    """An entry as tests look at it."""

    id: int
    workspace_id: int
    description: str
    project_id: int | None
    task_id: int | None
    tags: tuple[str, ...]
    """By name, in order."""
    tag_ids: tuple[int, ...]
    billable: bool
    start: int
    stop: int | None
