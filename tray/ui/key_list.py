"""Every key of the program, by where it works."""

from typing import Final

KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "In every window": (
        ("F1", "Show these keys"),
        ("Esc", "Close, or leave a field as it was"),
        ("Ctrl+F", "Search"),
        ("Ctrl+Z", "Undo"),
        ("Ctrl+Shift+Z", "Redo"),
    ),
    "Timer": (
        ("Ctrl+N", "Start an entry"),
        ("Ctrl+Shift+N", "Add an entry that is over"),
        ("Ctrl+Return", "Continue the marked entry"),
        ("F2", "Edit it"),
        ("Ctrl+D", "Duplicate it"),
        ("Ctrl+Shift+S", "Split it"),
        ("Ctrl+M", "Merge the marked entries"),
        ("Ctrl+P", "Pin as favourite"),
        ("Del", "Delete"),
    ),
    "Timesheet": (
        ("0 – 9", "Type a length into the marked cell"),
        ("Return", "Keep it, and go down"),
        ("Tab", "Keep it, and go on to the next day"),
        ("Del", "Empty the cell"),
        ("Ctrl+N", "Add a project"),
        ("Alt+Left", "The week before"),
        ("Alt+Right", "The week after"),
    ),
    "Projects": (
        ("Ctrl+N", "Make a new one"),
        ("F2", "Rename"),
        ("Ctrl+L", "Colour"),
        ("Ctrl+K", "Client"),
        ("Ctrl+B", "Billable"),
        ("Ctrl+P", "Pin as favourite"),
        ("Ctrl+Return", "Start the marked favourite"),
        ("Alt+Up", "Move it up"),
        ("Alt+Down", "Move it down"),
        ("Ctrl+E", "Archive or restore"),
        ("Ctrl+M", "Merge into another"),
        ("Del", "Delete"),
    ),
    "A line for an entry": (
        ("@", "Project, as @Acme or @Acme/Task"),
        ("#", "Tag"),
        ("$", "Billable"),
        ("Tab", "Take over the marked suggestion"),
        ("Ctrl+Return", "Add it, ended now"),
    ),
    "Questions about an absence": (("1 – 9", "Answer, by the number on the button"),),
}
"""Headings, and below each the keys with what they do; one key for each act."""
