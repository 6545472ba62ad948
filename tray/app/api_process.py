"""The process that serves the local API while the settings say so, kept up while the tray runs."""

import logging
import sys
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from tray import program
from tray.language import tr
from tray.settings import Settings

_LOG: Final = logging.getLogger(__name__)
_AGAIN_MS: Final = 5_000
"""Until it is started again after it broke off, doubled each time."""
_LONGEST_MS: Final = 600_000
_LEAVE_MS: Final = 3_000
_REFUSED: Final = 1
"""With which it leaves after it has said why it cannot serve."""


class ApiProcess(QObject):
    """Starts it, starts it anew when it breaks off, and ends it; without the setting, nothing."""

    failed = Signal(object)
    """A sentence: why nothing is served."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: tuple[bool, int] = (False, 0)
        self._process: QProcess | None = None
        self._is_ending = False
        self._pause_ms = _AGAIN_MS
        self._again: QTimer | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is such a process."""
        return self._process is not None

    def use(self, settings: Settings) -> None:
        """Serve or not; everything but the port is read by the process itself."""
        wanted = (settings.serve_api, settings.api_port)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._pause_ms = _AGAIN_MS
        if self._again is not None:
            self._again.stop()
        if self._process is not None:
            self._end(self._process)  # it is started anew when it has given the port back
        elif settings.serve_api:
            self._start()

    def _end(self, process: QProcess) -> None:
        """It follows the end of its input, and nobody waits for it."""
        self._is_ending = True
        process.closeWriteChannel()
        too_long = QTimer(process, singleShot=True)
        too_long.setObjectName("end of the local API")
        too_long.timeout.connect(process.kill)
        too_long.start(_LEAVE_MS)

    def stop(self) -> None:
        """End it, and wait for that, as the program ends too."""
        self._wanted = (False, 0)
        if self._again is not None:
            self._again.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        process.closeWriteChannel()
        if not process.waitForFinished(_LEAVE_MS):
            process.kill()
            process.waitForFinished(_LEAVE_MS)
        process.deleteLater()

    @Slot()
    def _start(self) -> None:
        command = program.serve_command("--with-tray")
        self._process = process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(command[0], command[1:])

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self.failed.emit(
                tr("The local Toggl API cannot be started: {program} is gone.").format(
                    program=sys.executable
                )
            )

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        words = self._forget()
        if self._is_ending:
            self._is_ending = False
            if self._wanted[0]:
                self._start()
            return
        if status is QProcess.ExitStatus.NormalExit and code == _REFUSED:
            self.failed.emit(tr("The local Toggl API is not served. {reason}").format(reason=words))
            return
        _LOG.warning("the process of the local API broke off (%d)", code)
        if self._again is None:
            self._again = QTimer(self)
            self._again.setObjectName("serve the local API again")
            self._again.setSingleShot(True)
            self._again.timeout.connect(self._start)
        self._again.start(self._pause_ms)
        self._pause_ms = min(2 * self._pause_ms, _LONGEST_MS)

    def _forget(self) -> str:
        """Let go of the process; the last line of what it said."""
        process, self._process = self._process, None
        if process is None:
            return ""
        lines = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").splitlines()
        process.deleteLater()
        return lines[-1].removeprefix("toggl-tray: ") if lines else ""
