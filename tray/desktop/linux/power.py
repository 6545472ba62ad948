"""Lock, sleep and the end of the session from logind and from the desktop's screen saver."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from jeepney.fds import FileDescriptor
from PySide6.QtCore import QObject, QTimer, Slot

from tray.desktop.linux import logind
from tray.desktop.linux.bus import Bus, BusFailure, BusReply, BusSignal
from tray.desktop.power import Happening, PowerWatcher
from tray.desktop.support import PENDING, WORKS, missing, partly
from tray.language import tr

SCREEN_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
"""All have the signal ActiveChanged, which tells on GNOME and KDE of the lock."""
FIRST_AGAIN_MS: Final = 5_000
LAST_AGAIN_MS: Final = 3_600_000
"""How soon, and after many times how seldom, a bus that is gone is looked for again."""
CONFIRMED_MS: Final = 15_000
"""A program that locks when logind asks it to, and says so, has done it by then."""


class LinuxPower(PowerWatcher):
    """What logind on the system's bus and screen savers on the session's bus tell.

    That the screen is locked is believed whoever says so, until all who said so take it back. Of
    logind's mere wish (``Lock``) it is forgotten again if nobody confirms it: there are lockers
    which never tell when the user is back.

    A bus that is lost, as when its daemon is updated, is looked for again.

    Args:
        open_session: connects with the session's bus, for this object alone; None if there is none.
        open_system: likewise with the system's bus, which may bring files.
        environ: names our session.
        parent: as Qt has it.
    """

    def __init__(
        self,
        open_session: Callable[[], Bus | None],
        open_system: Callable[[], Bus | None],
        *,
        environ: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_session, self._open_system = open_session, open_system
        self._session: Bus | None = None
        self._system: Bus | None = None
        self._environ = environ
        self._again_ms = FIRST_AGAIN_MS
        self._again = QTimer(self, singleShot=True)
        self._again.setObjectName("bus-again")
        self._again.timeout.connect(self._find_again)
        self._path = ""
        """Of our session, once it is known."""
        self._locked_by: set[str] = set()
        self._wanted = False
        """Whether the computer is to wait for us."""
        self._is_requesting = False
        self._delay: FileDescriptor | None = None
        """While it is open, it does."""
        self._confirmed = QTimer(self, singleShot=True, interval=CONFIRMED_MS)
        self._confirmed.setObjectName("lock-confirmed")
        self._confirmed.timeout.connect(self._doubt)
        self._support = PENDING
        self._connect()

    def _connect(self) -> None:
        """Listen to each bus that there is and that is not listened to."""
        if self._session is None and (session := self._open_session()):
            self._session = session
            self._listen_to_savers(session)
        if self._system is None and (system := self._open_system()):
            self._system = system
            self._listen_to_logind(system)
        if self._system is None:
            self._without_logind(tr("no D-Bus for the system"))

    @Slot()
    def _find_again(self) -> None:
        missed = (self._session, self._system)
        self._connect()
        if self._wanted:
            self.delay_sleep()
        found = (self._session, self._system) != missed
        self._again_ms = FIRST_AGAIN_MS if found else min(2 * self._again_ms, LAST_AGAIN_MS)
        if self._session is None or self._system is None:
            self._again.start(self._again_ms)

    def delay_sleep(self) -> None:
        """Ask logind for a delay, which it keeps to for 5 seconds unless told otherwise."""
        self._wanted = True
        if self._system and not self._delay and not self._is_requesting:
            self._is_requesting = True
            request = ("sleep:shutdown", "Toggl Tray", tr("Stops the timer first"), "delay")
            self._system.call(
                logind.MANAGER,
                "Inhibit",
                signature="ssss",
                body=request,
                then=self._given,
                may_start=False,
            )

    def release(self) -> None:
        """Close the file that is the delay."""
        self._wanted = False
        self._let_go()

    def _let_go(self) -> None:
        if self._delay:
            self._delay.close()
            self._delay = None

    def stop(self) -> None:
        """Leave both buses, and let the computer sleep."""
        super().stop()
        self.release()
        self._confirmed.stop()
        self._again.stop()
        for bus in filter(None, (self._session, self._system)):
            bus.close()

    def _given(self, reply: BusReply) -> None:
        self._is_requesting = False
        match reply:
            case (FileDescriptor() as delay,):
                self._delay = delay
                if not self._wanted:
                    self.release()
            case BusFailure(_, text):
                why = tr("The computer may sleep before a timer is stopped ({why}).")
                self._set_support(partly(why.format(why=text)))

    def _listen_to_savers(self, bus: Bus) -> None:
        bus.setParent(self)
        bus.lost.connect(self._lose_session)
        for interface in SCREEN_SAVERS:
            bus.listen(interface, interface, partial(self._on_saver_signal, interface))
            bus.watch(interface, partial(self._on_owner_changed, interface))

    def _on_saver_signal(self, saver: str, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "ActiveChanged", (bool(active),):
                self._lock(saver, active)

    def _on_owner_changed(self, saver: str, _there: bool) -> None:
        """One that has crashed, or was replaced, covers nothing any more."""
        self._lock(saver, False)

    def _listen_to_logind(self, bus: Bus) -> None:
        bus.setParent(self)
        bus.lost.connect(self._lose_system)
        bus.watch(logind.SERVICE, self._on_logind)
        manager = logind.MANAGER
        bus.listen(logind.SERVICE, manager.interface, self._on_manager_signal, path=manager.path)
        logind.find_session(bus, self._environ, then=self._found)

    def _on_logind(self, there: bool) -> None:
        """It may come up after its bus."""
        if there and self._system is not None and not self._path:
            logind.find_session(self._system, self._environ, then=self._found)
            if self._wanted:
                self.delay_sleep()

    def _on_manager_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "PrepareForSleep", (bool(begins),):
                self._set(Happening.SLEEPING, begins)
            case "PrepareForShutdown", (bool(begins),):
                self._set(Happening.ENDING, begins)

    def _found(self, path: str, why: str) -> None:
        self._path = path
        if not path or self._system is None:
            self._without_logind(why)
            return
        self._set_support(WORKS)
        for interface, hear in (
            (logind.SESSION, self._on_session_signal),
            (logind.PROPERTIES, self._on_properties_signal),
        ):
            self._system.listen(logind.SERVICE, interface, hear, path=path)
        logind.read(self._system, path, then=self._note)

    def _on_session_signal(self, signal: BusSignal) -> None:
        match signal.member:
            case "Lock":
                self._lock("wish", True)
                self._confirmed.start()
            case "Unlock":
                for who in ("wish", "hint"):
                    self._lock(who, False)

    def _on_properties_signal(self, signal: BusSignal) -> None:
        match signal.member, signal.body:
            case "PropertiesChanged", (logind.SESSION, dict(values), _):
                self._note(logind.plain(values))

    def _note(self, session: Mapping[str, Any]) -> None:
        """Take over what properties of our session say."""
        match session.get("LockedHint"):
            case bool(locked):
                self._lock("hint", locked)
        match session.get("Active"):
            case bool(active):
                self._set(Happening.SWITCHED_AWAY, not active)

    def _lock(self, who: str, locked: bool) -> None:
        if locked:
            self._locked_by.add(who)
        else:
            self._locked_by -= {who, "wish"}
        self._set(Happening.LOCKED, bool(self._locked_by))

    @Slot()
    def _doubt(self) -> None:
        self._lock("wish", False)

    def _without_logind(self, why: str) -> None:
        text = tr("Sleep is only noticed afterwards, as logind does not tell ({why}).")
        if self._session:
            self._set_support(partly(text.format(why=why)))
        else:
            self._set_support(missing(tr("Nobody here tells of lock and sleep.")))

    @Slot(object)
    def _lose_session(self, why: str) -> None:
        if self._session:
            self._session.close()
            self._session.deleteLater()
        self._session = None
        self._again.start(self._again_ms)
        for saver in SCREEN_SAVERS:
            self._lock(saver, False)
        if self._system is None:
            self._without_logind(why)

    @Slot(object)
    def _lose_system(self, why: str) -> None:
        if self._system:
            self._system.close()
            self._system.deleteLater()
        self._system, self._path = None, ""
        self._again.start(self._again_ms)
        self._let_go()
        self._lock("hint", False)
        for happening in (Happening.SWITCHED_AWAY, Happening.SLEEPING, Happening.ENDING):
            self._set(happening, False)  # nobody would tell of its end any more
        self._without_logind(why)
