"""How fast the projects page opens, counts and searches with many projects and a long history.

Run it with ``python -m tests.benchmarks projects``.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.benchmarks.data import make
from tests.benchmarks.rows import Row
from tray.model.colours import PALETTE
from tray.model.days import Calendar
from tray.session.tracking import Tracking
from tray.store.opening import open_database
from tray.tracker import removal

if TYPE_CHECKING:
    from tray.ui.projects.projects_page import ProjectsPage

SMALL, LARGE = SIZES = (1_000, 100_000)
PROJECTS: Final = 1_000
OPENINGS: Final = 20
COUNTINGS: Final = 20
KEYS: Final = 30
"""How often each text is typed."""
TYPED: Final = ("p", "pr", "pro", "project 1", "project 99", "c-3", "nothing like it")

OPENED_AT_MOST_MS: Final = 200.0
GROWTH_AT_MOST: Final = 2.0
FRAME_AT_MOST_MS: Final = 33.0
COUNTED_AT_MOST_MS: Final = 1_000.0
MERGED_AT_MOST_MS: Final = 1_000.0


def run() -> list[Row]:
    """Measure with a short and a long history, both with a thousand projects."""
    now = int(time.time())
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: str(Path(folder, str(size), "toggl-tray.db")) for size in SIZES}
        for size, path in paths.items():
            make(path, entries=size, now=now)
            _more_projects(path)
        application = QApplication.instance() or QApplication([])
        from tray.ui.appearance import Appearance

        Appearance("light", application)
        opened = {size: _opening(path) for size, path in paths.items()}
        rows = [
            Row(f"opening, {LARGE:,} entries, p50", opened[LARGE], "ms", OPENED_AT_MOST_MS),
            Row("against a short history", opened[LARGE] / opened[SMALL], "x", GROWTH_AT_MOST),
        ]
        rows += _working(paths[LARGE])
        rows.append(_merging(paths[LARGE], now))
        del application
    return rows


def _more_projects(path: str) -> None:
    with open_database(path) as db, db.writing():
        (there,) = db.row("SELECT count(*) FROM project")
        db.run_many(
            "INSERT INTO project (workspace_id, name, colour) VALUES (1, ?, ?)",
            [(f"Project {number}", PALETTE[0]) for number in range(there, PROJECTS)],
        )


@contextmanager
def _page(path: str) -> "Iterator[ProjectsPage]":
    from tray.ui.projects.projects_page import ProjectsPage

    with open_database(path) as db:
        tracking = Tracking(db, Calendar())
        page = ProjectsPage(tracking)
        page.resize(864, 640)
        yield page
        page.close()
        page.deleteLater()
        tracking.release()


def _ms(since: float) -> float:
    return 1000 * (time.perf_counter() - since)


def _p99(taken: list[float]) -> float:
    """What ninety-nine of a hundred take at most."""
    return sorted(taken)[len(taken) * 99 // 100]


def _opening(path: str) -> float:
    """Until the first picture is there; what follows is counted between keys."""
    taken = []
    for _ in range(OPENINGS):
        begin = time.perf_counter()
        with _page(path) as page:
            page.show()
            page.repaint()
            taken.append(_ms(begin))
    return statistics.median(taken)


def _working(path: str) -> list[Row]:
    with _page(path) as page:
        page.show()
        QApplication.processEvents()  # the opening itself is measured above
        counted, turns = [], []
        for _ in range(COUNTINGS):
            page.totals.totals = {}
            page.totals.read("project")
            begin = time.perf_counter()
            while not page.totals.totals:
                turn = time.perf_counter()
                QApplication.processEvents()
                turns.append(_ms(turn))
            counted.append(_ms(begin))
        typed = []
        for text in TYPED * KEYS:
            begin = time.perf_counter()
            page.search.setText(text)
            page.view.viewport().repaint()
            typed.append(_ms(begin))
        name = f"{PROJECTS:,} projects, {LARGE:,} entries"
        return [
            Row(
                f"totals of all, {name}, p50", statistics.median(counted), "ms", COUNTED_AT_MOST_MS
            ),
            Row(f"a turn of counting, {name}, p99", _p99(turns), "ms", FRAME_AT_MOST_MS),
            Row(f"a key in the search, {name}, p99", _p99(typed), "ms", FRAME_AT_MOST_MS),
        ]


def _merging(path: str, now: int) -> Row:
    """One of the projects with the most entries, into another."""
    with open_database(path) as db:
        most, count = db.row(
            "SELECT project_id, count(*) FROM entry WHERE project_id > 1 "
            "GROUP BY project_id ORDER BY count(*) DESC LIMIT 1"
        )
        begin = time.perf_counter()
        removal.merge(db, "project", most, 1, now=now)
        return Row(f"merging {count:,} entries", _ms(begin), "ms", MERGED_AT_MOST_MS)
