"""Two computers with one Free account do not run each other into its quota."""

from pathlib import Path

from tests.sync.shared_quota import live, pair


def test_two_computers_share_what_is_left(tmp_path: Path) -> None:
    rigs = pair(tmp_path)
    figures = live(rigs, hours=4, an_hour=4)
    for rig in rigs:
        rig.db.close()
    assert figures.in_step
    assert figures.over_quota <= 1
    assert max(figures.late_seconds) <= 10
