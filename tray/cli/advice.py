"""What to type next about an error that says what is wrong, but knows of no terminal."""

from tray.errors import (
    Archived,
    NotConfirmed,
    NotCreatedYet,
    NotFound,
    OtherAccount,
    StorageError,
    Undecided,
    UserError,
)


def with_advice(error: UserError | StorageError) -> str:
    """The sentence of an error, and the command or variable that helps, if one does."""
    if isinstance(error, UserError):
        advice = _advice(error)
    else:
        advice = "You can set TOGGL_TRAY_HOME to another folder." if error.elsewhere else ""
    return f"{error} {advice}".rstrip()


def _advice(error: UserError) -> str:
    match error:
        case NotCreatedYet():
            return "To make it, add --new."
        case NotConfirmed():
            return "If that is right, add --yes."
        case NotFound(kind="entry"):
            return "`toggl-tray list` shows what there is."
        case NotFound(kind="problem"):
            return "`toggl-tray problems` lists what there is."
        case NotFound(kind="task"):
            return "`toggl-tray projects` lists them."
        case NotFound(kind=kind) if kind:
            return f"`toggl-tray {kind}s` lists them."
        case Archived(kind="project", id=project_id):
            return f"`toggl-tray projects restore {project_id}` does that."
        case OtherAccount():
            return "`toggl-tray logout --forget` does that."
        case Undecided():
            return "`toggl-tray problems` lists what there is to decide."
    return ""
