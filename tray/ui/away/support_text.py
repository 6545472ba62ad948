"""What of its user's absence this computer lets us notice, in words for the settings."""

from tray.desktop.in_use import InUseKind
from tray.desktop.support import Level
from tray.language import listed, tr
from tray.workers.presence_sensors import Watched


def support_text(watched: Watched) -> str:
    """A line each for idle time, for lock and sleep if there is something to say, and the rest."""
    text = ""
    if watched.idle.level is Level.MISSING:
        text = tr(
            "Idle time cannot be measured here; locks, sleep and gaps of the clock are used. {why}"
        )
    elif watched.idle.level is not Level.PENDING:
        text = tr("Idle time is measured by {why}.")
    lines = [text.format(why=watched.idle_text)] if text else []
    if watched.power.why:
        lines.append(tr("Lock and sleep: {why}").format(why=watched.power.why))
    missing = [_name(kind) for kind, each in watched.in_use if each.level is Level.MISSING]
    names = listed(missing)
    if names:
        lines.append(tr("Cannot be noticed here: {names}.").format(names=names))
    return "\n".join(lines)


def limits_text(watched: Watched) -> str:
    """What cannot be noticed here, in a sentence for everybody; empty if nothing is missing."""
    if watched.idle.level is Level.MISSING:
        return tr(
            "This computer does not tell when nobody is there; only locks and sleep are noticed."
        )
    return ""


def _name(kind: InUseKind) -> str:
    """What can make somebody busy; empty for what cannot."""
    names = {
        InUseKind.INHIBITOR: tr("programs that keep the screen on"),
        InUseKind.FULL_SCREEN: tr("full screens"),
        InUseKind.PRESENTATION: tr("the mode for presentations"),
        InUseKind.MICROPHONE: tr("the microphone"),
        InUseKind.CAMERA: tr("the camera"),
    }
    return names.get(kind, "")
