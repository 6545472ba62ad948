"""What users did to the things of a small world, from which follows what has to come of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

Side = Literal["A", "B", "web"]
"""A computer, or the web page of the account, which has no copy of its own."""
Verb = Literal["start", "stop", "edit", "delete"]
PROJECT: Final = "Project"
"""What the name of the project begins with; an entry's description begins with its own key."""


@dataclass
class Known:
    """What is known of one entry, or of the project, by its key."""

    parents: dict[str, str | None] = field(default_factory=dict)
    """Each text somebody gave it, and the one seen when that was given; None: it was made so."""
    dropped: list[str] = field(default_factory=list)
    """The texts that it had where it was deleted."""
    deleted_by: set[Side] = field(default_factory=set)
    stopped_by: set[Side] = field(default_factory=set)
    began: int | None = None
    """The second in which a computer started it."""

    def last_words(self) -> set[str]:
        """The texts that nobody has replaced, or deleted, on purpose."""
        seen = {each for each in self.parents.values() if each}
        return self.parents.keys() - seen - {*self.dropped}


class Deed(NamedTuple):
    """Something done on a computer, as far as undoing it goes."""

    step_id: int
    verb: Verb
    key: str
    text: str


class Deeds:
    """Everything that was done."""

    def __init__(self) -> None:
        self.things: dict[str, Known] = {}
        self.overwritten: set[str] = set()
        """What a request that was late on the line replaced before any computer had read it: no
        one can tell of it, as the protocol lets nobody say which version a request is meant for."""
        self._to_undo: dict[Side, list[Deed]] = {"A": [], "B": []}

    def know(self, text: str) -> None:
        """There is something, called so, on all sides."""
        self.things[key_of(text)] = Known({text: None})

    def made_by(self, side: Side) -> bool:
        """Whether an entry was started there."""
        return side in self.things

    def has_twin(self, key: str) -> bool:
        """Whether another was started in the very second of one of which no answer has come.

        The server says of no entry who has made it: the other may be this one, renamed.
        """
        began = self.things[key].began
        twins = [other for other, known in self.things.items() if known.began == began]
        return began is not None and len(twins) > 1

    def new_text(self, side: Side, key: str) -> str:
        """A text that nothing had yet; it does not depend on what others did meanwhile."""
        mine = sum(text.split()[-1].startswith(side) for text in self.things[key].parents)
        return f"{key} {side}{mine + 1}"

    def note(self, side: Side, deed: Deed, seen: str) -> None:
        """Something was done to what was called `seen` there."""
        known = self.things.setdefault(deed.key, Known())
        match deed.verb:
            case "start":
                known.parents[deed.text] = None
            case "stop":
                known.stopped_by.add(side)
            case "edit":
                known.parents[deed.text] = seen
            case "delete":
                known.deleted_by.add(side)
                known.dropped.append(seen)
        if side != "web":
            self._to_undo[side].append(deed._replace(text=deed.text or seen))

    def note_undone(self, side: Side, step_id: int) -> None:
        """The step of this id was taken back."""
        (deed,) = (each for each in self._to_undo[side] if each.step_id == step_id)
        self._to_undo[side].remove(deed)
        known = self.things[deed.key]
        match deed.verb:
            case "start":
                known.deleted_by.add(side)
            case "stop":
                known.stopped_by.clear()  # it is to run on, whoever else has stopped it
            case "edit":
                del known.parents[deed.text]
            case "delete":
                known.deleted_by.discard(side)
                known.dropped.remove(deed.text)

    def texts(self) -> Iterator[str]:
        """Every text that anything was given."""
        for known in self.things.values():
            yield from known.parents

    def canonical(self) -> str:
        """The same for deeds of which the same has to come."""
        parts: Iterable[object] = (
            (
                key,
                sorted(known.parents.items(), key=str),
                *(sorted(known.dropped), sorted(known.deleted_by), sorted(known.stopped_by)),
                known.began,
            )
            for key, known in sorted(self.things.items())
        )
        return repr((list(parts), sorted(self.overwritten), self._to_undo))


def key_of(text: str) -> str:
    """What tells a thing through all its names."""
    return text.split()[0]
