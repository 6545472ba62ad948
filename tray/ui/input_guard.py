"""Keeps what is typed or clicked for another program from answering a window that just came up.

Some desktops give a new window the keyboard whatever it asks for, so somebody who types learns of
it only after the next keys. Until the user has turned to the window, its keys go nowhere.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

QUIET_MS: Final = 1_500
"""Who has seen the window stops typing for so long, or has had the time to read what it asks."""
_TICK_MS: Final = QUIET_MS // 10
"""The quiet is measured in parts: keys may have waited while the program could not run."""
_KEYS: Final = frozenset(
    {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
)
_PRESSES: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin}
)
_RELEASES: Final = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd})


class InputGuard(QObject):
    """Lets keys into `window` once it was clicked, or had the keyboard with none typed meanwhile.

    Modifiers make no difference: Alt+2 is a tab of a browser. Clicks are for another program, too,
    within the time of a double click. While keys do not count no control has the focus; then the
    one before gets it, or else the one that `first` names. A window that was left is guarded anew,
    as it may get the keyboard back when another closes; but not while a text is typed there.
    """

    def __init__(self, window: QWidget, first: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._first = first
        self._before: QWidget | None = None
        self._is_open = False
        self._is_requested = False
        self._silent_ms = 0
        self._quiet = QTimer(self, interval=_TICK_MS)
        self._quiet.setObjectName("quiet keys")
        self._quiet.timeout.connect(self._on_tick)
        self._fresh = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._fresh.setObjectName("fresh window")
        window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether keys count."""
        return self._is_open

    @Slot()
    def open(self) -> None:
        """Have all input count from now on."""
        self._quiet.stop()
        self._is_open = True
        if self._window.isVisible() and self._window.focusWidget() in (None, self._window):
            (self._before or self._first()).setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def let_in(self) -> None:
        """The user wants to see the window, and knows where the keys go until it is left."""
        self._is_requested = True
        self._fresh.stop()
        self.open()

    def close(self) -> None:
        """Something new has come up in the window by itself."""
        self._is_open = self._is_requested = False
        self._fresh.start()
        self._take_keys()
        self._before = None

    def _take_keys(self) -> None:
        """Wait for the user to have seen where they go."""
        focused = self._window.focusWidget()
        self._before = self._before if focused is self._window else focused
        self._window.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._window.isActiveWindow():
            self._listen()

    def _listen(self) -> None:
        """Count the quiet from now on."""
        self._silent_ms = 0
        self._quiet.start()

    @Slot()
    def _on_tick(self) -> None:
        self._silent_ms += _TICK_MS
        if self._silent_ms >= QUIET_MS:
            self.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._window:
            return self._on_input(kind)
        if kind in _KEYS and not self._is_open:
            event.accept()
            if kind == QEvent.Type.KeyPress:
                self._listen()
            return True
        if kind == QEvent.Type.Show:
            self._on_show()
        elif kind == QEvent.Type.WindowActivate and not self._is_open:
            self._take_keys()
        elif kind == QEvent.Type.Hide or (
            kind == QEvent.Type.WindowDeactivate and not self._is_typing
        ):
            self._is_open = self._is_requested = False
            self._quiet.stop()
        return False

    @property
    def _is_typing(self) -> bool:
        focused = self._window.focusWidget()
        return focused is not None and focused.testAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled
        )

    def _on_show(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        if not self._is_requested:
            self.close()

    def _on_input(self, kind: QEvent.Type) -> bool:
        """Whether a click is for another program; any other is for us, and keys are from then."""
        if kind in _PRESSES | _RELEASES and self._fresh.isActive():
            return True
        if kind in _PRESSES:
            self.open()
        return False
