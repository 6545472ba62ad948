"""A file with the account's own entries: imported while signed in, synced, and taken back."""

import json
import os
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import Cli
from tests.fakes.toggl import Server

HOUR: Final = 3600
HEADER: Final = "Description,Start date,Start time,End date,End time,Duration\n"
LOOKED_FOR: Final = (
    "toggl-tray: 3 of these entries are older than all that is here from the account. Each is "
    "sent only if the account does not have it.\n"
)


def year(cli: Cli, toggl: Server, kind: str) -> str:
    """The export of three entries of last May that another program made."""
    path = cli.home / f"year.{kind}"
    first = 1_746_090_000  # 2025-05-01 09:00 UTC
    for number in range(3):
        start = first + number * 24 * HOUR
        made = toggl.account.add(start, start + HOUR, description=f"Old work {number + 1}")
        toggl.account.time_entries[made].at = start * 1_000_000
    days = range(1, 4)
    if kind == "csv":
        dates = [f"2025-05-0{day}" for day in days]
        lines = [f"Old work {day[-1]},{day},09:00:00,{day},10:00:00,01:00:00\n" for day in dates]
        path.write_text(HEADER + "".join(lines))
    else:
        entries = [
            {
                "description": f"Old work {day}",
                "start": f"2025-05-0{day}T09:00:00Z",
                "stop": f"2025-05-0{day}T10:00:00Z",
            }
            for day in days
        ]
        path.write_text(json.dumps({"v": 1, "entries": entries}))
    return str(path)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_each_is_once_in_the_account_and_once_here(
    signed_in: Cli, toggl: Server, kind: str
) -> None:
    signed_in("sync")
    path = year(signed_in, toggl, kind)
    there = toggl.account.entries()
    said, remarks = signed_in.with_remarks("import", path, "--zone", "UTC")
    assert said.startswith("Added 3 entries; 0 were here already.\n")
    assert remarks == LOOKED_FOR
    assert "; 3 entries here.\n" in signed_in("sync")
    assert toggl.account.entries() == there
    said, remarks = signed_in.with_remarks("undo")
    assert said.startswith(f"Undone: import “{os.path.basename(path)}”")
    assert remarks == "toggl-tray: 3 entries stay: the account had them already.\n"
    assert "3 entries here.\n" in signed_in("sync")
    assert toggl.account.entries() == there


def test_they_stay_here_where_nobody_can_see_whether_the_server_has_them(
    signed_in: Cli, toggl: Server
) -> None:
    signed_in("sync")
    path = Path(year(signed_in, toggl, "csv"))
    path.write_text(path.read_text().replace("2025-", "2023-"))
    signed_in.with_remarks("import", str(path), "--zone", "UTC")
    before = toggl.account.entries()
    said = signed_in("sync")
    assert (
        "refused   3 older entries stay on this computer: there is no way to see whether the "
        "server has them already.\n"
    ) in said
    assert toggl.account.entries() == before


def test_a_dry_run_says_so_too(signed_in: Cli, toggl: Server) -> None:
    signed_in("sync")
    assert signed_in.with_remarks("import", "--dry-run", year(signed_in, toggl, "csv"))[1] == (
        LOOKED_FOR
    )
