"""What another process takes up while nobody looks: memory, and moments of work."""

import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ALONE: Final = ("/PySide6/", "/shiboken6/", "/libpython", "/bin/python")
"""Parts of the names of files that only Python and Qt programs have in memory."""


def proportional_mb(pid: int) -> float:
    """Its proportional set size (PSS), as if no other program of Python or Qt ran.

    Of the files of those, what it has in memory counts in full: else more or less would count as
    others come and go, the measuring program among them.
    """
    kilobytes = 0
    counted = "Pss:"
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition(" ")
        if not name.endswith(":"):  # the line that begins the part on one file
            counted = "Rss:" if any(part in line for part in ALONE) else "Pss:"
        elif name == counted:
            kilobytes += int(rest.split()[0])
    return kilobytes / 1024


def resident_mb(pid: int) -> float:
    """All that it has in memory, each page in full, whoever else has it too.

    It is only good for comparisons. Of the proportional set size, LLVM alone, which draws for
    all programs on a screen without a graphics card, goes up by 23 MB when another one ends.
    """
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def private_mb(pid: int) -> float:
    """What it has written to: memory that it shares with nobody."""
    status = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("Private_Dirty:"))
    return int(line.split()[1]) / 1024


def wake_ups(pids: Mapping[str, int], seconds: int) -> Counter[str]:
    """In how many seconds out of these any thread of each process has run."""
    awake: Counter[str] = Counter()
    before = {name: _switches(pid) for name, pid in pids.items()}
    began = time.monotonic()
    for second in range(1, seconds + 1):
        time.sleep(max(0, began + second - time.monotonic()))
        for name, pid in pids.items():
            now = _switches(pid)
            awake[name] += now != before[name]
            before[name] = now
    return awake


def _switches(pid: int) -> dict[str, int]:
    """How often each thread has given up the processor, be it to wait or to let others go first."""
    found: dict[str, int] = {}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        status = (thread / "status").read_text(encoding="utf-8")
        counts = [int(line.split()[1]) for line in status.splitlines() if "ctxt_switches" in line]
        found[thread.name] = sum(counts)
    return found
