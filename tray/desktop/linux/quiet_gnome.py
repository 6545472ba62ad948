"""Whether the user has asked GNOME not to disturb."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Slot

from tray.desktop.in_use import FoundSigns, InUseKind
from tray.desktop.linux.quiet import QUIET_SIGN
from tray.desktop.support import WORKS, Support

_GSETTINGS: Final = ("get", "org.gnome.desktop.notifications", "show-banners")

_KILLED_MS: Final = 1_000


class QuietGnome(QObject):
    """Reads GNOME's setting, by the program that knows where it is kept."""

    supports: Mapping[InUseKind, Support] = {InUseKind.QUIET: WORKS}

    def __init__(self, environ: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[FoundSigns], None] | None = None
        variables = QProcessEnvironment()
        for name, value in environ.items():
            variables.insert(name, value)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(variables)
        self._process.errorOccurred.connect(self._end)
        self._process.finished.connect(self._end)

    def stop(self) -> None:
        """End the program if it has not ended."""
        self._then = None
        self._process.kill()
        self._process.waitForFinished(_KILLED_MS)

    def find(self, then: Callable[[FoundSigns], None]) -> None:
        """It takes some milliseconds."""
        self._then = then
        self._process.start("gsettings", list(_GSETTINGS))

    @Slot()
    def _end(self) -> None:
        """It has said something, or could not be started."""
        then, self._then = self._then, None
        if then:
            answer = bytes(self._process.readAllStandardOutput().data()).strip()
            then({b"true": (), b"false": QUIET_SIGN}.get(answer))
