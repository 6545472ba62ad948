"""Looks at what the desktop offers the tray, for ``toggl-tray doctor``.

``toggl-tray --probe`` prints a JSON list of ``[topic, works, detail]``. A process of its
own, as commands do not load Qt, and what the libraries of a desktop may do wrong stays in it.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tray import paths, settings
from tray.chosen_language import set_language
from tray.desktop import choose
from tray.desktop.app_identity import Identity
from tray.desktop.hotkeys import Hotkeys
from tray.desktop.idle import IdleSource
from tray.desktop.support import Level, Support
from tray.errors import TrayError
from tray.ipc import lock
from tray.language import listed, tr
from tray.model.hotkey_uses import HOTKEY_USES
from tray.ui.hotkey_bindings import HotkeyBindings, refusals

_Found = tuple[str, bool | None, str]
"""Topic, whether it works or None if that is not known, and the detail."""
ANSWER_MS: Final = 5_000
"""How long desktop services get to answer what they can do; most do within a tenth of that."""
GLANCE_MS: Final = 10
"""How often it is seen whether all have."""


def main() -> None:
    """Write what was found."""
    set_language(settings.language_in(paths.find(os.environ).settings_file))
    QApplication(sys.argv[:1])
    identity = Identity("Toggl Tray", "toggl-tray", "", {})
    hotkeys = choose.choose_hotkeys(os.environ, identity)
    notifier = choose.choose_notifier(os.environ, identity, show_message=_balloon())
    idle = choose.choose_idle(os.environ)
    power = choose.choose_power(os.environ)
    _wait(lambda: [each.support for each in (hotkeys, notifier, idle, power)])
    autostart = choose.choose_autostart(os.environ)
    found = [
        _tray_host(),
        _hotkeys(hotkeys),
        _finding(
            "notifications", notifier.support, tr("with buttons") if notifier.has_buttons else ""
        ),
        _finding(
            "start at login", autostart.support, tr("on") if autostart.enabled() else tr("off")
        ),
        _idle(idle),
        _finding("lock and sleep", power.support, tr("the desktop tells of them")),
    ]
    for each in (hotkeys, notifier, idle, power):
        each.stop()
    sys.stdout.write(json.dumps(found))


def _wait(supports: Callable[[], Iterable[Support]]) -> None:
    """Until all services have answered, or one has had its time."""
    deadline = QDeadlineTimer(ANSWER_MS)
    while not deadline.hasExpired() and any(each.level is Level.PENDING for each in supports()):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, GLANCE_MS)
        time.sleep(GLANCE_MS / 1000)


def _balloon() -> Callable[[str, str, int], None] | None:
    """Stands in for the icon's balloons, where icons have them; nothing is shown."""
    shows = QSystemTrayIcon.supportsMessages() and QSystemTrayIcon.isSystemTrayAvailable()
    return (lambda *_: None) if shows else None


def _tray_host() -> tuple[str, bool, str]:
    if QSystemTrayIcon.isSystemTrayAvailable():
        return "tray icon", True, tr("the panel has a place for it")
    return (
        "tray icon",
        False,
        tr(
            "no panel here has a place for icons; a small window stands in. On GNOME, the "
            "extension AppIndicator and KStatusNotifierItem Support makes one"
        ),
    )


def _idle(idle: IdleSource) -> tuple[str, bool, str]:
    measured = idle.support.level is not Level.MISSING
    text = idle.describe()
    if not measured:
        words = tr("cannot be measured here; lock, sleep and clock gaps are used. {why}")
        text = words.format(why=text)
    return "idle time", measured, text


def _hotkeys(hotkeys: Hotkeys) -> _Found:
    """Tried where that asks nobody, and no tray that runs has them."""
    finding = _finding("hotkeys", hotkeys.support, _wanted_hotkeys())
    found = paths.find(os.environ)
    if hotkeys.asks_user or not finding[1] or lock.holder(found.lock) is not None:
        return finding
    bindings = HotkeyBindings(hotkeys)
    bindings.use(settings.load(found.settings_file).settings)
    refused = refusals(bindings.states)
    return ("hotkeys", False, refused) if refused else finding


def _finding(topic: str, support: Support, detail: str) -> _Found:
    text = support.why or detail or tr("they work")
    works = None if support.level is Level.PENDING else support.level is not Level.MISSING
    return topic, works, text


def _wanted_hotkeys() -> str:
    """The hotkeys that the settings ask for; whether another program has them shows at start."""
    try:
        chosen = settings.load(paths.find(os.environ).settings_file).settings
    except TrayError as error:
        return str(error)
    keys = [str(getattr(chosen, use.setting)) for use in HOTKEY_USES.values()]
    return tr("set to {keys}").format(keys=listed(keys) or tr("none"))
