"""What the settings say about the means to notice an absence."""

from tray.desktop.in_use import InUseKind
from tray.desktop.support import WORKS, missing, partly
from tray.ui.away.support_text import limits_text, support_text
from tray.workers.presence_sensors import Watched


def test_where_all_works_one_line_names_who_measures() -> None:
    said = support_text(Watched(WORKS, "XScreenSaver", WORKS, ((InUseKind.CAMERA, WORKS),)))
    assert said == "Idle time is measured by XScreenSaver."


def test_where_idleness_cannot_be_measured_it_says_what_is_used_instead() -> None:
    why = "This desktop does not say how long nobody was there."
    said = support_text(Watched(missing(why), why, WORKS, ()))
    assert said.startswith("Idle time cannot be measured here; locks, sleep and gaps of the clock")
    assert said.endswith(why)


def test_what_else_is_missing_has_lines_of_its_own() -> None:
    engaged = ((InUseKind.CAMERA, missing("no")), (InUseKind.QUIET, missing("no")))
    said = support_text(Watched(WORKS, "X", partly("logind has not answered yet."), engaged))
    assert said.splitlines()[1:] == [
        "Lock and sleep: logind has not answered yet.",
        "Cannot be noticed here: the camera.",
    ]


def test_what_is_missing_is_said_without_mechanics() -> None:
    there = Watched(WORKS, "org.example.Idle", WORKS, ())
    assert limits_text(there) == ""
    gone = Watched(missing("org.example.Idle has no owner."), "org.example.Idle", WORKS, ())
    assert limits_text(gone).startswith("This computer does not tell when nobody is there")
    assert "org." not in limits_text(gone)
