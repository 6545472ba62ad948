"""Finds who is meant to do a task: by name, e-mail address or number, from what is known first."""

from collections.abc import Iterable
from typing import Final

from tray.cli.arguments import is_id
from tray.cli.context import Context
from tray.cli.online_calls import online, person
from tray.errors import NotFound, Refused
from tray.language import tr
from tray.store import account, catalogue, known_people
from tray.sync import workspace_people
from tray.sync.workspace_rights import rights

NOBODY: Final = "nobody"
ME: Final = "me"


def of_projects(context: Context, word: str, project_ids: Iterable[int]) -> int | None:
    """The server's id of the user that `word` names in the workspaces of projects; None for none.

    Raises:
        NotFound: nobody in a workspace is called so.
        Refused: it could be several, or nobody is signed in.
        RemoteError: who is in the workspace is not known here, and could not be asked for.
    """
    if word == NOBODY:
        return None
    if word == ME:
        return me(context)
    if is_id(word):
        return int(word)
    places = {catalogue.get(context.db, "project", each).workspace_id for each in project_ids}
    found = {_in_workspace(context, word, each) for each in sorted(places)}
    if len(found) > 1:
        raise Refused(
            tr("“{word}” is somebody else in each workspace. Assign the tasks of one only.").format(
                word=word
            )
        )
    return found.pop()


def me(context: Context) -> int:
    """The server's id of whose account it is.

    Raises:
        Refused: there never was one.
    """
    found = account.read(context.db)
    if found is None:
        raise Refused(tr("Without an account there is nobody to assign a task to. Sign in first."))
    return found.user_id


def _in_workspace(context: Context, word: str, workspace_id: int) -> int:
    """As `of_projects`, in one; asks the server (one request) only for who is not known here."""
    me(context)
    there = rights(context.db, workspace_id).remote_id
    try:
        return person(known_people.of_workspace(context.db, there), word).id
    except NotFound:
        with online(context) as server:
            return person(workspace_people.users(server, context.db, there), word).id
