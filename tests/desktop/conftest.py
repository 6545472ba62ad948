"""Qt without a screen for what is tested in this process, and a desktop without a panel."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.rig.compositors import Kwin, Mutter, open_kwin, open_mutter
from tests.rig.desktop import Desktop
from tests.rig.on_wayland import OnWayland

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def bare_desktop(worker_desktop: Desktop) -> Desktop:
    """An X server, a window manager and a notification service."""
    worker_desktop.reset("none")
    return worker_desktop


@pytest.fixture(params=[open_kwin, open_mutter], ids=["kwin", "mutter"])
def wayland(request: pytest.FixtureRequest, qapp: object) -> Iterator[OnWayland]:
    """The tray on a compositor of Wayland that has hands."""
    opened: Callable[[Path], AbstractContextManager[Kwin | Mutter]] = request.param
    with TemporaryDirectory(prefix="typed-") as folder, opened(Path(folder)) as compositor:
        opened_here = OnWayland(compositor, Path(folder))
        try:
            yield opened_here
        finally:
            opened_here.close()
