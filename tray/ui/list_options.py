"""How the pages of the main window show what is in them, as the settings have it."""

from tray.lean_typing import NamedTuple
from tray.settings import Settings


class ListOptions(NamedTuple):
    """What can be chosen about the pages of the main window."""

    similar: bool = False
    """Whether equal entries of a day stand together."""
    gaps: bool = False
    """Whether the time between entries is shown."""
    density: str = "comfortable"
    """How high rows are, one of `tray.model.setting_choices.DENSITIES`."""
    working_hours: str = ""
    """When the user works: a day of the timesheet begins then."""
    over_midnight: str = "split"
    """Where reports count an entry over midnight, of `MIDNIGHT_RULES`."""


def list_options_of(chosen: Settings) -> ListOptions:
    """How lists are shown, as the settings have it."""
    return ListOptions(
        chosen.group_similar,
        chosen.show_gaps,
        chosen.density,
        chosen.working_hours,
        chosen.over_midnight,
    )
