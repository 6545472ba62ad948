"""The menu of the tray icon: its rows follow from a snapshot, its actions from the rows."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from itertools import chain
from math import inf

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tray import clock
from tray.language import tr
from tray.lean_typing import TYPE_CHECKING, Final, NamedTuple
from tray.model import formats, limits
from tray.model.durations import SECOND
from tray.model.entities import What
from tray.model.formats import TimeFormat
from tray.model.panels import PanelKind
from tray.model.stop_choices import stop_choices
from tray.session.snapshot import MOST, RECENT, Snapshot
from tray.session.tracking import Tracking
from tray.ui import wording
from tray.ui.icon import dot
from tray.ui.step_words import of_step
from tray.ui.ticker import Ticker

if TYPE_CHECKING:
    from tray.sync.status import Status

WIDEST: Final = 48
"""Columns: a row of more is shortened. It is not measured in the menu's font, as many panels show
the menu in their own, and to load ours with the program would take 10 ms and 5 MB."""
_PANEL_HEIGHT: Final = 48
"""What a panel takes of a screen, where the desktop does not tell, and a menu around its rows."""


class MenuAction(Enum):
    """What a row does when it is chosen."""

    NOTHING = "nothing"
    TOGGLE = "toggle"
    QUICK_START = "quick start"
    CLIPBOARD = "clipboard"
    """Start what is in the clipboard."""
    PANEL = "panel"
    """Open the pop-over at the icon."""
    STOP_AT = "stop at"
    """Stop what runs at an earlier moment."""
    STOP_EARLIER = "stop earlier"
    """Ask for that moment."""
    START = "start"
    UNDO = "undo"
    MINI = "mini"
    """Show or hide the small window."""
    MAIN_WINDOW = "main window"
    RUNNING = "running"
    """Show what runs, where each part of it can be changed."""
    SETTINGS = "settings"
    SYNC = "sync"
    """Exchange everything with the account now."""
    PROBLEMS = "problems"
    """Show what waits for the user."""
    ACCOUNT = "account"
    """Show the account, where what is wrong with it can be put right."""
    PROFILE = "profile"
    """Switch to another profile."""
    PROFILES = "profiles"
    """Show them in the settings."""
    ANSWER = "answer"
    """Answer something that waits for a word of the user."""
    QUIT = "quit"


class MenuRow(NamedTuple):
    """One row of the menu; one without text is a line between rows."""

    text: str = ""
    do: MenuAction = MenuAction.NOTHING
    what: What | None = None
    """What it starts, for `MenuAction.START`."""
    colour: str = ""
    """Of the dot before it; empty for none."""
    key: str = ""
    """The digit that chooses it while the menu is open."""
    hotkey: str = ""
    """The keys that do the same anywhere, shown behind it."""
    about: str = ""
    """What it answers, for `MenuAction.ANSWER`; which one, for `MenuAction.PROFILE`."""
    answer: str = ""
    """The key of the choice."""
    at: int = 0
    """The moment, for `MenuAction.STOP_AT`."""
    more: tuple["MenuRow", ...] = ()
    """What opens beside it."""


class HotkeyLabels(NamedTuple):
    """The global hotkeys that work, as they are shown; empty for none."""

    quick_start: str = ""
    toggle: str = ""
    window: str = ""
    clipboard: str = ""
    mini: str = ""


LINE: Final = MenuRow()
_LINE_HEIGHT: Final = 0.5
"""Of a row."""
_COMPUTERS: Final = TimeFormat()


def rows(
    snapshot: Snapshot,
    hotkeys: HotkeyLabels,
    *,
    now: int,
    times: TimeFormat = _COMPUTERS,
    waiting: Sequence[MenuRow] = (),
    others: Sequence[MenuRow] = (),
    room: float = inf,
) -> list[MenuRow]:
    """The rows from the top down.

    Args:
        snapshot: what the tracker knows.
        hotkeys: those that work.
        now: epoch seconds.
        times: how moments are shown.
        waiting: for what waits for a word of the user.
        others: what leads to other profiles.
        room: how many rows the screen is high.
    """
    pinned = _pinned(snapshot)
    recent = _recent(snapshot, above=pinned)
    above = [_head(snapshot, hotkeys, times, now=now), waiting]
    below = [
        [MenuRow(_totals(snapshot, now=now))],
        [
            MenuRow(tr("Open panel"), MenuAction.PANEL),
            MenuRow(tr("Small window"), MenuAction.MINI, hotkey=hotkeys.mini),
            MenuRow(tr("Open Toggl Tray"), MenuAction.MAIN_WINDOW),
            MenuRow(tr("Settings…"), MenuAction.SETTINGS),
            *others,
        ],
        _sync(snapshot, times, now=now),
        [MenuRow(tr("Quit"), MenuAction.QUIT)],
    ]
    taken = height([*_joined(above), LINE, *_joined(below)])
    return _joined([*above, *_that_fit(pinned, recent, room - taken), *below])


def height(shown: Sequence[MenuRow]) -> float:
    """How many rows it takes on the screen: a line takes less than one."""
    return sum(1 if row.text else _LINE_HEIGHT for row in shown)


def _joined(groups: Sequence[Sequence[MenuRow]]) -> list[MenuRow]:
    found: list[MenuRow] = []
    for group in groups:
        found += [LINE, *group] if found and group else group
    return found


def _that_fit(
    pinned: Sequence[MenuRow], recent: Sequence[MenuRow], room: float
) -> list[Sequence[MenuRow]]:
    """Both as far as there is room, the rest below *More…*: the longer one gives way first."""
    whole = (len(pinned), len(recent))
    kept = list(whole)
    while (
        any(kept)
        and sum(each + _LINE_HEIGHT for each in kept if each) + (kept != list(whole)) > room
    ):
        longer = 0 if kept[0] > kept[1] else 1
        kept[longer] = kept[longer] - 1 if kept[longer] > 2 else 0  # no heading alone
    shown: list[Sequence[MenuRow]] = [pinned[: kept[0]], recent[: kept[1]]]
    rest = [
        [*group[:1], *group[max(1, many) :]]
        for group, many in zip((pinned, recent), kept, strict=True)
        if many < len(group)
    ]
    if rest:
        more = MenuRow(tr("More…"), more=tuple(_joined(rest)))
        last = 1 if shown[1] or not shown[0] else 0
        shown[last] = [*shown[last], more]
    return shown


def _head(
    snapshot: Snapshot, hotkeys: HotkeyLabels, times: TimeFormat, *, now: int
) -> list[MenuRow]:
    """What starts and stops comes first, so that it is one click and Enter."""
    running, found = snapshot.running, []
    if running is not None:
        colour = wording.colour(running, snapshot.names)
        found = [
            MenuRow(tr("Stop"), MenuAction.TOGGLE, hotkey=hotkeys.toggle),
            MenuRow(running_text(snapshot, now=now), MenuAction.RUNNING, colour=colour),
            _earlier(running.start, snapshot.last_input, times, now=now),
        ]
    elif snapshot.recent:
        latest = wording.full(snapshot.recent[0], snapshot.names)
        text = tr("Continue {what}").format(what=latest)
        found = [MenuRow(text, MenuAction.TOGGLE, hotkey=hotkeys.toggle)]
    found.append(MenuRow(tr("Quick start…"), MenuAction.QUICK_START, hotkey=hotkeys.quick_start))
    text = tr("Start from the clipboard")
    found.append(MenuRow(text, MenuAction.CLIPBOARD, hotkey=hotkeys.clipboard))
    if snapshot.undo is not None:
        found.append(MenuRow(undo_text(snapshot), MenuAction.UNDO))
    return found


def _earlier(start: int, last_input: int | None, times: TimeFormat, *, now: int) -> MenuRow:
    """What stops at a moment that is over already."""
    likely = [
        MenuRow(choice.text(times), MenuAction.STOP_AT, at=choice.moment)
        for choice in stop_choices(start, last_input, now=now)
    ]
    other = MenuRow(tr("Other time…"), MenuAction.STOP_EARLIER)
    return MenuRow(tr("Stop at…"), more=(*likely, *([LINE] if likely else []), other))


def running_text(snapshot: Snapshot, *, now: int) -> str:
    """The row of the running entry: how long, and what."""
    if snapshot.running is None:
        return ""
    elapsed = formats.exact_length(snapshot.running.seconds(now))
    return f"{elapsed}  {wording.full(snapshot.running, snapshot.names)}"


def undo_text(snapshot: Snapshot) -> str:
    """What undo would take back, in words."""
    step = snapshot.undo
    if step is None:
        return tr("Undo")
    return tr("Undo {step}").format(step=of_step(step))


def _pinned(snapshot: Snapshot) -> list[MenuRow]:
    """Favourites with the keys 1 to 9; the most used projects until something is pinned."""
    pinned = snapshot.pinned
    whats = pinned or snapshot.most_used
    if not whats:
        return []
    found = [MenuRow(tr("Favourites") if pinned else tr("Most used"))]
    for number, what in enumerate(whats, start=1):
        key = str(number) if number <= MOST else ""
        found.append(_start(what, snapshot, key=key))
    return found


def _recent(snapshot: Snapshot, *, above: Sequence[MenuRow]) -> list[MenuRow]:
    """What was done lately and reads like nothing that stands above it, nor like another."""
    running = snapshot.running
    read = {row.text for row in above}
    if running is not None:
        read.add(wording.full(running, snapshot.names))
    found = []
    for entry in snapshot.recent:
        row = _start(entry.what, snapshot)
        if row.text not in read:
            read.add(row.text)
            found.append(row)
    return [MenuRow(tr("Recent")), *found[:RECENT]] if found else []


def _start(what: What, snapshot: Snapshot, *, key: str = "") -> MenuRow:
    colour = wording.colour(what, snapshot.names)
    return MenuRow(wording.full(what, snapshot.names), MenuAction.START, what, colour, key)


def _totals(snapshot: Snapshot, *, now: int) -> str:
    goals = snapshot.goals
    today = wording.of_goal(formats.length(snapshot.today_seconds(now)), goals.day)
    week = wording.of_goal(formats.length(snapshot.week_seconds(now)), goals.week)
    return tr("Today {today}  ·  This week {week}").format(today=today, week=week)


def _sync(snapshot: Snapshot, times: TimeFormat, *, now: int) -> list[MenuRow]:
    """How the exchange with the account stands; a click does what there is to do about it."""
    status = snapshot.sync
    if status is None:
        return []
    from tray.sync import status_text

    text = status_text.line(status, now=now, time_of_day=times.time_of_day)
    found = [MenuRow(text, for_sync(status))]
    if status.clock_skew:
        found.append(MenuRow(status_text.wrong_clock(status), MenuAction.SYNC))
    return found


def for_sync(status: "Status | None") -> MenuAction:
    """What there is to do about the exchange as it stands."""
    state = status.state if status is not None else "no account"
    if state == "attention":
        return MenuAction.PROBLEMS
    wants_account = state in ("no account", "signed out", "trouble")
    return MenuAction.ACCOUNT if wants_account else MenuAction.SYNC


def shortened(text: str, columns: int = WIDEST) -> str:
    """`text` on one line, cut where it takes more columns; wide characters take two."""
    if not text.isprintable():
        text = limits.one_line(text)
    if text.isascii():
        return text if len(text) <= columns else text[: columns - 1].rstrip() + "…"
    from unicodedata import combining, east_asian_width

    width = end = 0
    for at, character in enumerate(text):
        if not combining(character):
            width += 2 if east_asian_width(character) in "WF" else 1
        if width > columns:
            return text[:end].rstrip() + "…"
        if width < columns:
            end = at + 1
    return text


def label(row: MenuRow) -> str:
    """The text of a row: not too wide, with its key."""
    text = shortened(row.text).replace("&", "&&")
    return f"&{row.key}  {text}" if row.key else text


def _kind(row: MenuRow) -> tuple[object, ...]:
    """What an action cannot change without another taking its place."""
    looks = bool(row.text), row.hotkey, bool(row.colour), bool(row.more)
    return *looks, row.do, row.what, row.about, row.answer


def room_for(panel: PanelKind) -> float:
    """How many rows fit on the lowest of the screens, whichever the panel is on."""
    screens = [each.availableGeometry().height() for each in QGuiApplication.screens()]
    return (min(screens) - _PANEL_HEIGHT) / panel.row_height if screens else inf


class TrayMenu(QObject):
    """The menu itself, which shows its rows as they are each time it opens."""

    chosen = Signal(object)
    """The `MenuRow` that the user chose."""
    opened = Signal()
    """Somebody looks at it."""
    filled = Signal()
    """Its rows may be others than before."""

    def __init__(self, tracking: Tracking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu(parent)
        self.menu.setToolTipsVisible(False)
        self.hotkeys = HotkeyLabels()
        self.times = TimeFormat()
        self.waiting: Callable[[], Sequence[MenuRow]] = tuple
        """Tells the rows for what waits for a word of the user."""
        self.profiles: Callable[[], Sequence[MenuRow]] = tuple
        """Tells the rows that lead to other profiles."""
        self._tracking = tracking
        self._rows: dict[QAction, MenuRow] = {}
        """Each with its row, those of a submenu behind what opens it."""
        self._panel = PanelKind()
        self._ticker = Ticker(SECOND, self.fill, self, name="menu elapsed")
        self.menu.aboutToShow.connect(self._on_about_to_show)
        self.menu.aboutToHide.connect(self._on_about_to_hide)
        self.menu.triggered.connect(self._on_triggered)
        tracking.changed.connect(self._on_changed)
        self.fill()

    def fill(self) -> None:
        """Show what is so now.

        Actions stay as long as there are rows of their kind: the user may be about to choose one,
        in a panel that knows them by number, while the exchange writes.
        """
        wanted = rows(
            self._tracking.snapshot,
            self.hotkeys,
            now=clock.now(),
            times=self.times,
            waiting=self.waiting(),
            others=self.profiles(),
            room=room_for(self._panel),
        )
        before, self._rows = self._rows, {}
        self._arrange(self.menu, wanted, before)
        self.filled.emit()

    def _arrange(
        self, menu: QMenu, wanted: Sequence[MenuRow], before: Mapping[QAction, MenuRow]
    ) -> None:
        left: dict[tuple[object, ...], list[QAction]] = {}
        for action in menu.actions():
            left.setdefault(_kind(before[action]), []).append(action)
        shown = []
        for row in wanted:
            same = left.get(_kind(row))
            action = same.pop(0) if same else self._made(menu, row)
            self._change(action, before.get(action), row)
            if isinstance(below := action.menu(), QMenu):
                self._arrange(below, row.more, before)
            shown.append(action)
        if menu.actions() == shown:
            return
        for action in menu.actions():
            menu.removeAction(action)
        menu.addActions(shown)
        for gone in chain.from_iterable(left.values()):
            if isinstance(below := gone.menu(), QMenu):
                below.deleteLater()

    @Slot(object)
    def use_panel(self, panel: PanelKind) -> None:
        """Be as high as fits, with the keys that work, where this panel shows it."""
        if panel != self._panel:
            self._panel = panel
            self.fill()

    def _change(self, action: QAction, before: MenuRow | None, row: MenuRow) -> None:
        self._rows[action] = row
        if row.text:
            action.setText(label(row if self._panel.has_digits else row._replace(key="")))
        if row.colour and (before is None or row.colour != before.colour):
            action.setIcon(dot(row.colour))

    def _made(self, menu: QMenu, row: MenuRow) -> QAction:
        if row.more:
            return QMenu(menu).menuAction()
        # Nobody's child, and added with others: of those that a menu makes or inserts, Python
        # keeps all objects after Qt has deleted them.
        action = QAction()
        action.setSeparator(not row.text)
        action.setEnabled(row.do is not MenuAction.NOTHING)
        if row.hotkey:
            # Only shown: the menu is no window's, so the keys are ours through the desktop alone.
            # `setShortcut` would make every enumeration of Qt to look at what it is given.
            action.setShortcuts([QKeySequence(row.hotkey)])
            action.setShortcutVisibleInContextMenu(True)
        action.setIconVisibleInMenu(True)
        return action

    @Slot()
    def _on_about_to_show(self) -> None:
        self._tracking.refresh_if_other_day()
        self.fill()
        running = self._tracking.snapshot.running
        self._ticker.follow(running.start if running else None)
        self.opened.emit()

    @Slot()
    def _on_about_to_hide(self) -> None:
        self._ticker.follow(None)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        row = self._rows.get(action)
        if row is not None and row.do is not MenuAction.NOTHING:
            self.chosen.emit(row)

    @Slot(object)
    def _on_changed(self, _: Snapshot) -> None:
        self.fill()
