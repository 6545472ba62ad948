"""Reads the client of a project that is to be made out of the name it was typed by.

``Website (Acme)`` is how a project of a client is named wherever there is another of its name, so a
new one of that name is made for the client, if there is such a one; ``Website (+Acme)`` makes the
client too. Anything else is a name as it stands.
"""

from collections.abc import Iterable

from tray.lean_typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import re

_FOR_CLIENT: Final = r"(?P<name>.*\S)\s*[(（](?P<new>[+＋]?)\s*(?P<client>[^()（）+＋]*\S)\s*[)）]"


class NewProject(NamedTuple):
    """A name, and for whom it is."""

    name: str
    client: str = ""
    """Empty for nobody."""
    makes_client: bool = False
    """Whether the client is made, too, if there is none of that name."""

    @property
    def label(self) -> str:
        """The name by which such a project is typed."""
        return f"{self.name} ({'+' if self.makes_client else ''}{self.client})"


def read_new_project(typed: str, clients: Iterable[str]) -> NewProject:
    """What a typed name means for a project that is not there yet.

    Args:
        typed: the name.
        clients: the names of those there are.
    """
    found = _for_client(typed)
    if found is None:
        return NewProject(typed)
    client = " ".join(found["client"].split())
    known = client.casefold() in {each.casefold() for each in clients}
    if not (known or found["new"]):
        return NewProject(typed)
    return NewProject(found["name"], client, not known)


def with_new_client(typed: str) -> NewProject | None:
    """What it would mean if its brackets held a new client; None if it has none."""
    found = _for_client(typed)
    if found is None:
        return None
    return NewProject(found["name"], " ".join(found["client"].split()), makes_client=True)


def known_by(typed: str) -> str:
    """The name by which the project goes once it is there: its client is no new one then."""
    found = _for_client(typed)
    return f"{found['name']} ({found['client']})" if found and found["new"] else typed


def _for_client(typed: str) -> "re.Match[str] | None":
    """The parts of a name that ends in brackets, as most do not."""
    if not typed.rstrip().endswith((")", "）")):
        return None
    import re

    return re.fullmatch(_FOR_CLIENT, typed.strip())
