"""The icon on the panel: shows what runs, turns clicks into gestures, waits for a panel."""

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from tray import clock
from tray.language import ntr, tr
from tray.model import formats
from tray.model.durations import MINUTE
from tray.session.snapshot import Snapshot
from tray.settings import Settings
from tray.ui import plain_text, wording
from tray.ui.icon import IconState, make_icon, sizes_for
from tray.ui.ticker import Ticker

if TYPE_CHECKING:
    from tray.desktop.panel_watch import PanelWatch

LOOK_FOR_HOST_MS: Final = 1_000
"""How often to look for a panel that may just be coming up."""

GIVE_UP_AFTER_MS: Final = 15_000
"""How long a panel may take to come up with the session before the user is told."""


class TrayIcon(QObject):
    """Owns the `QSystemTrayIcon`, made when there is a panel for it."""

    gesture = Signal(object)
    """What the user's click asks for: one of `tray.settings.GESTURES`."""
    message_clicked = Signal()
    """The user clicked the last `message`."""
    appeared = Signal()
    """The icon is on a panel now."""
    minute_over = Signal()
    """The running entry has taken another minute, and the icon is about to show it."""
    homeless = Signal()
    """There has been no panel for `GIVE_UP_AFTER_MS`; it is still looked for."""

    def __init__(self, menu: QMenu, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = menu
        self._settings = settings
        self._desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
        self._snapshot: Snapshot | None = None
        self._attention = ""
        self._seen = True
        self._shown: tuple[IconState, str] | None = None
        self._icon: QSystemTrayIcon | None = None
        self._ticker = Ticker(MINUTE, self._tick, self, name="icon elapsed")
        self._since_click = QElapsedTimer()
        self._single = QTimer(self, singleShot=True)
        self._single.setObjectName("single click")
        self._single.timeout.connect(self._on_single)
        self._waited_ms = 0
        self._looking = QTimer(self)
        self._looking.setObjectName("look for a panel")
        self._looking.setInterval(LOOK_FOR_HOST_MS)
        self._looking.timeout.connect(self._on_look)
        self._watch: PanelWatch | None = None

    def show(self, snapshot: Snapshot) -> None:
        """Put the icon on the panel, or wait for one."""
        self.update(snapshot)
        self._place()
        self._look_on()

    def follow(self, watch: "PanelWatch") -> None:
        """Look for the panel whenever `watch` tells of one, and no more often than it wants."""
        self._watch = watch
        watch.changed.connect(self._on_look)
        watch.forgotten.connect(self._on_forgotten)
        self._look_on()

    @property
    def placed(self) -> bool:
        """Whether the icon has found a panel."""
        return self._icon is not None

    @property
    def place(self) -> QRect | None:
        """Where the icon is on the screen, if the desktop tells."""
        found = QRect() if self._icon is None else self._icon.geometry()
        return found if found.isValid() else None

    def update(self, snapshot: Snapshot) -> None:
        """Show another state of the tracker."""
        self._snapshot = snapshot
        running = snapshot.running
        self._ticker.follow(running.start if running and self._seen else None)
        self._draw()

    def be_seen(self, seen: bool) -> None:
        """Keep still while the screen is locked; from then on show at once what is so."""
        self._seen = seen
        if self._snapshot is not None:
            self.update(self._snapshot)

    def use(self, settings: Settings) -> None:
        """Look and behave as the settings say from now on."""
        self._settings = settings
        self._draw()

    def need_attention(self, why: str) -> None:
        """Mark the icon, `why` standing in its tooltip; empty: take the mark away."""
        self._attention = why
        self._draw()

    def message(self, title: str, text: str, milliseconds: int) -> None:
        """Show a plain notification through the panel."""
        if self._icon is not None:
            title, text = plain_text.panel(title), plain_text.panel(text)
            self._icon.showMessage(title, text, self._icon.icon(), milliseconds)

    def _place(self) -> bool:
        if self._icon is not None or not self._has_panel():
            return self._icon is not None
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._shown = None
        self._draw()
        self._icon.show()
        self._waited_ms = 0
        self._look_on()
        self.appeared.emit()
        return True

    def _has_panel(self) -> bool:
        has_host = self._watch is None or self._watch.has_host
        return has_host and QSystemTrayIcon.isSystemTrayAvailable()

    def _look_on(self) -> None:
        """Look as often as it takes: not at all where the end of a panel is told."""
        waits = self._icon is None and self._waited_ms < GIVE_UP_AFTER_MS
        if waits or self._watch is None:
            every_ms = LOOK_FOR_HOST_MS if self._icon is None else 0
        else:
            every_ms = self._watch.search_ms if self._icon is None else self._watch.look_ms
        if every_ms == 0:
            self._looking.stop()
        elif not self._looking.isActive() or self._looking.interval() != every_ms:
            self._looking.start(every_ms)

    def _remove(self) -> None:
        if self._icon is not None:
            self._icon.deleteLater()
            self._icon = None

    def _tick(self) -> None:
        self.minute_over.emit()
        self._draw()

    def _draw(self) -> None:
        """Paint what is so now, if it looks different from what is there."""
        if self._icon is None or self._snapshot is None:
            return
        now = clock.now()
        wanted = (
            icon_state(self._snapshot, self._settings, bool(self._attention), now=now),
            tooltip(self._snapshot, self._attention, now=now),
        )
        if wanted == self._shown:
            return
        if self._shown is None or wanted[0] != self._shown[0]:
            scale = max((each.devicePixelRatio() for each in QApplication.screens()), default=1.0)
            self._icon.setIcon(make_icon(wanted[0], sizes_for(self._desktop, scale)))
        self._icon.setToolTip(plain_text.panel(wanted[1]))
        self._shown = wanted

    def _is_second_click(self) -> bool:
        """Whether this is half of a double click, which some panels send as two: it counts once."""
        elapsed = self._since_click.restart() if self._since_click.isValid() else None
        if elapsed is None:
            self._since_click.start()
            return False
        return elapsed < QApplication.doubleClickInterval()

    @Slot()
    def _on_look(self) -> None:
        if self._icon is not None and not self._has_panel():
            self._remove()
        elif not self._place():
            self._waited_ms += LOOK_FOR_HOST_MS
            if self._waited_ms == GIVE_UP_AFTER_MS:
                self.homeless.emit()
        self._look_on()

    @Slot()
    def _on_forgotten(self) -> None:
        """Put the icon back on a panel that lost it."""
        if self._icon is not None:
            self._remove()
            self._on_look()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.MiddleClick and sys.platform == "darwin":
            return  # there a left click opens the menu, and is told of as well
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._on_left_click(second=self._is_second_click())
        elif reason == QSystemTrayIcon.ActivationReason.DoubleClick:
            self._on_left_click(second=True)
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self.gesture.emit(self._settings.middle_click)

    def _on_left_click(self, *, second: bool) -> None:
        """A click that may be half of a double click waits for the other half."""
        double = self._settings.double_click
        if double == "nothing":
            if not second:
                self.gesture.emit(self._settings.left_click)
        elif not second:
            self._single.start(QApplication.doubleClickInterval())
        elif self._single.isActive():
            self._single.stop()
            self.gesture.emit(double)

    @Slot()
    def _on_single(self) -> None:
        self.gesture.emit(self._settings.left_click)


def icon_state(snapshot: Snapshot, settings: Settings, attention: bool, *, now: int) -> IconState:
    """What the icon shows for a state of the tracker."""
    goal = snapshot.goals.day
    progress = min(1.0, snapshot.today_seconds(now) / goal) if goal else None
    if progress is not None:
        progress = int(progress * 32) / 32  # finer steps cannot be seen, and each is a new picture
    running = snapshot.running
    state = IconState("", None, progress, attention, bool(_unsent(snapshot)))
    if running is None:
        return state
    minutes = running.seconds(now) // MINUTE if settings.icon_style == "time" else None
    return state._replace(colour=wording.colour(running, snapshot.names), minutes=minutes)


def _unsent(snapshot: Snapshot) -> str:
    """What waits to be sent for longer than usual, and why; empty if nothing does."""
    status = snapshot.sync
    if status is None or status.state not in ("offline", "quota") or not status.pending:
        return ""
    why = tr("Offline") if status.state == "offline" else tr("Requests used up")
    words = ntr("{why}, 1 change waiting", "{why}, {count} changes waiting", status.pending)
    return words.format(why=why, count=f"{status.pending:,}")


def tooltip(snapshot: Snapshot, attention: str, *, now: int) -> str:
    """Description, project, elapsed and today's total, to the minute as the icon is."""
    lines = [attention] if attention else []
    running = snapshot.running
    if running is None:
        lines.append(tr("Nothing is running"))
    else:
        lines.append(wording.title(running, snapshot.names))
        if running.description and running.project_id is not None:
            lines.append(wording.project(running, snapshot.names))
        lines.append(tr("Running for {length}").format(length=formats.length(running.seconds(now))))
    if unsent := _unsent(snapshot):
        lines.append(unsent)
    today = wording.of_goal(formats.length(snapshot.today_seconds(now)), snapshot.goals.day)
    lines.append(tr("Today {length}").format(length=today))
    return "\n".join(lines)
