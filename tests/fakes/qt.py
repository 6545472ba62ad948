"""Qt's event loop, turned by hand."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from tests.rig.waiting import wait_until


def settle() -> None:
    """Let Qt do what there is to do."""
    QCoreApplication.processEvents()


def eventually(holds: Callable[[], object]) -> None:
    """Turn until something holds."""

    def turned() -> object:
        settle()
        return holds()

    wait_until(turned)
