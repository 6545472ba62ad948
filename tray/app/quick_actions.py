"""What is done at once, whoever asks: the icon, its menu, a hotkey or another program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tray.session.tracking import Tracking
from tray.settings import Settings
from tray.ui.windows import retire, time_format_of

if TYPE_CHECKING:
    from tray.app.clipboard_start import ClipboardStart
    from tray.ui.quick_start.dialog import QuickStartDialog
    from tray.ui.stop_at.stop_window import StopWindow


class QuickActions(QObject):
    """Makes its small windows when each is first wanted.

    Args:
        tracking: what is tracked.
        settings: how everything is shown.
        parent: ends it.
    """

    opening = Signal()
    """A window is about to be made."""
    failed = Signal(str)
    """Why something was not done, as a sentence."""

    def __init__(self, tracking: Tracking, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._tracking, self._settings = tracking, settings
        self.dialog: QuickStartDialog | None = None
        self._clipboard: ClipboardStart | None = None
        self._stop: StopWindow | None = None

    @Slot()
    def toggle(self) -> None:
        """Stop what runs, else continue the latest; with nothing to continue, ask what to do."""
        self._tracking.refresh_if_written()
        if self._has_nothing_to_continue:
            self.open_quick_start()
        else:
            self._tracking.toggle()

    @Slot(bool)
    def switch(self, on: bool) -> None:
        """Continue the latest, or stop what runs, however often that is asked for."""
        self._tracking.refresh_if_written()
        if on and self._has_nothing_to_continue:
            self.open_quick_start()
        else:
            self._tracking.switch(on)

    @property
    def _has_nothing_to_continue(self) -> bool:
        state = self._tracking.snapshot
        return state.running is None and not state.recent

    @Slot()
    def open_quick_start(self, link_line: str = "") -> None:
        """Open the quick-start dialog, or bring it to the front; a link may put a line into it."""
        dialog = self._made_dialog()
        dialog.open()
        if link_line:
            dialog.propose(link_line)

    @Slot()
    def start_from_clipboard(self) -> None:
        """Start what is in the clipboard, or put it into quick start, as the settings say."""
        if self._clipboard is None:
            from tray.app.clipboard_start import ClipboardStart

            self._clipboard = ClipboardStart(self._tracking, self)
            self._clipboard.failed.connect(self.failed)
        self._clipboard.begin(self._made_dialog(), at_once=self._settings.clipboard_starts)

    def _made_dialog(self) -> "QuickStartDialog":
        if self.dialog is None:
            self.opening.emit()
            from tray.ui.quick_start.dialog import QuickStartDialog

            self.dialog = QuickStartDialog(self._tracking, time_format_of(self._settings))
        return self.dialog

    @Slot()
    def stop_earlier(self) -> None:
        """Ask when what runs was over."""
        self._stop_window().open()

    def _stop_window(self) -> "StopWindow":
        if self._stop is None:
            self.opening.emit()
            from tray.ui.stop_at.stop_window import StopWindow

            self._stop = StopWindow(self._tracking, time_format_of(self._settings))
        return self._stop

    def use(self, settings: Settings) -> None:
        """Show everything as these settings have it."""
        other = time_format_of(settings) != time_format_of(self._settings)
        self._settings = settings
        if other:
            retire(self._stop)
            self._stop = None
        if self.dialog is not None:
            self.dialog.use_times(time_format_of(settings))

    def renew(self) -> None:
        """Make the windows anew, in another language or in other formats."""
        before, self._stop = self._stop, None
        if before is not None and before.isVisible():
            self._stop_window().take_place_of(before)
        retire(before)
        retire(self.dialog)
        self.dialog = None
