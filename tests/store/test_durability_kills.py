"""``kill -9`` at any moment: see `tests.store.storm` for what is compared after each."""

import os
from pathlib import Path

from tests.store import programs


def test_no_kill_loses_a_verb_or_leaves_half_of_one(tmp_path: Path) -> None:
    kills = int(os.environ.get("TOGGL_TRAY_KILLS", "200"))
    report = programs.run("storm", str(tmp_path), str(kills))
    assert report["kills"] == kills
    assert report["acknowledged"] > kills // 2, "they lived too short to mean anything"
    assert report["one_more"] > 0, "none was killed while it committed"
    assert report["before_any"] > 0, "none was killed while it opened"
