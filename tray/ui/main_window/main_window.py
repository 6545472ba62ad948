"""The one window to see and shape the time in: a rail, and the page that was chosen there."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tray import clock
from tray.language import tr
from tray.model.filters import Filters
from tray.model.formats import TimeFormat
from tray.session.snapshot import Snapshot
from tray.session.tracking import Tracking
from tray.ui.list_options import ListOptions
from tray.ui.main_window.banner import Banner
from tray.ui.main_window.banner_text import BannerAct, banner_content
from tray.ui.main_window.page import WindowPage
from tray.ui.main_window.rail import Rail
from tray.ui.theme import UNIT
from tray.ui.timer_bar.timer_bar import TimerBar
from tray.ui.windows import tab_stop

_SIZE: Final = (130 * UNIT, 90 * UNIT)
_SMALLEST: Final = (90 * UNIT, 60 * UNIT)
_WIDE: Final = 900
"""Pixels at 100 %; below it the rail shows icons only."""


class MainWindow(QWidget):
    """Makes each page when it is first shown, and keeps it."""

    quick_start_wanted = Signal()
    settings_wanted = Signal()
    feeds_wanted = Signal()
    """The settings of calendars beside the entries."""
    sync_wanted = Signal()
    """What can be done about the state of the sync."""
    pull_wanted = Signal(str)
    """The `BannerAct`, by its value, for the reading of history."""
    day_wanted = Signal(object)
    """The `date` to be shown in the list."""
    entry_wanted = Signal(object)
    """The id of an entry that is to be edited."""
    entries_wanted = Signal(str, object)
    """What is to be looked for in the list, and its `Filters`."""
    times_changed = Signal(object)
    """The `TimeFormat` in which times are shown from now on."""
    options_changed = Signal(object)
    """The `ListOptions` by which lists are shown from now on."""
    setting_chosen = Signal(str, object)
    """The key of a setting that was changed in a page, and its value."""

    def __init__(
        self, tracking: Tracking, times: TimeFormat, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_SIZE)
        self.tracking = tracking
        self.times = times
        self.options = ListOptions()
        self._pages: dict[str, WindowPage] = {}
        self._made: dict[str, QWidget] = {}
        self._shown = ""
        self.rail = Rail(self)
        self.bar = TimerBar(tracking, times, self)
        self.banner = Banner(self)
        self._paused = False
        self.stack = QStackedWidget(self)
        top = QVBoxLayout()
        top.setContentsMargins(2 * UNIT, 3 * UNIT // 2, 2 * UNIT, 0)
        top.setSpacing(UNIT)
        top.addWidget(self.bar)
        top.addWidget(self.banner)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(column, 1)
        self.rail.chosen.connect(self.open_page)
        self.bar.left.connect(self._on_bar_left)
        self.banner.acted.connect(self._on_banner)
        self.rail.settings_wanted.connect(self.settings_wanted)
        self.rail.sync_wanted.connect(self.sync_wanted)
        tracking.changed.connect(self._on_changed)
        QShortcut(QKeySequence("Ctrl+T"), self).activated.connect(self.bar.open)

    def set_pages(self, pages: Sequence[WindowPage]) -> None:
        """Have these pages, and show the first."""
        self._pages = {page.key: page for page in pages}
        self.rail.set_pages(pages)
        self.open_page(pages[0].key)

    @Slot(str)
    def open_page(self, key: str) -> QWidget:
        """Show a page; return what it shows."""
        page, self._shown = self._pages[key], key
        if key not in self._made:
            self._made[key] = page.make()
            self.stack.addWidget(self._made[key])
        shown = self._made[key]
        self.stack.setCurrentWidget(shown)
        self.rail.show_page(key)
        self._focus_page()
        self.setWindowTitle(tr("{page} – Toggl Tray").format(page=page.title))
        return shown

    def take_place_of(self, before: "MainWindow") -> None:
        """Be where another window is, with the page that it shows."""
        self.setGeometry(before.geometry())
        if before._shown in self._pages:
            self.open_page(before._shown)

    def show_day(self, day: date) -> None:
        """Show a day of the list."""
        self.open_page("timer")
        self.day_wanted.emit(day)

    def edit(self, entry_id: int) -> None:
        """Show one entry, with its editor open."""
        self.open_page("timer")
        self.entry_wanted.emit(entry_id)

    @Slot(str, object)
    def show_entries(self, search: str, filters: Filters) -> None:
        """Show the entries that fit."""
        self.open_page("timer")
        self.entries_wanted.emit(search, filters)

    @Slot(object)
    def use_times(self, times: TimeFormat) -> None:
        """Show moments this way from now on."""
        self.times = times
        self.bar.use_times(times)
        self.times_changed.emit(times)

    def use_options(self, options: ListOptions) -> None:
        """Show lists this way from now on."""
        self.options = options
        self.options_changed.emit(options)

    @Slot()
    def start_new(self) -> None:
        """Let something new be typed: in the bar, unless that shows what runs."""
        if self.tracking.snapshot.running is None:
            self.bar.open()
        else:
            self.quick_start_wanted.emit()

    @Slot()
    def _on_bar_left(self) -> None:
        self._focus_page()

    def _focus_page(self) -> None:
        page, focused = self.stack.currentWidget(), self.focusWidget()
        if page is not None and focused is not None and page.isAncestorOf(focused):
            return  # it knows better
        target = page.focusProxy() or page if page is not None else None
        if target is not None and not target.isHidden():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.bar.open()  # nothing is listed yet

    @Slot(object)
    def _on_changed(self, snapshot: Snapshot) -> None:
        if self.isVisible():
            self._show_exchange(snapshot)

    def _show_exchange(self, snapshot: Snapshot) -> None:
        """Say how the exchange with the account stands."""
        paused = self._paused
        self.rail.show_state(snapshot, paused=paused)
        if snapshot.sync is None and self._pages and self._pages[self._shown].needs_account:
            self.open_page(next(iter(self._pages)))
        content = banner_content(snapshot.sync, self.times, paused=paused, now=clock.now())
        self.banner.show_content(content)

    @Slot(object)
    def _on_banner(self, act: BannerAct) -> None:
        if act is BannerAct.MEND:
            self.sync_wanted.emit()
        else:
            self._paused = act is BannerAct.PAUSE
            self.pull_wanted.emit(act.value)
        self._show_exchange(self.tracking.snapshot)

    def focusNextPrevChild(self, forward: bool) -> bool:
        target = tab_stop(self, forward=forward)
        if target is None or self._tabs_to_text_only():
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True

    @staticmethod
    def _tabs_to_text_only() -> bool:
        """Whether the desktop has Tab go past buttons, as macOS does if one wants it."""
        behaviour = QGuiApplication.styleHints().tabFocusBehavior()
        return behaviour is not Qt.TabFocusBehavior.TabFocusAllControls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < _WIDE)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_changed(self.tracking.snapshot)
