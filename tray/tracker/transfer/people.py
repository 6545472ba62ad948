"""Whose time in a report of several people is imported."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from tray.errors import BadFile
from tray.language import grouped, ntr, tr
from tray.store import account
from tray.store.database import Database
from tray.tracker.naming import folded
from tray.tracker.transfer.content import NeedsChoice, quoted

_MOST_NAMED: Final = 8


class Person(NamedTuple):
    """Somebody as a report names them; either may be empty."""

    name: str
    email: str

    @property
    def key(self) -> str:
        """What tells people apart: the address, else the name."""
        return folded(self.email) or folded(self.name)

    def __str__(self) -> str:
        if self.name and self.email:
            return f"{quoted(self.name)} ({quoted(self.email)[1:-1]})"
        return quoted(self.name or self.email) if self.key else tr("nobody named")


NOBODY: Final = Person("", "")


def account_person(db: Database) -> Person | None:
    """Who is signed in, or was last; None without an account."""
    known = account.read(db)
    return Person(known.name, known.email) if known else None


class ChosenPeople(NamedTuple):
    """The people whose rows are taken."""

    taken: frozenset[Person]
    remarks: tuple[str, ...] = ()
    """Who was left out, or that it is somebody else's time, a sentence each."""


def choose(
    people: Mapping[Person, int], path: str, *, wanted: Collection[str], own: Person | None
) -> ChosenPeople:
    """Decide for the people behind the rows of a file.

    Args:
        people: And how many rows each has.
        path: Of the file.
        wanted: Names or addresses that the user asked for.
        own: Who is signed in.

    Raises:
        NeedsChoice: there are several, and none of them is signed in.
        BadFile: somebody who was asked for is not there.
    """
    if not wanted and len({person.key for person in people} - {""}) <= 1:
        return ChosenPeople(frozenset(people), _somebody_else(people, own))
    if wanted:
        taken = _wanted(people, path, wanted)
    else:
        taken = frozenset(person for person in people if own and _is_own(person, own))
    if not taken:
        raise NeedsChoice(
            tr("{path} holds the time of several people: {rows}.").format(
                path=path, rows=_rows(people)
            ),
            "people",
        )
    others = {person: count for person, count in people.items() if person not in taken}
    return ChosenPeople(
        taken,
        (tr("Left out the time of others: {rows}.").format(rows=_rows(others)),) if others else (),
    )


def _is_own(person: Person, own: Person) -> bool:
    if person.email and own.email:
        return folded(person.email) == folded(own.email)
    return bool(person.name) and folded(person.name) == folded(own.name)


def _somebody_else(people: Iterable[Person], own: Person | None) -> tuple[str, ...]:
    return tuple(
        tr("This is the time of {person}, while {own} is signed in.").format(person=person, own=own)
        for person in people
        if person.email and own and own.email and not _is_own(person, own)
    )


def _wanted(people: Mapping[Person, int], path: str, wanted: Iterable[str]) -> frozenset[Person]:
    taken: set[Person] = set()
    for text in wanted:
        fitting = {each for each in people if folded(text) in map(folded, each)}
        if not fitting:
            raise BadFile(
                tr("{path} has no row of {text}, but of: {rows}.").format(
                    path=path, text=quoted(text), rows=_rows(people)
                )
            )
        taken |= fitting
    return frozenset(taken)


def _rows(people: Mapping[Person, int]) -> str:
    """Each with the number of rows; the first few, if there are many."""
    counts: dict[str, tuple[Person, int]] = {}
    for person, count in people.items():
        first, before = counts.get(person.key, (person, 0))
        counts[person.key] = first, before + count
    texts = [
        ntr("{first}, {count} row", "{first}, {count} rows", count).format(
            first=first, count=grouped(count)
        )
        for first, count in counts.values()
    ]
    more = len(texts) - _MOST_NAMED
    return "; ".join(texts[:_MOST_NAMED]) + (
        tr("; and {more} more").format(more=grouped(more)) if more > 0 else ""
    )
