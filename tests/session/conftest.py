"""The main thread's hold on its parts starts from what their own tests start from."""

from tests.ui.conftest import blank, cleared, tracking
from tests.workers.conftest import server, works

__all__ = ["blank", "cleared", "server", "tracking", "works"]
