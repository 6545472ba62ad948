"""Every window and every page of the program, each shown with something in it, one by one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.settings.conftest import Desktop
from tray import clock
from tray.app.application import Application
from tray.app.window_pages import pages
from tray.ipc import lock
from tray.model.durations import HOUR, MINUTE
from tray.model.formats import TimeFormat
from tray.model.presence.due import ReminderKind
from tray.model.presence.overnight import OvernightProposal
from tray.model.presence.presence_values import Absence, AbsenceState, AwayPeriod, Cause
from tray.paths import Paths
from tray.store import absences, account, entries
from tray.store.account import LinkedAccount
from tray.store.database import Database
from tray.store.opening import open_database
from tray.tracker import catalogue, favourites, timer
from tray.tracker import entries as verbs
from tray.tracker.resolve import Draft
from tray.ui.account.problems import ProblemsWindow
from tray.ui.away.absence_window import AbsenceWindow
from tray.ui.away.long_run_window import LongRunWindow
from tray.ui.keys_window import KeysWindow
from tray.ui.mini import MiniWindow
from tray.ui.settings.settings_pages import PAGES
from tray.ui.settings.settings_window import SettingsWindow
from tray.ui.stop_at.stop_window import StopWindow
from tray.ui.welcome_window import WelcomeWindow
from tray.workers.reminder_planner import Reminder

URL: Final = "http://127.0.0.1/api/v9"
Shown = tuple[str, QWidget]
"""A name for it, and the window."""


def fill(db: Database) -> None:
    """Two days of work, a favourite, an account, and what has run for two hours."""
    now = clock.now()
    db.run("INSERT INTO workspace (name) VALUES ('晨光')")
    for name in ("写论文", "研究"):
        catalogue.create_project(db, name, now=now)
    work = (
        Draft("写算法", "研究", None, ("深度",)),
        Draft("休息"),
        Draft("写报告", "写论文", None, ("写作",), True),
    )
    for back in (30, 27, 7, 5):
        for hour, draft in enumerate(work):
            start = now - back * HOUR + hour * HOUR // 2
            verbs.add(db, draft, start=start, stop=start + 25 * MINUTE, now=now)
    favourites.pin(db, Draft("写算法", "研究"), now=now)
    started = timer.start(db, Draft("写算法", "研究", None, ("深度",)), now=now, at=now - 2 * HOUR)
    assert started.entry is not None
    account.write(db, LinkedAccount(URL, "basic", "", 1, "小明"))
    away = (AwayPeriod(now - HOUR, now - 12 * MINUTE),)
    absences.record(db, Absence(1, started.entry.id, Cause.IDLE, AbsenceState.OPEN, away))


@contextmanager
def program(folder: Path) -> Iterator[Application]:
    """The whole program without a desktop around it, its data in `folder`."""
    held = lock.acquire(str(folder / "lock"))
    assert held is not None
    place = str(folder)
    with open_database(str(folder / "toggl-tray.db")) as db:
        fill(db)
        made = Application(Paths(place, place, place, place), held, db, (), pages)
        try:
            yield made
        finally:
            for window in QApplication.topLevelWidgets():
                window.hide()
                window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            made.stop()
            held.release()


def every_window(made: Application, settle: Callable[[], None]) -> Iterator[Shown]:
    """Show each in turn; it is closed when the next is asked for."""
    main = made.open_main_window()
    for page in pages(main, lambda: made.account().online):
        main.open_page(page.key)
        settle()
        yield page.key, main
    main.close()
    made.open_settings()
    settings = next(
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, SettingsWindow) and each.isVisible()  # not one that is about to go
    )
    for shown in PAGES:
        settings.show_page(shown.key)
        settle()
        yield f"settings-{shown.key}", settings
    settings.close()
    for name, window in _others(made):
        window.show()
        settle()
        yield name, window
        window.close()


def _others(made: Application) -> Iterator[Shown]:
    tracking = made._tracking
    made.quick.open_quick_start()
    assert made.quick.dialog is not None
    yield "quick-start", made.quick.dialog
    made.open_panel()
    assert made._panel is not None
    yield "panel", made._panel
    welcome = WelcomeWindow(made._places.settings_file, Desktop())
    for step in range(3):
        yield f"welcome-{step}", welcome
        welcome.forward.click()
    host = QWidget()
    yield "keys", KeysWindow(host)
    running = entries.running(tracking.db)
    assert running is not None
    question = AbsenceWindow(tracking, TimeFormat())
    question.open(by_user=True)
    yield "absence", question
    late, left = LongRunWindow(tracking, TimeFormat()), clock.now() - HOUR
    proposal = OvernightProposal(running.id, running.start, left, left)
    late.ask(Reminder(ReminderKind.OVERNIGHT, clock.now(), running, left, (), proposal))
    yield "late", late
    yield "problems", ProblemsWindow(tracking, TimeFormat())
    stop = StopWindow(tracking, TimeFormat())
    stop.open()
    yield "stop-earlier", stop
    yield "small-window", MiniWindow(tracking, made._menu.menu)
    made._menu.fill()
    yield "menu", made._menu.menu
