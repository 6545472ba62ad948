"""A short working day on a Free account keeps every promise about its requests."""

from pathlib import Path

from tests.sync.day import HOUR, MINUTE, Plan, live
from tests.sync.rig import Rig

SHORT = Plan(
    hours=5,
    switches=30,
    edits=10,
    elsewhere=5,
    offline=(1 * HOUR, 2 * HOUR),
    asleep=(2 * HOUR + 30 * MINUTE, 3 * HOUR),
    quiet=(4 * HOUR, 5 * HOUR),
)


def test_a_day_stays_within_the_quota_and_in_step(tmp_path: Path) -> None:
    rig = Rig(tmp_path, quota=True)
    figures = live(rig, SHORT, seed=1)
    rig.db.close()
    assert figures.in_step
    assert figures.over_quota == 0
    assert figures.sent_seconds <= 5
    assert figures.seen_seconds <= 300
    assert figures.per_entry <= 2
    assert figures.per_offline_entry == 1
    assert figures.quiet_hour <= 12
