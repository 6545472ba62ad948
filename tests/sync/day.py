"""A working day with an account: what its user, the line and another device do, and how it goes.

The clock is made up, so that a day takes a second or two.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Final, Literal, NamedTuple

from tests.fakes.toggl.quota import organization
from tests.fakes.toggl.stamps import read_moment
from tests.sync.rig import Rig
from tray.store import entries, remote_rows
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.tracker.resolve import Draft

Act = Literal["switch", "edit", "start there", "stop there", "off", "on", "sleep", "wake", "poll"]
"""What a client of another kind would do besides is a ``poll``."""

MINUTE: Final = 60
HOUR: Final = 3600
POKE_SECONDS: Final = 1
"""How long the worker waits after a change here, for the next one may follow at once."""
PROJECTS: Final = ("Reports", "Website", None)
TAGS: Final = ("deep", "shallow")


class Plan(NamedTuple):
    """The hours of a day, each a pair of seconds since it began, and how much happens in it."""

    hours: int
    switches: int
    edits: int
    elsewhere: int
    """Timers that another device starts and stops."""
    offline: tuple[int, int]
    asleep: tuple[int, int]
    quiet: tuple[int, int]
    """Nobody does anything."""


WHOLE: Final = Plan(
    hours=10,
    switches=60,
    edits=20,
    elsewhere=10,
    offline=(5 * HOUR, 7 * HOUR),
    asleep=(3 * HOUR + 30 * MINUTE, 4 * HOUR + 15 * MINUTE),
    quiet=(8 * HOUR + 30 * MINUTE, 9 * HOUR + 30 * MINUTE),
)
_SETTLED_SECONDS: Final = 20 * MINUTE
"""Before a quiet hour the other device rests: it is looked at more often for a while."""


class Step(NamedTuple):
    """Something that happens."""

    at: int
    """Seconds since the day began."""
    act: Act


def script(plan: Plan, rng: Random) -> list[Step]:
    """What happens, in order."""
    awake = _free(plan.hours * HOUR, plan.asleep, plan.quiet)
    calm = (plan.quiet[0] - _SETTLED_SECONDS, plan.quiet[1])
    steps = [Step(plan.offline[0], "off"), Step(plan.offline[1], "on")]
    steps += [Step(plan.asleep[0], "sleep"), Step(plan.asleep[1], "wake")]
    steps += [Step(at, "switch") for at in rng.sample(awake, plan.switches)]
    steps += [Step(at, "edit") for at in rng.sample(awake, plan.edits)]
    for at in rng.sample(_free(plan.hours * HOUR, calm), plan.elsewhere):
        steps.append(Step(at, "start there"))
        steps.append(Step(at + rng.randrange(MINUTE, _SETTLED_SECONDS), "stop there"))
    return sorted(steps)


def _free(end: int, *result: tuple[int, int]) -> list[int]:
    """The seconds of the day that are in none of these spans."""
    return [at for at in range(end) if not any(begin <= at < stop for begin, stop in result)]


class Waiting(NamedTuple):
    """A change that the other side has not seen yet."""

    since: int
    """When it was made, or when the line came back after that; epoch seconds."""
    held_up: bool
    """Whether there was no line, no request left, or nobody here in between."""


class Day:
    """Lives through a script with our engine, and takes the time of every change.

    Attributes:
        here: Seconds until each change made here was on the server; by whether it was held up.
        there: Seconds until each change made elsewhere was here; by the same.
        edited: The starts of the entries that the user has corrected.
        made_offline: The starts of those that were started and stopped without a line.
    """

    def __init__(self, rig: Rig, rng: Random) -> None:
        self._rig = rig
        self._rng = rng
        self._ours: dict[int, Waiting] = {}
        self._theirs: dict[int, Waiting] = {}
        self._elsewhere: list[int] = []
        self._awake = True
        self._numbers = iter(range(1, 10_000))
        self.here: dict[bool, list[int]] = {True: [], False: []}
        self.there: dict[bool, list[int]] = {True: [], False: []}
        self.edited: set[int] = set()
        self.made_offline: set[int] = set()

    def live(self, steps: list[Step]) -> None:
        """Live through it, and see everything settled."""
        begin = self._rig.now
        for step in steps:
            self._run(begin + step.at)
            self._do(step.act)
        self._run(self._rig.now + 10 * MINUTE)

    def _run(self, end: int) -> None:
        """Let time pass, with the engine at work unless the computer sleeps."""
        rig = self._rig
        while self._awake and rig.now < end:
            wait = rig.engine.turn()
            self._look()
            self._look_at_quota()
            rig.now += end - rig.now if wait is None else min(round(wait + 0.49), end - rig.now)
        rig.now = max(rig.now, end)

    def _do(self, act: Act) -> None:
        rig = self._rig
        match act:
            case "switch":
                self._switch()
            case "edit":
                self._edit()
            case "start there":
                self._elsewhere.append(rig.account.start(f"There {next(self._numbers)}"))
                self._note(self._theirs, self._elsewhere[-1])
            case "stop there":
                entry_id = self._elsewhere.pop(0)
                if rig.account.entry(entry_id).stop is None:
                    rig.account.stop(entry_id)
                    self._note(self._theirs, entry_id)
            case "off" | "on":
                rig.adapter.online = act == "on"
                self._pause(over=act == "on")
            case "sleep" | "wake":
                self._awake = act == "wake"
                rig.engine.be_present(self._awake)
                self._pause(over=self._awake)

    def _switch(self) -> None:
        rig, running = self._rig, entries.running(self._rig.db)
        project, tags = self._rng.choice(PROJECTS), self._rng.sample(TAGS, self._rng.randrange(3))
        draft = Draft(f"Work {next(self._numbers)}", project, tags=tuple(tags))
        if running is not None:
            self._note(self._ours, running.id)
            if (
                not rig.adapter.online
                and remote_rows.remote_id(rig.db, "entry", running.id) is None
            ):
                self.made_offline.add(running.start)
        timer.start(rig.db, draft, now=rig.now)
        started = entries.running(rig.db)
        assert started is not None
        self._note(self._ours, started.id)
        self._poke()

    def _edit(self) -> None:
        latest = entries.newest(self._rig.db, 5)
        if latest:
            entry = self._rng.choice(latest)
            self.edited.add(entry.start)
            words = f"Work {next(self._numbers)}, corrected"
            verbs.edit(self._rig.db, [entry.id], {"description": words}, now=self._rig.now)
            self._note(self._ours, entry.id)
            self._poke()

    def _poke(self) -> None:
        self._rig.now += POKE_SECONDS
        self._rig.engine.push_soon()

    def _note(self, changes: dict[int, Waiting], key: int) -> None:
        held_up = not (self._rig.adapter.online and self._awake)
        changes.setdefault(key, Waiting(self._rig.now, held_up))

    def _pause(self, *, over: bool) -> None:
        """There is no line, or nobody here, for a while."""
        if over:
            self._rig.engine.network_is_back()
        for changes in (self._ours, self._theirs):
            changes.update(dict.fromkeys(changes, Waiting(self._rig.now, held_up=True)))

    def _look(self) -> None:
        """Take the time of what has arrived."""
        for row_id in [row_id for row_id in self._ours if self._is_same(row_id=row_id)]:
            since, held_up = self._ours.pop(row_id)
            self.here[held_up].append(self._rig.now - since)
        for remote_id in [each for each in self._theirs if self._is_same(remote_id=each)]:
            since, held_up = self._theirs.pop(remote_id)
            self.there[held_up].append(self._rig.now - since)

    def _look_at_quota(self) -> None:
        """What waits while no request is left waits for the next hour."""
        quota, workspace = self._rig.service.quota, self._rig.account.workspace
        if quota.remaining(organization(workspace.organization_id), self._rig.now) <= 0:
            for row_id, waiting in self._ours.items():
                self._ours[row_id] = waiting._replace(held_up=True)

    def _is_same(self, *, row_id: int = 0, remote_id: int = 0) -> bool:
        """Whether both sides have an entry alike."""
        db = self._rig.db
        remote_id = remote_id or remote_rows.remote_id(db, "entry", row_id) or 0
        known = remote_rows.of_remote(db, "entry", remote_id)
        ours = entries.by_ids(db, [known.row_id]) if known else []
        if not ours:
            return False
        theirs = self._rig.account.entry(remote_id)
        return all(
            getattr(ours[0], name) == getattr(theirs, name)
            for name in ("description", "start", "stop")
        )

    @property
    def unseen(self) -> int:
        """Changes that never reached the other side."""
        return len(self._ours) + len(self._theirs)


class Figures(NamedTuple):
    """What a day came to; of everything the worst."""

    over_quota: int
    """Requests that were answered with 402."""
    sent_seconds: int
    """Until a change made here was on the server, while there was a line and a request left."""
    seen_seconds: int
    """Until a change made elsewhere was here, while somebody was."""
    caught_up_seconds: int
    """Until all of that was made up for when line, request or user were back."""
    per_entry: int
    """Requests for an entry that was started and stopped, and not corrected."""
    per_offline_entry: int
    """Requests for one that was over before the line was back."""
    quiet_hour: int
    """Requests in an hour in which nothing happens."""
    in_step: bool
    """Whether in the end both sides had the same entries, and every change had been seen."""


def live(rig: Rig, plan: Plan, seed: int) -> Figures:
    """Sign in, and live through a day as `plan` says."""
    for name in PROJECTS:
        if name:
            rig.account.add_project(name)
    begin = rig.now
    day = Day(rig, Random(seed))
    rig.sign_in()
    day.live(script(plan, Random(seed)))
    requests = _requests_by_start(rig)
    quiet_from, quiet_to = (begin + each for each in plan.quiet)
    return Figures(
        sum(each.status == 402 for each in rig.service.log),
        max(day.here[False], default=0),
        max(day.there[False], default=0),
        max(*day.here[True], *day.there[True], 0),
        max(count for start, count in requests.items() if start not in day.edited),
        max((requests[start] for start in day.made_offline - day.edited), default=0),
        spent(rig, "", (quiet_from, quiet_to)),
        not day.unseen and rig.ours() == rig.theirs(),
    )


def _requests_by_start(rig: Rig) -> Counter[int]:
    """How many requests were made for each entry; none of them changes when one starts."""
    found: Counter[int] = Counter()
    for each in rig.service.log:
        if "/time_entries" in each.path and each.method == "POST":
            found[read_moment(each.request.json()["start"]) or 0] += 1
        elif "/time_entries/" in each.path and each.method in ("PUT", "PATCH", "DELETE"):
            for entry_id in each.path.rpartition("/")[2].split(","):
                found[rig.account.entry(int(entry_id)).start] += 1
    return found


def spent(rig: Rig, bucket: str, span: tuple[int, int]) -> int:
    """The requests charged to a bucket from one moment to another, epoch seconds."""
    log = rig.service.log
    return sum(span[0] <= each.time < span[1] and each.bucket.startswith(bucket) for each in log)


def hours(begin: int, count: int) -> Iterator[tuple[int, int]]:
    """Spans of an hour, one after the other."""
    return ((begin + hour * HOUR, begin + (hour + 1) * HOUR) for hour in range(count))
