"""``kill -9`` while changes are exchanged: see `tests.sync.kills` for what is killed."""

import os
from pathlib import Path

from tests.sync.killed import kill


def test_no_kill_loses_or_doubles_an_entry(tmp_path: Path) -> None:
    kills = int(os.environ.get("TOGGL_TRAY_KILLS", "60"))
    killed = kill(tmp_path, kills)
    assert killed.in_step
    assert killed.doubled == []
    assert killed.lost == []
    assert killed.while_sending > kills // 20, "none was killed while it sent"
    assert killed.posts > kills // 2, "they lived too short to mean anything"
