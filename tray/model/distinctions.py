"""What tells projects, clients or tags of one name apart: the client, then the workspace."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tray.language import mark, tr_marked
from tray.lean_typing import Final, NamedTuple
from tray.model.entities import Client, Project, Tag, Workspace
from tray.model.workspace_names import workspace_label

NO_CLIENT: Final = mark("no client")

Distinguished = Project | Client | Tag


class Distinctions(NamedTuple):
    """What to write behind each name that several have, by id."""

    projects: Mapping[int, str]
    clients: Mapping[int, str]
    tags: Mapping[int, str]


def labelled(name: str, distinction: str) -> str:
    """``Meetings``, or ``Meetings (Acme)`` where others are called so too."""
    return f"{name} ({distinction})" if distinction else name


def distinguish(
    things: Iterable[Distinguished],
    workspaces: Mapping[int, Workspace],
    clients: Mapping[int, Client],
) -> dict[int, str]:
    """What to write behind each name that several have, whatever its case, by id.

    That is the client of a project, and the workspace where several of one client are left; the
    workspace alone where the clients tell nothing apart. What even then is the same stays so.
    """
    found: dict[int, str] = {}
    for same in _namesakes(things):
        owners = [(_client(thing, clients), _workspace(thing, workspaces)) for thing in same]
        for thing, owner in zip(same, owners, strict=True):
            if text := _distinction(owner, owners):
                found[thing.id] = text
    return found


def one_of_each_name(tags: Iterable[Tag], workspace_id: int | None) -> list[Tag]:
    """The tags in use of a workspace, or of all: an entry gets its own workspace's by the name."""
    found: dict[str, Tag] = {}
    for tag in tags:
        if not tag.archived and workspace_id in (None, tag.workspace_id):
            found.setdefault(tag.name.casefold(), tag)
    return [*found.values()]


def _namesakes(things: Iterable[Distinguished]) -> list[list[Distinguished]]:
    by_name: defaultdict[str, list[Distinguished]] = defaultdict(list)
    for thing in things:
        by_name[thing.name.casefold()].append(thing)
    return [same for same in by_name.values() if len(same) > 1]


def _client(thing: Distinguished, clients: Mapping[int, Client]) -> str:
    client = clients.get(thing.client_id or 0) if isinstance(thing, Project) else None
    return client.name if client else tr_marked(NO_CLIENT)


def _workspace(thing: Distinguished, workspaces: Mapping[int, Workspace]) -> str:
    workspace = workspaces.get(thing.workspace_id)
    return workspace_label(workspace.name) if workspace else ""


def _distinction(owner: tuple[str, str], owners: Iterable[tuple[str, str]]) -> str:
    """As much of a client and a workspace as none, or few, of the others share."""
    client, workspace = owner
    tells_client = any(other != client for other, _ in owners)
    tells_workspace = any(other == client and there != workspace for other, there in owners)
    return ", ".join([client] * tells_client + [workspace] * tells_workspace)
