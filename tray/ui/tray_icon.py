"""The icon on the panel: shows what runs, turns clicks into gestures, tells where no panel is."""

import os
from typing import TYPE_CHECKING, Final

from PySide6 import QtCore
from PySide6.QtCore import QElapsedTimer, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tray import clock
from tray.language import ntr, tr
from tray.model import formats
from tray.model.durations import MINUTE
from tray.model.panels import PanelKind
from tray.session.snapshot import Snapshot
from tray.settings import Settings
from tray.ui import plain_text, wording
from tray.ui.icon import DARK_INK, WHITE_INK, IconState, make_icon, sizes_for
from tray.ui.menu import shortened
from tray.ui.ticker import Ticker

if TYPE_CHECKING:
    from tray.desktop.look import DesktopLook
    from tray.desktop.panel_watch import PanelWatch
    from tray.desktop.tray_item import TrayItem

LABEL_COLUMNS: Final = 24
"""A panel shares its width among many."""
GIVE_UP_AFTER_MS: Final = 15_000
"""How long a panel may take to come up with the session before the user is told."""


class TrayIcon(QObject):
    """Has its item show what is so, and asks for what the user's clicks mean.

    Args:
        item: its place on the panel.
        settings: what it looks like, and what clicks do.
        parent: as Qt has it.
    """

    gesture = Signal(object)
    """What the user's click asks for: one of `tray.model.setting_choices.GESTURES`."""
    scrolled = Signal(bool)
    """The wheel was turned, where that has a meaning: up or down."""
    message_clicked = Signal()
    """The user clicked the last `message`."""
    appeared = Signal()
    """The icon is on a panel now."""
    panel_changed = Signal(object)
    """Carries the `PanelKind` that it is on."""
    minute_over = Signal()
    """The running entry has taken another minute, and the icon is about to show it."""
    homeless = Signal()
    """There has been no panel for `GIVE_UP_AFTER_MS`; it is still looked for."""

    def __init__(self, item: "TrayItem", settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._item = item
        item.setParent(self)
        self._settings = settings
        self._desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
        self._snapshot: Snapshot | None = None
        self._attention = ""
        self._profile = self._mark = ""
        self._seen = True
        self._placed = False
        self._panel = PanelKind()
        self._look: DesktopLook | None = None
        self._shown_state: IconState | None = None
        self._shown_texts: tuple[str, ...] = ()
        self._ticker = Ticker(MINUTE, self._tick, self, name="icon elapsed")
        self._since_click = QElapsedTimer()
        self._single = QTimer(self, singleShot=True)
        self._single.setObjectName("single click")
        self._single.timeout.connect(self._on_single)
        self._patience = QTimer(self, singleShot=True, interval=GIVE_UP_AFTER_MS)
        self._patience.setObjectName("patience with the panel")
        self._patience.timeout.connect(self._on_patience_over)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        item.changed.connect(self._on_changed)
        item.left.connect(self._on_left)
        item.double.connect(self._on_double)
        item.middle.connect(self._on_middle)
        item.scrolled.connect(self._on_scrolled)
        item.message_clicked.connect(self.message_clicked)
        item.watch_wheel(settings.scroll_toggles)

    def show(self, snapshot: Snapshot) -> None:
        """Put the icon on the panel, or wait for one."""
        self.update(snapshot)
        self._patience.start()
        self._item.start()
        self._on_changed()

    def stop(self) -> None:
        """Take it from the panel."""
        self._patience.stop()
        self._item.stop()

    def follow(self, watch: "PanelWatch") -> None:
        """Look for the panel whenever `watch` tells of one, and no more often than it wants."""
        self._item.follow(watch)

    def match(self, look: "DesktopLook") -> None:
        """Be light or dark as the desktop says by `look`, which Qt does not always hear."""
        self._look = look
        look.changed.connect(self._on_scheme_changed)
        self._draw()

    @property
    def placed(self) -> bool:
        """Whether the icon is on a panel."""
        return self._placed

    @property
    def panel(self) -> PanelKind:
        """The panel that it is on, or was last."""
        return self._panel

    @property
    def place(self) -> QRect | None:
        """Where the icon is on the screen, if the desktop tells."""
        return self._item.place

    def update(self, snapshot: Snapshot) -> None:
        """Show another state of the tracker."""
        self._snapshot = snapshot
        running = snapshot.running
        self._ticker.follow(running.start if running and self._seen else None)
        self._draw()

    def be_seen(self, seen: bool) -> None:
        """Keep still while the screen is locked; from then on show at once what is so.

        GNOME takes the icons away for so long: that nobody is told of.
        """
        self._seen = seen
        if not seen:
            self._patience.stop()
        elif not self._placed:
            self._patience.start()
        if self._snapshot is not None:
            self.update(self._snapshot)

    def use(self, settings: Settings) -> None:
        """Look and behave as the settings say from now on."""
        self._settings = settings
        self._item.watch_wheel(settings.scroll_toggles)
        self._draw()

    def need_attention(self, why: str) -> None:
        """Mark the icon, `why` standing in its tooltip; empty: take the mark away."""
        self._attention = why
        self._draw()

    def belong_to(self, profile: str, mark: str) -> None:
        """Name the profile in the tooltip, and have a mark of this colour; empty if it is alone."""
        self._profile, self._mark = profile, mark
        self._draw()

    def message(self, title: str, text: str, milliseconds: int) -> None:
        """Show a plain notification through the panel."""
        self._item.message(plain_text.panel(title), plain_text.panel(text), milliseconds)

    def _tick(self) -> None:
        self.minute_over.emit()
        self._draw()

    def _draw(self) -> None:
        """Show what is so now, if it looks different from what is there."""
        if self._snapshot is None:
            return
        now, attention = clock.now(), bool(self._attention)
        label = icon_label(self._snapshot, self._settings, self._panel, now=now)
        state = icon_state(self._snapshot, self._settings, attention, now=now)
        if label:
            state = state._replace(minutes=None)
        state = state._replace(ink=self._ink(), mark=self._mark)
        if state != self._shown_state:
            self._shown_state = state
            scale = max((each.devicePixelRatio() for each in QApplication.screens()), default=1.0)
            self._item.set_icon(make_icon(state, sizes_for(self._desktop, scale)))
        tip = tooltip(self._snapshot, self._attention, self._profile, now=now)
        texts = (label, *tip.splitlines())
        if texts != self._shown_texts:
            self._shown_texts = texts
            label, title, *lines = map(plain_text.panel, texts)
            self._item.set_texts(title, lines, label)

    def _ink(self) -> str:
        """The colour of the panel's other signs, as far as it follows from what is known of it."""
        if self._panel.is_black:
            return WHITE_INK
        dark = self._is_dark() if self._panel.follows_scheme else None
        return "" if dark is None else WHITE_INK if dark else DARK_INK

    def _is_dark(self) -> bool | None:
        """Whether the desktop is; None: it does not say."""
        if self._look is not None and self._look.dark is not None:
            return self._look.dark
        scheme = QGuiApplication.styleHints().colorScheme()
        schemes = QtCore.Qt.ColorScheme
        return None if scheme is schemes.Unknown else scheme is schemes.Dark

    def _is_second_click(self) -> bool:
        """Whether this is half of a double click, which some panels send as two: it counts once."""
        elapsed = self._since_click.restart() if self._since_click.isValid() else None
        if elapsed is None:
            self._since_click.start()
            return False
        return elapsed < QApplication.doubleClickInterval()

    @Slot()
    def _on_changed(self) -> None:
        if self._item.panel != self._panel:
            self._panel = self._item.panel
            self.panel_changed.emit(self._panel)
            self._draw()
        if self._item.placed != self._placed:
            self._placed = self._item.placed
            if self._placed:
                self._patience.stop()
                self.appeared.emit()
            elif self._seen:
                self._patience.start()

    @Slot()
    def _on_scheme_changed(self) -> None:
        self._draw()

    @Slot()
    def _on_patience_over(self) -> None:
        self.homeless.emit()

    @Slot()
    def _on_left(self) -> None:
        if self._panel.left_opens_menu:
            double, left = self._settings.double_click, self._settings.left_click
            self.gesture.emit(left if double == "nothing" else double)
        else:
            self._on_left_click(second=self._is_second_click())

    @Slot()
    def _on_double(self) -> None:
        self._on_left_click(second=True)

    @Slot()
    def _on_middle(self) -> None:
        self.gesture.emit(self._settings.middle_click)

    @Slot(int)
    def _on_scrolled(self, up: int) -> None:
        if self._settings.scroll_toggles and up:
            self.scrolled.emit(up > 0)

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


def icon_label(snapshot: Snapshot, settings: Settings, panel: PanelKind, *, now: int) -> str:
    """The text beside the icon: nothing while nothing runs, or where a panel shows none."""
    running, wanted = snapshot.running, settings.icon_label
    if running is None or wanted == "nothing" or not panel.has_label:
        return ""
    elapsed = formats.length(running.seconds(now))
    if wanted == "time":
        return elapsed
    title = shortened(wording.title(running, snapshot.names), LABEL_COLUMNS)
    return f"{elapsed}  {title}"


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
    return words.format(why=why, count=formats.number(status.pending))


def tooltip(snapshot: Snapshot, attention: str, profile: str = "", *, now: int) -> str:
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
    if profile:
        lines.append(tr("Profile: {name}").format(name=profile))
    return "\n".join(lines)
