"""Everything the fake server remembers of one account, and the clock and counter it stamps with."""

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, Protocol, TypeVar

from tests.fakes.toggl.exchange import Refusal
from tests.fakes.toggl.rows import (
    Client,
    Entry,
    Membership,
    Project,
    ProjectPart,
    Tag,
    Task,
    Tracked,
    UserGroup,
    Workspace,
)
from tests.fakes.toggl.stamps import MICRO

FIRST_ID: Final = 2**31 + 1_000
"""Ids of the real server have outgrown 32 bits."""
NO_ACCESS: Final = "User does not have access to this resource."


class Row(Protocol):
    """What can be deleted."""

    id: int
    workspace_id: int
    at: int
    deleted_at: int | None


R = TypeVar("R", bound=Row)


class State:
    """The tables of one account, under one lock, and the rules that tests may change.

    Args:
        clock: The server's clock, in epoch seconds; that of the computer, if none is given.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self.skew = 0.0
        """Seconds by which the server's clock is ahead of `clock`."""
        self.token = secrets.token_hex(16)
        self.password = secrets.token_urlsafe(12)
        self.email = "user@example.org"
        self.fullname = "Test User"
        self.time_zone = "Europe/Berlin"

        self.remembers_days = 90
        """How far back `since` and `start_date` may reach."""
        self.years = (2006, 2030)
        """The first and the last in which an entry may start or stop."""
        self.billable_refusal = 402
        """The status of ``Billable is a premium feature``; clients must know 400, too."""
        self.me_lists_deleted = False
        """Whether /me names deleted projects, as it has been seen to do."""
        self.me_leaves_out: frozenset[str] = frozenset()
        """What /me never has as related data, by name in its reply."""
        self.since_marks_deleted = True
        """Whether a list of what changed says which of it was deleted."""
        self.since_lists_deleted = True
        """Whether it has that at all."""
        self.vague_refusals = False
        """Whether 400 says no more than that, and 404 to a deletion is 400 too."""
        self.keeps_references = False
        """Whether entries go on naming tags and projects that were deleted."""
        self.project_names_are_unique = False
        """Whether a project's name is taken under other clients too."""
        self.reopens = True
        """Whether an entry that was stopped can be made to run again; if not, 200 all the same."""
        self.later_made_first = True
        """Which of two entries that start together comes first in a list."""
        self.stamps_whole_seconds = False
        """Whether two changes within a second have the same stamp."""
        self.stops_at_new_start = False
        """Whether what runs is stopped where the next one starts, and no earlier start is taken."""
        self.not_offered: frozenset[str] = frozenset()
        """Paths below the prefix that this server does not know."""
        self.report_rows: Literal["grouped", "flat", "other"] = "grouped"
        """Toggl's rows, or one for each entry and all at once, or some that name no entry."""
        self.null_for_empty = True
        """Whether an empty list of a workspace arrives as null, as it has been seen to do."""

        self._last_id = FIRST_ID
        self._last_at = 0
        self.user_id = self.next_id()
        self.created_at = self.stamp()
        self.workspaces: dict[int, Workspace] = {}
        self.clients: dict[int, Client] = {}
        self.projects: dict[int, Project] = {}
        self.tasks: dict[int, Task] = {}
        self.tags: dict[int, Tag] = {}
        self.time_entries: dict[int, Entry] = {}
        self.running_id: int | None = None
        self._begin_team()

    def _begin_team(self) -> None:
        self.memberships: dict[int, Membership] = {}
        self.project_parts: dict[int, ProjectPart] = {}
        self.groups: dict[int, UserGroup] = {}
        self.others: list[Tracked] = []
        """What others in the workspaces have tracked."""
        self.beginning_of_week = 1
        self.preferences: dict[str, Any] = {
            "timeofday_format": "H:mm",
            "date_format": "YYYY-MM-DD",
            "duration_format": "improved",
            "send_weekly_report": True,
            "send_product_emails": True,
            "send_timer_notifications": True,
        }
        self.sessions: set[str] = set()
        """The cookies of those who signed in by e-mail and password."""
        self.offers_sign_up = True
        self.signed_up: list[str] = []

    @property
    def now(self) -> float:
        """The server's clock; when set, it stands still there."""
        return self.clock() + self.skew

    @now.setter
    def now(self, moment: float) -> None:
        self.clock = lambda: moment
        self.skew = 0.0

    def next_id(self) -> int:
        """An id that nothing has."""
        self._last_id += 1
        return self._last_id

    def stamp(self) -> int:
        """The next `at`: the present microsecond, and later than every one before."""
        if self.stamps_whole_seconds:
            return int(self.now) * MICRO
        self._last_at = max(int(self.now * MICRO) + 1, self._last_at + 1)
        return self._last_at

    def workspace_of(self, workspace_id: int) -> Workspace:
        """A workspace of the user; 403 if it is none."""
        if workspace_id not in self.workspaces:
            raise Refusal(403, NO_ACCESS)
        return self.workspaces[workspace_id]

    def find(self, table: Mapping[int, R], row_id: int, workspace_id: int | None) -> R | None:
        """A row that is not deleted, in this workspace if one is named."""
        row = table.get(row_id)
        if row is None or row.deleted_at is not None:
            return None
        return row if workspace_id in (None, row.workspace_id) else None

    def running(self) -> Entry | None:
        """The entry that runs."""
        return None if self.running_id is None else self.time_entries[self.running_id]

    def tags_of(self, entry: Entry) -> list[Tag]:
        """The tags of an entry, by name."""
        return sorted((self.tags[tag_id] for tag_id in entry.tag_ids), key=lambda tag: tag.name)


def live(table: Mapping[int, R]) -> list[R]:
    """The rows that are not deleted, oldest first."""
    return [row for row in table.values() if row.deleted_at is None]


def changed_since(table: Mapping[int, R], since: int | None) -> list[R]:
    """The live rows; with `since` (epoch seconds), those changed after it, deleted ones too."""
    if since is None:
        return live(table)
    return [row for row in table.values() if row.at >= since * MICRO]


def of_workspace(rows: Iterable[R], workspace_id: int) -> list[R]:
    """Those of one workspace."""
    return [row for row in rows if row.workspace_id == workspace_id]
