"""Every key of the program, by where it works."""

from typing import Final

from tray.language import mark

KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    mark("In every window"): (
        ("F1", mark("Show these keys")),
        ("Esc", mark("Close, or leave a field as it was")),
        ("Ctrl+F", mark("Search")),
        ("Ctrl+Z", mark("Undo")),
        ("Ctrl+Shift+Z", mark("Redo")),
    ),
    mark("Timer"): (
        ("Ctrl+N", mark("Start an entry")),
        ("Ctrl+Shift+N", mark("Add an entry that is over")),
        ("Ctrl+Return", mark("Continue the marked entry")),
        ("F2", mark("Edit it")),
        ("Ctrl+D", mark("Duplicate it")),
        ("Ctrl+Shift+S", mark("Split it")),
        ("Ctrl+M", mark("Merge the marked entries")),
        ("Ctrl+C", mark("Copy as text, which quick start reads")),
        ("Ctrl+P", mark("Pin as favourite")),
        ("Del", mark("Delete")),
    ),
    mark("Timesheet"): (
        ("0 – 9", mark("Type a length into the marked cell")),
        ("Return", mark("Keep it, and go down")),
        ("Tab", mark("Keep it, and go on to the next day")),
        ("Del", mark("Empty the cell")),
        ("Ctrl+N", mark("Add a project")),
        ("Alt+Left", mark("The week before")),
        ("Alt+Right", mark("The week after")),
    ),
    mark("Calendar"): (
        ("Left", mark("Choose an entry of the day before")),
        ("Right", mark("Choose one of the day after")),
        ("Up", mark("Choose the one before")),
        ("Down", mark("Choose the one after")),
        ("Shift+Up", mark("Move it: earlier, with Down later, with Left or Right to another day")),
        (
            "Ctrl+Shift+Down",
            mark("Stretch it: its end with Up or Down, its start with Left or Right"),
        ),
        ("Ins", mark("Fill the gap after it, or begin something new")),
        ("Return", mark("Edit it, or make an entry of an event")),
        ("Ctrl++", mark("Show hours larger")),
        ("Ctrl+-", mark("Show hours smaller")),
        ("Ctrl+0", mark("Show hours as usual")),
        ("PgUp", mark("The week before")),
        ("PgDown", mark("The week after")),
        ("Alt+Home", mark("Today")),
        ("Shift", mark("While dragging: to the minute")),
        ("Alt", mark("While dragging: leave a copy")),
    ),
    mark("Projects"): (
        ("Ctrl+N", mark("Make a new one")),
        ("F2", mark("Rename")),
        ("Ctrl+L", mark("Colour")),
        ("Ctrl+K", mark("Client")),
        ("Ctrl+B", mark("Billable")),
        ("Ctrl+I", mark("Details")),
        ("Ctrl+P", mark("Pin as favourite")),
        ("Ctrl+Return", mark("Start the marked favourite")),
        ("Alt+Up", mark("Move it up")),
        ("Alt+Down", mark("Move it down")),
        ("Ctrl+E", mark("Archive or restore")),
        ("Ctrl+M", mark("Merge into another")),
        ("Del", mark("Delete")),
    ),
    mark("A line for an entry"): (
        ("@", mark("Project, as @Acme or @Acme/Task; none: @-")),
        ("#", mark("Tag")),
        ("$", mark("Billable")),
        ("Tab", mark("Take over the marked suggestion")),
        ("Ctrl+Return", mark("Add it, ended now")),
    ),
    mark("Questions about an absence"): (("1 – 9", mark("Answer, by the number on the button")),),
}
"""Headings, and below each the keys with what they do; one key for each act."""
