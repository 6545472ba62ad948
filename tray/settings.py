"""What the user can choose, and the file in which it is written.

The file is TOML, one ``key = value`` a line. A value that cannot be used is named in a problem and
its default taken; every other line keeps its effect.
"""

import os
from datetime import tzinfo
from typing import Final, NamedTuple

WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class Settings(NamedTuple):
    """The values in force."""

    time_zone: str = ""
    """An IANA name such as ``Europe/Tallinn``; empty means the computer's own zone."""
    day_start_hour: int = 0
    """The hour, 0 to 23, at which one day ends and the next begins."""
    week_start: str = "monday"
    """One of `WEEKDAYS`."""
    time_format: str = "24h"
    """``24h`` or ``12h``."""

    @property
    def zone(self) -> tzinfo | None:
        """The time zone to show times in; None is the computer's own."""
        if not self.time_zone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.time_zone)


class Declared(NamedTuple):
    """How a setting is explained and which values it takes."""

    label: str
    hint: str
    choices: tuple[str, ...] = ()
    """What a text may be; empty for any."""
    least: int = 0
    most: int = 0


DECLARED: Final = {
    "time_zone": Declared(
        "Time zone", "An IANA name such as Europe/Tallinn; empty: the computer's"
    ),
    "day_start_hour": Declared("Day starts at", "Work after midnight counts as before", most=23),
    "week_start": Declared("Week starts on", "The first day of the week", choices=WEEKDAYS),
    "time_format": Declared("Time format", "How times are shown", choices=("24h", "12h")),
}
"""Every field of `Settings`, in the order in which they are shown."""


class Loaded(NamedTuple):
    """The settings, with one sentence for each value that could not be used."""

    settings: Settings
    problems: tuple[str, ...] = ()


def load(path: str) -> Loaded:
    """Read the settings file; one that is not there means all defaults. Never raises."""
    if not os.path.exists(path):
        return Loaded(Settings())
    import tomllib

    try:
        with open(path, "rb") as file:
            raw = tomllib.load(file)
    except OSError as error:
        return Loaded(Settings(), (f"The settings in {path} cannot be read ({error.strerror}).",))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Loaded(
            Settings(),
            (f"The settings in {path} are not valid TOML ({error}). Mend or remove that line.",),
        )
    return _checked(raw, path)


def _checked(raw: dict[str, object], path: str) -> Loaded:
    good: dict[str, object] = {}
    problems: list[str] = []
    for key, value in raw.items():
        wrong = _wrong(key, value)
        if wrong:
            problems.append(f"{wrong} The line is in {path}.")
        else:
            good[key] = value
    return Loaded(Settings()._replace(**good), tuple(problems))  # type: ignore[arg-type]  # checked by _wrong


def _wrong(key: str, value: object) -> str:
    """What is wrong with a setting, as a sentence; empty if nothing."""
    declared = DECLARED.get(key)
    if declared is None:
        return f"There is no setting called {key}. Known are: {', '.join(DECLARED)}."
    if isinstance(getattr(Settings(), key), int):
        if type(value) is int and declared.least <= value <= declared.most:
            return ""
        return f"{key} must be a whole number from {declared.least} to {declared.most}."
    if not isinstance(value, str):
        return f"{key} must be a text in quotes."
    if declared.choices and value not in declared.choices:
        return f"{key} must be one of {', '.join(declared.choices)}, not {value!r}."
    if key == "time_zone" and value and not _zone_exists(value):
        return f"{value!r} is not a time zone known here. Use a name such as Europe/Tallinn."
    return ""


def _zone_exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True
