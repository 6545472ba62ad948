"""Which project an entry gets that is started without one, as the settings name it."""

from tray.errors import Refused
from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.store.catalogue import Names
from tray.tracker import matching


class DefaultProject(NamedTuple):
    """What is to be taken, and what speaks against it."""

    name: str | None = None
    """As a line names it; None: there is none."""
    colour: str = ""
    problem: str = ""
    """Why there is none although the settings name one, as a sentence."""


NO_DEFAULT: Final = DefaultProject()


def default_project(wanted: str, names: Names, workspace_id: int) -> DefaultProject:
    """The default project of the workspace that new things go to.

    Args:
        wanted: names as they stand behind @ in a line, one for each workspace, with ; between.
        names: those there are.
        workspace_id: where new things go.
    """
    problem = ""
    for name in filter(None, map(str.strip, wanted.split(";"))):
        try:
            found = matching.project_named(name, names)
        except Refused as error:
            problem = tr("The default project was not taken. {why}").format(why=error)
            continue
        if found is None:
            sentence = tr("There is no project “{name}”, which the settings have as the default.")
            problem = sentence.format(name=name)
        elif found.workspace_id == workspace_id:
            return DefaultProject(names.project(found), found.colour)
    return DefaultProject(problem=problem)
