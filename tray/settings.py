"""What the user can choose, and the file in which it is written.

The file is TOML, one ``key = value`` a line. A value that cannot be used is named in a problem and
its default taken; every other line keeps its effect. Saving changes only the values it must, so
comments, and what could not be used, stay.
"""

from datetime import tzinfo

from tray import files, settings_file
from tray.language import LANGUAGES, tr
from tray.lean_typing import Final, NamedTuple
from tray.local_errors import BadFile, BadLine, ReadOnly
from tray.model.account_formats import DATE_FORMATS, DURATION_FORMATS
from tray.model.locales.chosen import Style
from tray.model.setting_choices import (
    APPEARANCES,
    DENSITIES,
    GESTURES,
    ICON_LABELS,
    LIKE,
    MIDNIGHT_RULES,
    POLICIES,
    QUICK_START_KEY,
    SHOWN,
    WEEKDAYS,
)
from tray.model.setting_texts import problem_with_text, unknown_keys, zone_exists
from tray.regional_formats import ACCOUNT, meant
from tray.sentences import reason, together


class Settings(NamedTuple):
    """The values in force."""

    time_zone: str = ACCOUNT
    """An IANA name such as ``Europe/Tallinn``, or a word of `LIKE`; empty: the computer's own."""
    day_start_hour: int = 0
    """The hour, 0 to 23, at which one day ends and the next begins."""
    week_start: str = ACCOUNT
    """One of `WEEKDAYS` or `LIKE`."""
    time_format: str = ACCOUNT
    """``24h``, ``12h`` or one of `LIKE`."""
    date_format: str = ACCOUNT
    """One of `DATE_FORMATS` or `LIKE`: how dates in figures look."""
    duration_format: str = ACCOUNT
    """One of `DURATION_FORMATS`, or ``account``: how lengths look."""
    over_midnight: str = "split"
    """One of `MIDNIGHT_RULES`: in reports, an entry over midnight is in both days, or the first."""
    day_goal_minutes: int = 0
    """How much a day should hold; 0 for no goal."""
    week_goal_minutes: int = 0
    """How much a week should hold; 0 for no goal."""
    language: str = "system"
    """One of `LANGUAGES`; ``system`` is what the desktop is in, as far as we have it."""
    appearance: str = "system"
    """One of `APPEARANCES`; ``system`` is light or dark as the desktop is."""
    density: str = "comfortable"
    """One of `DENSITIES`."""
    group_similar: bool = True
    """Whether the list shows equal entries of a day as one."""
    show_gaps: bool = False
    """Whether the list shows the time between the entries of a day."""
    list_seconds: bool = False
    """Whether the list shows lengths to the second, or in minutes that add up."""
    icon_style: str = "time"
    """``time`` or ``symbol``: what the icon shows while an entry runs."""
    icon_label: str = "nothing"
    """One of `ICON_LABELS`: what stands beside the icon, on a panel that shows text there."""
    left_click: str = "toggle"
    """One of `GESTURES`."""
    middle_click: str = "quick start"
    """One of `GESTURES`."""
    double_click: str = "nothing"
    """One of `GESTURES`; unless it is ``nothing``, a left click waits for a second one."""
    scroll_toggles: bool = False
    """Whether the wheel on the icon starts (up) and stops (down)."""
    hotkey_quick_start: str = QUICK_START_KEY
    """The keys that open the quick-start dialog anywhere; empty for none."""
    hotkey_toggle: str = "ctrl+alt+shift+space"
    """The keys that start and stop anywhere; empty for none."""
    hotkey_window: str = ""
    """The keys that show and hide what `window_shown` names; empty for none."""
    window_shown: str = "entries"
    """One of `SHOWN`."""
    hotkey_clipboard: str = ""
    """The keys that start what is in the clipboard; empty for none."""
    clipboard_starts: bool = False
    """Whether the text of the clipboard is started at once, or put into quick start."""
    hotkey_mini: str = ""
    """The keys that show and hide the small window; empty for none."""
    confirm_changes: bool = True
    """Whether a notification tells of each start and stop, with a way to undo it."""
    default_project: str = ""
    """What is started without a project gets this one; several with ; between, for workspaces."""
    start_hidden: bool = True
    """Whether only the icon shows at start, or the main window too."""
    mini_at_start: bool = False
    """Whether the small window shows at start."""
    mini_on_top: bool = True
    """Whether the small window stays above others."""
    on_idle: str = "ask"
    """One of `POLICIES`: when nobody has touched anything for a while."""
    on_lock: str = "ask"
    """One of `POLICIES`: when the screen is locked, or another user's session comes to front."""
    on_sleep: str = "ask"
    """One of `POLICIES`: when the computer goes to sleep."""
    on_quit: str = "nothing"
    """One of `POLICIES`: when the program ends, and for the time until it is started again."""
    idle_minutes: int = 10
    """How long nobody has to be there for it to matter."""
    lengthened_minutes: int = 60
    """The same during a call, a presentation or a film."""
    count_calls: bool = True
    """Whether a microphone or camera in use makes it the longer time."""
    count_presentations: bool = True
    """Whether a full screen or the system's mode for presentations does."""
    count_films: bool = True
    """Whether a program that keeps the screen on does."""
    remind_long_run: bool = True
    """Whether to ask about an entry that runs for longer than usual."""
    long_run_hours: int = 8
    """From how many hours on it is so in any case; 0: only longer than such entries usually."""
    remind_overnight: bool = True
    """Whether to ask about an entry that was left running in the evening."""
    day_end_hour: int = 22
    """The hour, 0 to 23, at which the user has usually stopped working."""
    remind_nothing_running: bool = True
    """Whether to say so if nothing runs in `working_hours`."""
    nothing_first_minutes: int = 10
    """How long nothing has to run before that is said."""
    nothing_again_minutes: int = 30
    """How long after that it is said again."""
    working_hours: str = ""
    """When something should be running, such as ``mon-fri 9:00-12:30 13:30-18:00``."""
    remind_day_goal: bool = True
    """Whether to say so when the goal of the day is reached."""
    remind_week_goal: bool = True
    """Whether to say so when the goal of the week is reached."""
    remind_breaks: bool = False
    """Whether to say so when it is time for a break, and when that is over."""
    work_minutes: int = 25
    """How long to work up to a break."""
    break_minutes: int = 5
    """How long a break lasts; 0: nothing is said at its end."""
    breaks_stop: bool = False
    """Whether the entry is stopped when it is time for a break."""
    quiet_hours: str = ""
    """When nothing is said, written as `working_hours`."""
    run_hooks: bool = True
    """Whether the programs in the folder of hooks are told what happens."""
    serve_api: bool = False
    """Whether the tray has the local Toggl API served."""
    api_port: int = 17887
    """The port at which it is served."""
    api_pass_on: bool = False
    """Whether calls that only the account's server can answer are passed on to it."""
    proxy: str = ""
    """The URL of the proxy; empty means the system's own, ``none`` that there is none."""
    ca_file: str = ""
    """The path of certificates to trust in place of the system's own; empty for these."""
    unencrypted_server: str = ""
    """The one host in a private network that may be spoken to by plain HTTP; empty for none."""
    debug_log: bool = False
    """Whether every step is logged, as ``--debug`` does for one run."""

    @property
    def zone(self) -> tzinfo | None:
        """The time zone to show times in; None is the computer's own."""
        if not (name := self.zone_name):
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(name)

    @property
    def zone_name(self) -> str:
        """The name of that zone; empty for the computer's own, and for one not known here."""
        name = meant("time_zone", self.time_zone)
        return name if name and (name == self.time_zone or zone_exists(name)) else ""

    @property
    def first_weekday(self) -> int:
        """With which day weeks begin; 0 is Monday."""
        return WEEKDAYS.index(meant("week_start", self.week_start))

    @property
    def twelve_hours(self) -> bool:
        """Whether clocks show AM and PM."""
        return meant("time_format", self.time_format) == "12h"

    @property
    def style(self) -> Style:
        """How dates and lengths are written."""
        return Style(
            meant("date_format", self.date_format),
            meant("duration_format", self.duration_format),
            self.first_weekday,
        )


class Declared(NamedTuple):
    """How a setting is explained, in English up to where it is shown, and which values it takes."""

    group: str
    """The heading under which it is shown."""
    label: str
    hint: str
    """Empty where the label says all."""
    choices: tuple[str, ...] = ()
    """What a text may be; empty for any."""
    least: int = 0
    most: int = 0


DECLARED: Final = {
    "time_zone": Declared("Days and weeks", "Time zone", "In which times are shown and typed"),
    "day_start_hour": Declared(
        "Days and weeks", "Day starts at", "Work before it counts as the day before", most=23
    ),
    "week_start": Declared("Days and weeks", "Week starts on", "", choices=(*LIKE, *WEEKDAYS)),
    "time_format": Declared("Days and weeks", "Times look like", "", choices=(*LIKE, "24h", "12h")),
    "date_format": Declared(
        "Days and weeks",
        "Dates look like",
        "Where they are in figures",
        choices=(*LIKE, *DATE_FORMATS),
    ),
    "duration_format": Declared(
        "Days and weeks", "Lengths look like", "", choices=(ACCOUNT, *DURATION_FORMATS)
    ),
    "over_midnight": Declared(
        "Days and weeks",
        "Entries over midnight",
        "In reports: split at midnight, or on the first day, as Toggl does",
        choices=MIDNIGHT_RULES,
    ),
    "day_goal_minutes": Declared(
        "Your hours", "Goal for a day", "In hours and minutes, such as 8:00", most=24 * 60
    ),
    "week_goal_minutes": Declared(
        "Your hours", "Goal for a week", "In hours and minutes, such as 40:00", most=7 * 24 * 60
    ),
    "language": Declared(
        "Language",
        "Language",
        "Of everything, in windows and in the terminal",
        choices=("system", *LANGUAGES),
    ),
    "appearance": Declared("Looks", "Colours", "Of every window", choices=APPEARANCES),
    "density": Declared("Looks", "Rows", "How much room each takes in a list", choices=DENSITIES),
    "group_similar": Declared("Looks", "Group similar", "Equal entries of a day are one row"),
    "show_gaps": Declared("Looks", "Show gaps", "The time between entries has a row, too"),
    "list_seconds": Declared("Looks", "Show seconds", "Lengths as 1:30:05; else in minutes"),
    "icon_style": Declared(
        "Tray icon", "While an entry runs", "What the icon shows", choices=("time", "symbol")
    ),
    "icon_label": Declared(
        "Tray icon", "Beside the icon", "While an entry runs", choices=ICON_LABELS
    ),
    "left_click": Declared("Tray icon", "Left click", "On the icon", choices=GESTURES),
    "middle_click": Declared("Tray icon", "Middle click", "On the icon", choices=GESTURES),
    "double_click": Declared(
        "Tray icon",
        "Double click",
        "Where it does something, a left click waits a moment for the second one",
        choices=GESTURES,
    ),
    "scroll_toggles": Declared("Tray icon", "Scrolling", "Up on the icon starts, down stops"),
    "hotkey_quick_start": Declared(
        "Hotkeys", "Quick start", "Click, then press the keys; they work in every program"
    ),
    "hotkey_toggle": Declared("Hotkeys", "Start and stop", "They work in every program"),
    "hotkey_window": Declared(
        "Hotkeys", "Show and hide", "Brings it up, or away if it is in front"
    ),
    "window_shown": Declared("Hotkeys", "What is shown and hidden", "", choices=SHOWN),
    "hotkey_clipboard": Declared(
        "Hotkeys", "Start from the clipboard", "Its text is the description, whatever is in it"
    ),
    "clipboard_starts": Declared(
        "Hotkeys", "Clipboard starts at once", "Otherwise it is put into quick start"
    ),
    "hotkey_mini": Declared("Hotkeys", "Small window", "Shows and hides it"),
    "confirm_changes": Declared(
        "Starting", "Confirm start and stop", "A notification says so, with Undo"
    ),
    "default_project": Declared(
        "Starting",
        "Default project",
        "For what is started without one; @- in a line is none. Several workspaces: Acme; Büro",
    ),
    "start_hidden": Declared("Starting", "Start hidden", "Show only the icon, without a window"),
    "mini_at_start": Declared("Starting", "Small window at start", "What runs, and its buttons"),
    "mini_on_top": Declared(
        "Starting", "Small window on top", "On Wayland only the menu of its title bar can do that"
    ),
    "on_idle": Declared(
        "When you are away", "Nobody at the computer", "While an entry runs", choices=POLICIES
    ),
    "on_lock": Declared(
        "When you are away", "Screen locked", "Or another user comes in front", choices=POLICIES
    ),
    "on_sleep": Declared("When you are away", "Computer asleep", "", choices=POLICIES),
    "on_quit": Declared(
        "When you are away", "Toggl Tray not running", "Or the session ends", choices=POLICIES
    ),
    "idle_minutes": Declared(
        "What counts as away",
        "Away after",
        "A shorter absence is not asked about",
        least=1,
        most=240,
    ),
    "lengthened_minutes": Declared(
        "What counts as away", "When busy", "In a call, a presentation or a film", least=1, most=600
    ),
    "count_calls": Declared(
        "What counts as away", "Calls", "Busy while the microphone or camera is in use"
    ),
    "count_presentations": Declared(
        "What counts as away", "Presentations", "Busy while a window fills the screen"
    ),
    "count_films": Declared(
        "What counts as away", "Films", "Busy while a program keeps the screen on"
    ),
    "remind_long_run": Declared(
        "Forgotten entries", "Runs too long", "Ask about an entry that runs for longer than usual"
    ),
    "long_run_hours": Declared(
        "Forgotten entries", "Too long after", "In any case, whatever is usual", most=999
    ),
    "remind_overnight": Declared(
        "Forgotten entries", "Left running", "Ask about an entry that was forgotten in the evening"
    ),
    "day_end_hour": Declared(
        "Forgotten entries", "Your day ends at", "What runs later is asked about", most=23
    ),
    "remind_nothing_running": Declared(
        "Nothing runs", "Nothing runs", "Say so in working hours if no entry runs"
    ),
    "nothing_first_minutes": Declared(
        "Nothing runs",
        "First said after",
        "Of nothing running, or of being back",
        least=1,
        most=240,
    ),
    "nothing_again_minutes": Declared(
        "Nothing runs", "Said again after", "If nothing runs still", least=5, most=480
    ),
    "working_hours": Declared("Your hours", "Working hours", "When an entry should run"),
    "remind_day_goal": Declared("Goals", "Goal of the day", "Say so when it is reached"),
    "remind_week_goal": Declared("Goals", "Goal of the week", "Say so when it is reached"),
    "remind_breaks": Declared(
        "Breaks", "Breaks", "Say so when it is time for one, and when it is over"
    ),
    "work_minutes": Declared("Breaks", "Work for", "While an entry runs", least=5, most=240),
    "break_minutes": Declared("Breaks", "Break lasts", "0:00: its end is not said", most=120),
    "breaks_stop": Declared("Breaks", "Breaks stop the entry", "Otherwise it runs on"),
    "quiet_hours": Declared("Quiet hours", "Quiet hours", "When nothing is said"),
    "run_hooks": Declared(
        "Hooks", "Run hooks", "Programs of yours that are told of each start, stop and change"
    ),
    "serve_api": Declared(
        "Local Toggl API",
        "Serve other programs",
        "For scripts and Toggl clients; toggl-tray serve --token shows what they sign in with",
    ),
    "api_port": Declared(
        "Local Toggl API", "Port", "Programs reach it at this computer only", least=1024, most=65535
    ),
    "api_pass_on": Declared(
        "Local Toggl API",
        "Pass on the rest",
        "What only the account's server knows is asked there; it counts as your requests",
    ),
    "proxy": Declared(
        "Network", "Proxy", "Such as http://proxy:3128, or none; empty: the system's"
    ),
    "ca_file": Declared("Network", "Certificates", "A file of authorities to trust instead"),
    "unencrypted_server": Declared(
        "Network",
        "Unencrypted server",
        "One private address such as 192.168.1.5; everyone in that network can read what is sent",
    ),
    "debug_log": Declared(
        "Diagnostics", "Detailed log", "Every step, for a report of a fault; not what was tracked"
    ),
}
"""Every field of `Settings`, in the order in which they are shown."""


class LoadedSettings(NamedTuple):
    """The settings, with one sentence for each value that could not be used."""

    settings: Settings
    problems: tuple[str, ...] = ()
    unknown: str = ""
    """The keys that are no setting of this version, as one sentence; empty if there are none."""
    readable: bool = True
    """Whether the file is TOML at all, or not there; if not, everything is a default."""


def load(path: str) -> LoadedSettings:
    """Read the settings file; one that is not there means all defaults. Never raises."""
    try:
        return _checked(settings_file.parsed(settings_file.read_text(path), path), path)
    except BadFile as error:
        return LoadedSettings(Settings(), (str(error),), readable=False)


def language_in(path: str) -> str:
    """The language that the file names; ``system`` without a further look if it names none."""
    try:
        is_named = "language" in settings_file.read_text(path)
    except BadFile:
        return "system"
    return load(path).settings.language if is_named else "system"


def save(path: str, settings: Settings) -> None:
    """Write the values that differ from what the file says, all at once or not at all.

    Raises:
        BadFile: the file cannot be read, or is not TOML; it stays as it is.
        ReadOnly: the file or its folder cannot be written.
    """
    text = settings_file.read_text(path)
    before = _checked(settings_file.parsed(text, path), path).settings._asdict()
    changed = {key: value for key, value in settings._asdict().items() if value != before[key]}
    if not changed:
        return
    data = settings_file.edited(text, changed, path).encode()
    try:
        files.replace_whole(path, data)
    except OSError as error:
        raise ReadOnly(
            tr(
                "The settings {path} cannot be written ({reason}). Make them writable for you."
            ).format(path=path, reason=reason(error))
        ) from error


def _checked(raw: dict[str, object], path: str) -> LoadedSettings:
    good: dict[str, object] = {}
    problems: list[str] = []
    for key in filter(raw.__contains__, DECLARED):
        wrong = problem_with(key, raw[key])
        if wrong:
            problems.append(together(wrong, tr("The line is in {path}.").format(path=path)))
        else:
            good[key] = raw[key]
    settings = Settings()._replace(**good)  # type: ignore[arg-type]  # problem_with checked each
    return LoadedSettings(
        settings, tuple(problems), unknown_keys(raw.keys() - DECLARED.keys(), path)
    )


def problem_with(key: str, value: object) -> str:
    """What is wrong with a value of a setting, as a sentence; empty if nothing."""
    declared = DECLARED[key]
    default = getattr(Settings(), key)
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else tr("{key} must be true or false.").format(key=key)
    if isinstance(default, int):
        if type(value) is int and declared.least <= value <= declared.most:
            return ""
        return tr("{key} must be a whole number from {least} to {most}.").format(
            key=key, least=declared.least, most=declared.most
        )
    if not isinstance(value, str):
        return tr("{key} must be a text in quotes.").format(key=key)
    if key == "time_zone" and value in LIKE:
        return ""
    if key in ("working_hours", "quiet_hours"):
        return _problem_with_hours(key, value)
    return problem_with_text(key, value, declared.choices)


def _problem_with_hours(key: str, value: str) -> str:
    from tray.model.plain_hours import are_plain

    if not value or are_plain(value):
        return ""
    from tray.model.presence.hours import parse_hours

    try:
        parse_hours(value)
    except BadLine as error:
        return f"{key}: {error}"
    return ""
