"""What to type next about an error that says what is wrong, but knows of no terminal."""

from typing import Final

from tray.errors import (
    Archived,
    NotConfirmed,
    NotCreatedYet,
    NotFound,
    OtherAccount,
    StorageError,
    TrayError,
    Undecided,
    Unencrypted,
)

_OF_ONE_CLASS: Final[dict[type[TrayError], str]] = {
    NotCreatedYet: "To make it, add --new.",
    NotConfirmed: "If that is right, add --yes.",
    OtherAccount: "`toggl-tray logout --forget` does that.",
    Undecided: "`toggl-tray problems` lists what there is to decide.",
    Unencrypted: "`toggl-tray login --unencrypted` does that.",
}


def with_advice(error: TrayError) -> str:
    """The sentence of an error, and the command or variable that helps, if one does."""
    return f"{error} {_advice(error)}".rstrip()


def _advice(error: TrayError) -> str:
    match error:
        case NotFound(kind="entry"):
            return "`toggl-tray list` shows what there is."
        case NotFound(kind="problem"):
            return "`toggl-tray problems` lists what there is."
        case NotFound(kind="task"):
            return "`toggl-tray projects` lists them."
        case NotFound(kind="report"):
            return "`toggl-tray report --saved` lists them."
        case NotFound(kind=kind) if kind:
            return f"`toggl-tray {kind}s` lists them."
        case StorageError(elsewhere=True):
            return "You can set TOGGL_TRAY_HOME to another folder."
        case Archived(kind="project", id=project_id):
            return f"`toggl-tray projects restore {project_id}` does that."
    return _OF_ONE_CLASS.get(type(error), "")
