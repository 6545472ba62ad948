"""Makes the README's pictures from the program itself: ``python packaging/screenshots.py``.

It runs the tray on the virtual desktop of the tests, with a made-up week in it and an account on
the tests' server, and writes PNGs to ``.github/screenshots/``. With an argument it writes all
states, light and dark, at 100 % and 200 %, to that folder instead, to be looked at.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.fakes.toggl.account import Account  # noqa: E402  # after the path is set
from tests.fakes.toggl.server import serve  # noqa: E402
from tests.rig.appearance import Scheme  # noqa: E402
from tests.rig.desktop import Desktop, Program, open_desktop  # noqa: E402
from tests.rig.pointer import RIGHT  # noqa: E402
from tests.rig.screen import Place  # noqa: E402
from tests.rig.waiting import wait_until  # noqa: E402
from tray.model.durations import MINUTE  # noqa: E402
from tray.model.presence.presence_values import (  # noqa: E402
    Absence,
    AbsenceState,
    AwayPeriod,
    Cause,
)
from tray.store import absences, account  # noqa: E402
from tray.store.database import Database  # noqa: E402

TRAY: Final = (sys.executable, "-m", "tray")
SIZE: Final = (1280, 860)
SETTLE_SECONDS: Final = 0.8
PROJECTS: Final = (
    ("Acme", "#0b83d9"),
    ("算法研究", "#9e5bd9"),
    ("Internal", "#06a893"),
    ("Garden", "#e36a00"),
)
DAYS: Final = 6
"""The days before today with work in them; the latest ones have all of it, others less."""
WORK: Final = (
    "Stand-up @Internal #team {day} 9:00-9:15",
    "Write report @Acme #writing $ {day} 9:15-11:40",
    "写算法 @算法研究 #深度 {day} 11:40-12:30",
    "Review pull requests @Acme #review {day} 13:15-14:20",
    "Plan the beds for spring @Garden {day} 14:20-14:50",
)
GOALS: Final = "day_goal_minutes = 360\nweek_goal_minutes = 1800\n"
RUNNING: Final = "Write report @Acme #writing $ -72m"
GREAT: Final = (
    "A description that goes on for much longer than any window is wide, as some do "
    '@"A project with a remarkably long name that goes on and on" #a-long-tag-name -20m'
)


TOGGL: Final = "https://api.track.toggl.com/api/v9"
DOWN_TO_CONTINUE: Final = 2
"""So far below the first answer is "discard and continue"."""


class Stage(NamedTuple):
    """Where pictures are taken."""

    desktop: Desktop
    tray: Program
    database: str
    """The path of the tray's."""


class RailRow(NamedTuple):
    """Where the row of a page is, in pixels at 100 %."""

    x: int
    y: int
    window_width: int


class Shot(NamedTuple):
    """One picture."""

    name: str
    take: Callable[[Stage], None]
    """Brings up what is to be seen."""
    of: str = ""
    """The title of the window that is cut out; empty for the corner with the icon."""


def main(arguments: list[str]) -> None:
    """Make them all."""
    if arguments:
        for scheme in ("light", "dark"):
            for scale in (1.0, 2.0):
                folder = Path(arguments[0]) / f"{scheme}-{int(scale * 100)}"
                _series(folder, scheme, scale)
        return
    _series(ROOT / ".github" / "screenshots", "light", 1.0)


def _series(folder: Path, scheme: Scheme, scale: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _tracked(scheme, scale) as stage:
        desktop = stage.desktop
        for shot in SHOTS:
            shot.take(stage)
            time.sleep(SETTLE_SECONDS)
            desktop.notifications.clear()  # such as of a goal, before the corner of a window
            desktop.screen.picture(_place(desktop, shot)).save(folder / f"{shot.name}.png")
            desktop.press("esc")
            time.sleep(SETTLE_SECONDS / 4)


@contextmanager
def _tracked(scheme: Scheme, scale: float) -> Iterator[Stage]:
    """A desktop with the tray on it and a week in the tray."""
    size = (int(SIZE[0] * scale), int(SIZE[1] * scale))
    with (
        tempfile.TemporaryDirectory() as home,
        open_desktop("xfce", size=size) as desktop,
        serve(Account(premium=True)) as server,
    ):
        desktop.look(scheme, scale)
        variables = {
            "TOGGL_TRAY_HOME": home,
            "TZ": _zone_of_the_afternoon(),
            "TOGGL_API_TOKEN": server.account.token,
            "TOGGL_API_URL": server.url,
        }
        environment = {**desktop.variables, **variables}

        def tell(*words: str) -> None:
            subprocess.run([*TRAY, *words], env=environment, cwd=ROOT, check=True)

        for name, colour in PROJECTS:
            tell("projects", "create", name, "--colour", colour)
        Path(home, "settings.toml").write_text(GOALS, encoding="utf-8")
        for back in reversed(range(DAYS + 1)):
            for line in WORK[: 5 - back // 3]:
                tell("add", line.format(day=_day(back)), "--new")
        tell("favourites", "pin", "Stand-up @Internal #team")
        tell("favourites", "pin", "Write report @Acme #writing $")
        tell("favourites", "pin", "@算法研究")
        tell("start", RUNNING)
        tell("sync", "--upload")
        tray = desktop.run(TRAY, variables)
        tray.wait_for_icon()
        time.sleep(2 * SETTLE_SECONDS)
        with Database(f"{home}/toggl-tray.db") as db:
            # only what is shown
            account.update(db, url=TOGGL, name="Kim Example", time_zone="")
        yield Stage(desktop, tray, f"{home}/toggl-tray.db")


def _zone_of_the_afternoon() -> str:
    """A time zone in which it is between four and five now, so that the day's work is behind us."""
    return f"Here{_hours_behind():+d}"


def _hours_behind() -> int:
    """By how many hours that zone is behind UTC, of those that there are."""
    return (time.gmtime().tm_hour - 16 + 12) % 24 - 12


def _day(back: int) -> str:
    """The date of some days ago in that zone."""
    now = datetime.now(timezone(timedelta(hours=-_hours_behind())))
    return (now.date() - timedelta(days=back)).isoformat()


def _place(desktop: Desktop, shot: Shot) -> Place:
    if not shot.of:
        size = desktop.screen.size
        return Place(size.width * 6 // 10, 0, size.width * 4 // 10, size.height * 7 // 10)
    return desktop.windows(shot.of)[0].place


def _open_menu(stage: Stage) -> None:
    stage.tray.wait_for_icon().click(RIGHT)


def _open_dialog(text: str) -> Callable[[Stage], None]:
    def take(stage: Stage) -> None:
        desktop = stage.desktop
        desktop.press("ctrl+alt+space")
        wait_until(lambda: desktop.windows("Quick start"))
        time.sleep(SETTLE_SECONDS)
        desktop.type(text)

    return take


def _choose(label: str, title: str) -> Callable[[Stage], None]:
    def take(stage: Stage) -> None:
        item = stage.tray.wait_for_icon().item
        if item is None:
            raise SystemExit("The panel of the rig shows no StatusNotifierItems.")
        item.choose(label)
        wait_until(lambda: stage.desktop.windows(title))

    return take


def _open_page(label: str, title: str, row: RailRow) -> Callable[[Stage], None]:
    """Choose a window in the menu, and a page of it by its row in the rail."""

    def take(stage: Stage) -> None:
        _choose(label, title)(stage)
        time.sleep(SETTLE_SECONDS)
        place = stage.desktop.windows(title)[0].place
        scale = place.width / row.window_width
        stage.desktop.click(place.x + int(row.x * scale), place.y + int(row.y * scale))

    return take


def _open_question(stage: Stage) -> None:
    """What somebody is asked who has come back twelve minutes ago, with one of the answers."""
    now = int(time.time())
    with Database(stage.database) as db, db.writing():
        (running,) = db.row("SELECT id FROM entry WHERE stop IS NULL")
        away = (AwayPeriod(now - 50 * MINUTE, now - 12 * MINUTE),)
        absences.record(db, Absence(1, running, Cause.IDLE, AbsenceState.OPEN, away))
    time.sleep(SETTLE_SECONDS)
    _choose("You were away for 0:38", "Away")(stage)
    time.sleep(SETTLE_SECONDS)
    for _ in range(DOWN_TO_CONTINUE):
        stage.desktop.press("down")


def _open_timesheet(stage: Stage) -> None:
    """The other face of the Timer page, with a length being typed into a Monday that is empty."""
    _choose("Open Toggl Tray", "Timer")(stage)
    time.sleep(SETTLE_SECONDS)
    place = stage.desktop.windows("Timer")[0].place
    scale = place.width / TIMESHEET.window_width
    stage.desktop.click(place.x + int(TIMESHEET.x * scale), place.y + int(TIMESHEET.y * scale))
    time.sleep(SETTLE_SECONDS)
    stage.desktop.press("alt+left")
    stage.desktop.press("down")
    stage.desktop.type("1:30")


def _open_calendar(stage: Stage) -> None:
    """The week of which more days have been."""
    _open_page("Open Toggl Tray", "Timer", CALENDAR_ROW)(stage)
    wait_until(lambda: stage.desktop.windows("Calendar"))
    if datetime.fromisoformat(_day(0)).weekday() < _MIDDLE:
        stage.desktop.press("pageup")


_MIDDLE: Final = 3
"""Thursday."""


def _open_reports(stage: Stage) -> None:
    """The week before, as this one may have begun today."""
    _open_page("Open Toggl Tray", "Calendar", REPORTS_ROW)(stage)
    wait_until(lambda: stage.desktop.windows("Reports"))
    time.sleep(SETTLE_SECONDS)
    for keys in ("shift+tab", "space", "tab"):
        stage.desktop.press(keys)
    time.sleep(SETTLE_SECONDS)


TIMESHEET: Final = RailRow(974, 96, 1040)
CALENDAR_ROW: Final = RailRow(60, 120, 1040)
REPORTS_ROW: Final = RailRow(60, 156, 1040)
PROJECTS_ROW: Final = RailRow(60, 192, 1040)
TIME_ROW: Final = RailRow(60, 112, 760)
SHOTS: Final = (
    Shot("menu", _open_menu),
    Shot("quick-start", _open_dialog("Wri"), "Quick start"),
    Shot("quick-start-line", _open_dialog("Call @Acme #review $ -15m"), "Quick start"),
    Shot("main-window", _choose("Open Toggl Tray", "Timer"), "Timer"),
    Shot("timesheet", _open_timesheet, "Timer"),
    Shot("calendar", _open_calendar, "Calendar"),
    Shot("reports", _open_reports, "Reports"),
    Shot("projects", _open_page("Open Toggl Tray", "Reports", PROJECTS_ROW), "Projects"),
    Shot("account", _choose("Settings…", "Settings"), "Settings"),
    Shot("settings", _open_page("Settings…", "Settings", TIME_ROW), "Settings"),
    Shot("away", _open_question, "Away"),
)

if __name__ == "__main__":
    main(sys.argv[1:])
