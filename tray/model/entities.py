"""The nouns of time tracking as immutable values, named as Toggl names them.

They are named tuples and not dataclasses because importing `dataclasses` and building ten frozen
classes takes longer than a whole ``python -c pass``, and the command line starts anew each time.

Ids are local: ours, positive, stable for ever, never reused. Times are whole seconds since the
Unix epoch in UTC, which is what Toggl stores.
"""

from tray.lean_typing import Literal, NamedTuple

Kind = Literal["client", "project", "task", "tag"]
"""Of what entries refer to."""


class Workspace(NamedTuple):
    """What projects, clients, tags and entries belong to."""

    id: int
    name: str


class Client(NamedTuple):
    """Whom projects are done for."""

    id: int
    workspace_id: int
    name: str
    archived: bool = False
    notes: str | None = None
    external_reference: str | None = None
    """What another system calls it."""


class Project(NamedTuple):
    """What time is spent on."""

    id: int
    workspace_id: int
    name: str
    client_id: int | None = None
    colour: str = "#525266"
    """As ``#rrggbb``, in lower case."""
    archived: bool = False
    billable: bool = False
    """Whether new entries of this project are billable unless said otherwise."""
    private: bool | None = None
    """Whether only its members see it; None, as in those below: that is not known, or not set."""
    template: bool | None = None
    """Whether others are made after it."""
    auto_estimates: bool | None = None
    """Whether its estimate is the sum of those of its tasks."""
    estimated_hours: int | None = None
    rate_cents: int | None = None
    """What an hour costs, in hundredths of the workspace's currency."""
    fixed_fee_cents: int | None = None
    """What all of it costs, in hundredths of the workspace's currency."""
    start_date: str | None = None
    """``YYYY-MM-DD``."""
    end_date: str | None = None
    """``YYYY-MM-DD``."""


class Task(NamedTuple):
    """A part of a project (Toggl has them in paid workspaces)."""

    id: int
    project_id: int
    name: str
    archived: bool = False
    """Whether it is done."""
    estimated_seconds: int | None = None
    user_id: int | None = None
    """Whose it is to do; the server's id, as it alone knows who there is."""


class Tag(NamedTuple):
    """A label any entry of the workspace can carry."""

    id: int
    workspace_id: int
    name: str
    archived: bool = False


class What(NamedTuple):
    """What is being done, without when: what `continue` copies and a favourite keeps."""

    workspace_id: int
    description: str = ""
    project_id: int | None = None
    task_id: int | None = None
    tag_ids: tuple[int, ...] = ()
    """Ascending, without repeats."""
    billable: bool = False


class TimeEntry(NamedTuple):
    """One stretch of time; it is running while `stop` is None."""

    id: int
    workspace_id: int
    description: str
    project_id: int | None
    task_id: int | None
    tag_ids: tuple[int, ...]
    """Ascending, without repeats."""
    billable: bool
    start: int
    stop: int | None

    @property
    def what(self) -> What:
        """What was done, without when."""
        return What(
            self.workspace_id,
            self.description,
            self.project_id,
            self.task_id,
            self.tag_ids,
            self.billable,
        )

    @property
    def running(self) -> bool:
        """Whether this entry has no end yet."""
        return self.stop is None

    def seconds(self, now: int) -> int:
        """Its length in seconds, up to `now` while it runs; never negative."""
        return max(0, (now if self.stop is None else self.stop) - self.start)


class Favourite(NamedTuple):
    """Something pinned, so that one key or click starts it."""

    id: int
    position: int
    """Ascending from the top of the list; not necessarily without gaps."""
    what: What
