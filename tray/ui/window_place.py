"""Where a small window was left, kept in a file, and where it can be seen on the screens of now."""

import logging
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tray import files
from tray.ui.windows import TITLE_BAR, can_leave_the_focus

_log: Final = logging.getLogger(__name__)
_MOST_BYTES: Final = 64


def put_back(window: QWidget, path: str) -> None:
    """Have a window come up where it was left, moved as far as the screens of now demand it."""
    corner = _read(path)
    if corner is None or not _tells_places():
        return
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    room = [screen.adjusted(0, TITLE_BAR, 0, 0) for screen in screens]
    found = within(QRect(corner, window.sizeHint()), room)
    if found is not None:  # without its frame, which it does not know before it is first shown
        window.setGeometry(QRect(found, window.sizeHint()))


def keep(window: QWidget, path: str) -> None:
    """Note where a window is; what cannot be written is only logged, as nothing depends on it."""
    corner = window.geometry().topLeft()
    if not _tells_places() or _read(path) == corner:
        return
    try:
        files.replace_whole(path, f"{corner.x()},{corner.y()}\n".encode())
    except OSError as error:
        _log.warning("the place of the small window was not kept: %s", error)


def within(wanted: QRect, screens: Iterable[QRect]) -> QPoint | None:
    """The corner for a window, wholly on the screen that shows most of it; None if none does."""
    shown = [(_area(screen.intersected(wanted).size()), screen) for screen in screens]
    most, screen = max(shown, key=lambda each: each[0], default=(0, QRect()))
    if not most:
        return None
    right = max(screen.left(), screen.right() + 1 - wanted.width())
    bottom = max(screen.top(), screen.bottom() + 1 - wanted.height())
    return QPoint(
        min(max(wanted.left(), screen.left()), right), min(max(wanted.top(), screen.top()), bottom)
    )


def _area(size: QSize) -> int:
    return 0 if size.isEmpty() else size.width() * size.height()


def _tells_places() -> bool:
    """Whether windows know where they are: Wayland keeps that to itself."""
    return can_leave_the_focus()


def _read(path: str) -> QPoint | None:
    try:
        text = files.read_regular(path, max_bytes=_MOST_BYTES).decode()
        left, top = map(int, text.split(","))
    except (OSError, ValueError):
        return None
    return QPoint(left, top) if max(abs(left), abs(top)) < 1 << 20 else None
