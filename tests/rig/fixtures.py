"""The rig as pytest fixtures: one desktop for each worker, as good as new for each test.

A real shell is open only while a module asks for it, and only one in each worker: each takes about
thirty of the 128 inotify instances that a user has, and one that gets none reads no menu entry.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:  # what it stands on is installed on Linux only
    from tests.rig.desktop import Desktop
    from tests.rig.gnome import Gnome
    from tests.rig.panel import Kind
    from tests.rig.plasma import On, Plasma


DESKTOPS: Final = {"desktop", "gnome", "plasma"}
"""The fixtures of which the report of a failure has a picture."""


@pytest.fixture(scope="session")
def worker_desktop() -> "Iterator[Desktop]":
    """The desktop that `desktop` tidies up; tests ask for that one."""
    from tests.rig.desktop import open_desktop

    with open_desktop("none") as opened:
        yield opened


@pytest.fixture
def desktop(
    request: pytest.FixtureRequest,
    worker_desktop: "Desktop",
    tmp_path: Path,  # for the report of a failure
) -> "Iterator[Desktop]":
    """A desktop with Xfce's panel, or with the one that indirect parametrization names."""
    kind: Kind = getattr(request, "param", "xfce")
    worker_desktop.reset(kind)
    yield worker_desktop
    worker_desktop.end_programs()


@pytest.fixture(scope="module")
def worker_gnome() -> "Iterator[Gnome]":
    """The one that `gnome` tidies up; tests ask for that one."""
    from tests.rig.gnome import open_gnome
    from tests.rig.shells import NotHere

    try:
        with open_gnome() as opened:
            yield opened
    except NotHere as reason:
        pytest.skip(str(reason))


@pytest.fixture
def gnome(worker_gnome: "Gnome", tmp_path: Path) -> "Iterator[Gnome]":
    """GNOME Shell with a place for icons in its panel."""
    worker_gnome.reset()
    yield worker_gnome
    worker_gnome.end_programs()


@pytest.fixture(scope="module")
def worker_plasma(request: pytest.FixtureRequest) -> "Iterator[Plasma]":
    """The one that `plasma` tidies up; tests ask for that one."""
    from tests.rig.plasma import open_plasma
    from tests.rig.shells import NotHere

    on: On = getattr(request, "param", "wayland")
    try:
        with open_plasma(on) as opened:
            yield opened
    except NotHere as reason:
        pytest.skip(str(reason))


@pytest.fixture
def plasma(worker_plasma: "Plasma", tmp_path: Path) -> "Iterator[Plasma]":
    """Plasma on Wayland, or on what indirect parametrization of `worker_plasma` names."""
    worker_plasma.reset()
    yield worker_plasma
    worker_plasma.end_programs()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to a failed test's report what was on the screen, and what its programs said."""
    report = yield
    # What `desktop` asks for is among these too.
    fixtures = getattr(item, "funcargs", {})
    if report.failed and call.when == "call":
        for each in DESKTOPS & fixtures.keys():
            report.sections += _seen(fixtures[each], fixtures["tmp_path"] / "screen.png")
    return report


def _seen(desktop: "Desktop | Gnome | Plasma", screenshot: Path) -> Iterator[tuple[str, str]]:
    """Headings and what goes below them."""
    for program in desktop.programs:
        yield f"Said by {' '.join(program.argv)}", program.output
    try:
        desktop.screenshot(screenshot)
    except Exception as error:  # whatever it is, the test's own failure has to be told
        yield "No screenshot", repr(error)
    else:
        yield "On the screen", str(screenshot)
