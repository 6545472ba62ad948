"""What keys are called, in the user's language; what is stored and parsed is English."""

from tray.language import ptr


def shown_keys(keys: str) -> str:
    """``Strg+Alt+Leertaste`` for ``Ctrl+Alt+Space``; what else a desktop says stays as it is."""
    names = _names()
    return "+".join(names.get(key, key) for key in keys.split("+"))


def _names() -> dict[str, str]:
    """By all that Qt and hotkeys call them."""
    delete, escape = ptr("key", "Del"), ptr("key", "Esc")
    insert, up, down = ptr("key", "Ins"), ptr("key", "PgUp"), ptr("key", "PgDown")
    return {
        "Ctrl": ptr("key", "Ctrl"),
        "Alt": ptr("key", "Alt"),
        "Shift": ptr("key", "Shift"),
        "Meta": ptr("key", "Meta"),
        "Space": ptr("key", "Space"),
        "Return": ptr("key", "Return"),
        "Enter": ptr("key", "Enter"),
        "Tab": ptr("key", "Tab"),
        "Backspace": ptr("key", "Backspace"),
        "Home": ptr("key", "Home"),
        "End": ptr("key", "End"),
        "Left": ptr("key", "Left"),
        "Right": ptr("key", "Right"),
        "Up": ptr("key", "Up"),
        "Down": ptr("key", "Down"),
        "Plus": ptr("key", "Plus"),
        "Print": ptr("key", "Print"),
        "Pause": ptr("key", "Pause"),
        "Menu": ptr("key", "Menu"),
        "Media Play": ptr("key", "Media Play"),
        "Media Stop": ptr("key", "Media Stop"),
        "Media Next": ptr("key", "Media Next"),
        "Media Previous": ptr("key", "Media Previous"),
        "Volume Up": ptr("key", "Volume Up"),
        "Volume Down": ptr("key", "Volume Down"),
        "Volume Mute": ptr("key", "Volume Mute"),
        "Calculator": ptr("key", "Calculator"),
        "Mail": ptr("key", "Mail"),
        "Home Page": ptr("key", "Home Page"),
        "Search": ptr("key", "Search"),
        **dict.fromkeys(("Del", "Delete"), delete),
        **dict.fromkeys(("Esc", "Escape"), escape),
        **dict.fromkeys(("Ins", "Insert"), insert),
        **dict.fromkeys(("PgUp", "Page Up"), up),
        **dict.fromkeys(("PgDown", "Page Down"), down),
    }
