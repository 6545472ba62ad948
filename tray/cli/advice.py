"""What to type next about an error that says what is wrong, but knows of no terminal."""

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
from tray.language import tr
from tray.sentences import together


def with_advice(error: TrayError) -> str:
    """The sentence of an error, and the command or variable that helps, if one does."""
    return together(str(error), _advice(error))


def _advice(error: TrayError) -> str:
    match error:
        case NotFound(kind=kind) if kind:
            return _that_lists(kind)
        case StorageError(elsewhere=True):
            return tr("You can set TOGGL_TRAY_HOME to another folder.")
        case Archived(kind="project", id=project_id):
            return tr("`toggl-tray projects restore {id}` does that.").format(id=project_id)
    return _of_class(type(error))


def _that_lists(kind: str) -> str:
    match kind:
        case "entry":
            return tr("`toggl-tray list` shows what there is.")
        case "problem":
            return tr("`toggl-tray problems` lists what there is.")
    command = {"task": "projects", "report": "report --saved"}.get(kind, f"{kind}s")
    return tr("`toggl-tray {command}` lists them.").format(command=command)


def _of_class(kind: type[TrayError]) -> str:
    advice: dict[type[TrayError], str] = {
        NotCreatedYet: tr("To make it, add --new."),
        NotConfirmed: tr("If that is right, add --yes."),
        OtherAccount: tr("`toggl-tray logout --forget` does that."),
        Undecided: tr("`toggl-tray problems` lists what there is to decide."),
        Unencrypted: tr("`toggl-tray login --unencrypted` does that."),
    }
    return advice.get(kind, "")
