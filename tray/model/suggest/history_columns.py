"""The history in columns: a third of the memory, and nothing for the garbage collector to walk."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

from tray.model.entities import What
from tray.model.suggest.rank import RankContext, frecency, habits
from tray.model.suggest.suggestion import PastActivity

ActivityContext = tuple[int, int | None, int | None, tuple[int, ...], bool]
"""A `What` without its description; a history has few different ones."""


def best_first(history: Iterable[PastActivity]) -> "tuple[list[PastActivity], array[float]]":
    """All rows and their frecency, the greatest first; by id where it is the same."""
    rows = sorted(history, key=lambda done: done.id)
    bits = [frecency(done.uses, done.last_used) for done in rows]
    order = sorted(range(len(rows)), key=bits.__getitem__, reverse=True)
    return [rows[at] for at in order], array("d", [bits[at] for at in order])


class HistoryColumns:
    """A list of `PastActivity`, but for their keys, taken apart."""

    def __init__(self, rows: Sequence[PastActivity], frecency: "array[float]") -> None:
        contexts: dict[ActivityContext, ActivityContext] = {}
        slots: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.ids = array("q", [done.id for done in rows])
        self.uses = array("q", [done.uses for done in rows])
        self.last_used = array("q", [done.last_used for done in rows])
        self.frecency = frecency
        self.slots = [slots.setdefault(done.slots, done.slots) for done in rows]
        self.descriptions = [done.what.description for done in rows]
        self.contexts = [
            contexts.setdefault(one, one)
            for done in rows
            for one in [done.what[:1] + done.what[2:]]
        ]

    def rows_by_project(self) -> "dict[int | None, array[int]]":
        """The rows of each project, ascending."""
        rows: defaultdict[int | None, array[int]] = defaultdict(lambda: array("I"))
        for row, context in enumerate(self.contexts):
            rows[context[1]].append(row)
        return dict(rows)

    def habits(self, row: int, moment: RankContext) -> float:
        """The bits a row has at this moment."""
        workspace_id, project_id = self.contexts[row][:2]
        return habits(
            moment,
            uses=self.uses[row],
            last_used=self.last_used[row],
            slots=self.slots[row],
            project_id=project_id,
            workspace_id=workspace_id,
        )

    def done(self, row: int, keys: str) -> PastActivity:
        """A row put together again."""
        workspace_id, project_id, task_id, tag_ids, billable = self.contexts[row]
        description = self.descriptions[row]
        return PastActivity(
            self.ids[row],
            What(workspace_id, description, project_id, task_id, tag_ids, billable),
            self.uses[row],
            self.last_used[row],
            self.slots[row],
            keys,
        )
