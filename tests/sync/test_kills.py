"""``kill -9`` while changes are exchanged: see `tests.sync.kills` for what is killed."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.fakes.toggl import Account, serve

ROOT = Path(__file__).parents[2]


def test_no_kill_loses_or_doubles_an_entry(tmp_path: Path) -> None:
    kills = int(os.environ.get("TOGGL_TRAY_KILLS", "60"))
    with serve(Account()) as server:
        for bucket in ("user", f"organization {server.account.workspace.organization_id}"):
            server.quota.limits[bucket] = 1_000_000
        program = (sys.executable, "-W", "error", "-m", "tests.sync.kills")
        arguments = (str(tmp_path), server.url, server.account.token, str(kills))
        done = subprocess.run(
            (*program, *arguments), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        there = [(each.description, each.start, each.stop) for each in server.account.entries()]
        stops = sum(each.method == "POST" for each in server.log)
    report = json.loads(done.stdout)
    here = [(name, start, stop) for name, start, stop in report["here"]]
    assert (report["pending"], report["refused"]) == (0, 0)
    assert Counter(here) == Counter(there)
    (most,) = Counter(name for name, *_ in here).most_common(1)
    assert most[1] == 1, most
    missing = set(report["made"]) - {name for name, *_ in here}
    assert missing <= set(report["perhaps_gone"])
    assert report["waiting"] > kills // 20, "none was killed while it sent"
    assert stops > kills // 2, "they lived too short to mean anything"
