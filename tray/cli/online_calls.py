"""What the commands share that ask the server at once: connection, workspace, who is meant."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from tray import clock
from tray.cli import account as shared
from tray.cli.context import Context
from tray.errors import NotFound, Refused
from tray.language import tr
from tray.model.workspace_names import workspace_label
from tray.sentences import either, together
from tray.store import catalogue, remote_rows
from tray.sync.online import at_once
from tray.sync.workspace_rights import WorkspaceRights, rights
from tray.tracker.naming import did_you_mean, folded

if TYPE_CHECKING:
    from tray.api.online_api import OnlineToggl


class _Person(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


_P = TypeVar("_P", bound=_Person)


@contextmanager
def online(context: Context) -> "Iterator[OnlineToggl]":
    """The server of the account.

    Raises:
        Refused: nobody is signed in, or the server has no such call.
        RemoteError: of any kind.
    """
    with at_once(context.db, shared.access(context), clock.now) as server:
        yield server


def add_workspace(parser: argparse.ArgumentParser) -> None:
    """Declare which workspace is meant."""
    parser.add_argument(
        "-w", "--workspace", help=tr("its name or number; else the one where new things go")
    )


def chosen_workspace(context: Context, word: str | None) -> WorkspaceRights:
    """The workspace that is named, or the one where new things go."""
    shared.signed_in_account(context)
    return rights(context.db, workspace_id(context, word))


def workspace_id(context: Context, word: str | None) -> int:
    """Our id of the workspace that is named by its name or number.

    Raises:
        NotFound: there is none.
        Refused: several have that name.
    """
    if word is None:
        return catalogue.workspace_of_new(context.db)
    there = catalogue.workspaces(context.db)
    labels = {each.id: workspace_label(each.name) for each in there}
    wanted = folded(word)
    found = [each for each in there if wanted in (folded(labels[each.id]), folded(each.name))]
    found = found or [each for each in there if str(each.id) == word]
    if len(found) > 1:
        numbers = either(str(each.id) for each in found)
        raise Refused(
            tr("Which “{word}”? There are several. Give its number: {numbers}.").format(
                word=word, numbers=numbers
            )
        )
    if not found:
        meant = did_you_mean(word, [*labels.values()])
        raise NotFound(
            together(tr("There is no workspace “{word}”.").format(word=word), meant),
            kind="workspace",
        )
    return found[0].id


def person(people: Sequence[_P], word: str, number: str = "id") -> _P:
    """Who is meant by a name, an e-mail address, the beginning of one, or a number.

    Raises:
        NotFound: nobody is.
        Refused: it could be several.
    """
    wanted = folded(word)
    whole = [each for each in people if wanted in (folded(each.name), folded(each.email))]
    whole = whole or [each for each in people if str(getattr(each, number)) == word]
    begun = [each for each in people if _begins(each, wanted)]
    found = whole or begun
    if len(found) > 1:
        who = either(f"{each.name or each.email} <{each.email}>" for each in found)
        raise Refused(
            tr("Which “{word}”? It could be {who}. Give the e-mail address.").format(
                word=word, who=who
            )
        )
    if not found:
        meant = did_you_mean(word, [each.name or each.email for each in people])
        raise NotFound(
            together(tr("Nobody called “{word}” is in this workspace.").format(word=word), meant),
            kind="member",
        )
    return found[0]


def _begins(each: _Person, wanted: str) -> bool:
    words = [*folded(each.name).split(), folded(each.email)]
    return any(word.startswith(wanted) for word in words)


def remote_id(context: Context, table: str, row_id: int, name: str) -> int:
    """The server's id of something of ours.

    Raises:
        Refused: the server does not have it yet.
    """
    found = remote_rows.remote_id(context.db, table, row_id)
    if found is None:
        raise Refused(
            tr("“{name}” is not in the account yet. `toggl-tray sync` sends it.").format(name=name)
        )
    return found
