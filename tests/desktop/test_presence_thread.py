"""Idle source, power watcher and signs of business together, on a thread of their own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMetaObject, QObject, Qt, QThread, Signal, Slot

from tests.fakes.dbus import BusDaemon, open_bus
from tests.fakes.presence import FakeLogind
from tests.fakes.qt import eventually
from tests.rig.desktop import Desktop
from tray.desktop.choose import choose_idle, choose_in_use, choose_power


class Worker(QObject):
    """Holds all three as a worker does: made in `start`, let go of in `stop`."""

    told = Signal(object)

    def __init__(self, environ: dict[str, str]) -> None:
        super().__init__()
        self._environ = environ

    @Slot()
    def start(self) -> None:
        self._idle = choose_idle(self._environ, parent=self)
        self._power = choose_power(self._environ, parent=self)
        self._engagement = choose_in_use(self._environ, parent=self)
        self._idle.idle.connect(self._on_idle)
        self._power.happened.connect(self._on_happened)
        self._engagement.polled.connect(self._on_looked)
        self._idle.watch(0.2)
        self._power.delay_sleep()

    @Slot()
    def stop(self) -> None:
        for each in (self._idle, self._power, self._engagement):
            each.stop()

    @Slot(object)
    def _on_idle(self, _seconds: int) -> None:
        self._tell("idle")
        self._engagement.poll()

    @Slot(object)
    def _on_looked(self, _engaged: object) -> None:
        self._tell("looked")

    @Slot(object)
    def _on_happened(self, _happening: object) -> None:
        self._tell("happened")
        self._power.release()

    def _tell(self, what: str) -> None:
        self.told.emit((what, QThread.currentThread() is self.thread()))


@pytest.fixture
def system(qapp: object) -> Iterator[BusDaemon]:
    with open_bus() as daemon:
        yield daemon


def test_all_of_it_works_on_a_thread_of_its_own(bare_desktop: Desktop, system: BusDaemon) -> None:
    logind = FakeLogind(system.address, kind="x11")
    worker = Worker({**bare_desktop.variables, "DBUS_SYSTEM_BUS_ADDRESS": system.address})
    thread = QThread()
    thread.setObjectName("presence")
    worker.moveToThread(thread)
    thread.started.connect(worker.start)
    told: list[tuple[str, bool]] = []
    worker.told.connect(told.append)
    thread.start()
    eventually(lambda: {("idle", True), ("looked", True)} <= set(told))
    eventually(logind.held)
    logind.prepare("Sleep", True)
    eventually(lambda: ("happened", True) in told and not logind.held())
    stop = Qt.ConnectionType.BlockingQueuedConnection
    QMetaObject.invokeMethod(worker, "stop", stop)
    thread.quit()
    assert thread.wait(5_000)
    assert all(right for _, right in told)
    logind.stop()
