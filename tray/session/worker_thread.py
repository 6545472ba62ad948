"""Starts a worker on a thread of its own, and waits for its end."""

from functools import partial

from PySide6.QtCore import QObject, QThread, Signal

from tray.workers.worker import Worker


class WorkerThread(QObject):
    """Lives on the main thread; a worker that was stopped may be followed by another."""

    failed = Signal(object)
    """A sentence: what of this computer keeps the worker from working."""

    def __init__(self, name: str, parent: QObject, *, leave_ms: int) -> None:
        """Call the threads `name`, and wait for the end of each for `leave_ms` at most."""
        super().__init__(parent)
        self._name = name
        self._leave_ms = leave_ms
        self._threads: list[QThread] = []
        self._workers: list[Worker] = []
        """All there were: other threads may still know one, so that none must go before its end."""

    def _run(self, worker: Worker) -> None:
        """Move a worker to a new thread, and start it there."""
        thread = QThread(self)
        thread.setObjectName(self._name)
        worker.moveToThread(thread)
        worker.failed.connect(self.failed)
        worker.ended.connect(partial(thread.exit, 0))  # at once, on that thread
        thread.started.connect(worker.start)
        self._threads.append(thread)
        self._workers.append(worker)
        thread.start()

    def _wait(self) -> None:
        """Wait for the last worker, which was told to stop."""
        self._threads[-1].wait(self._leave_ms)

    @property
    def _have_ended(self) -> bool:
        return not any(thread.isRunning() for thread in self._threads)
