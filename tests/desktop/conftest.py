"""Qt without a screen for what is tested in this process, and a desktop without a panel."""

import os

import pytest

from tests.rig.desktop import Desktop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def bare_desktop(worker_desktop: Desktop) -> Desktop:
    """An X server, a window manager and a notification service."""
    worker_desktop.reset("none")
    return worker_desktop
