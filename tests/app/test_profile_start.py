"""Of which profile a tray is, and what it does to the others by being started."""

import os
from pathlib import Path

import pytest

from tests.cli.stand_in_tray import StandInTray
from tray import paths, profiles
from tray.app.first_instance import first_instance


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TOGGL_TRAY_PROFILE", "")
    return dict(os.environ)


def current(environ: dict[str, str]) -> str:
    return paths.current(paths.find_default(environ))


def test_one_that_the_desktop_starts_leaves_a_running_one_alone(environ: dict[str, str]) -> None:
    with StandInTray(environ) as tray:
        with first_instance(at_login=True) as instance:
            assert instance is None
        assert tray.heard == ["support"], "nothing opens"
        with first_instance() as instance:
            assert instance is None
        assert tray.heard == ["support", "quick"]


def test_one_that_the_user_starts_by_name_is_switched_to(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles.create(environ, "Work")
    monkeypatch.setenv("TOGGL_TRAY_PROFILE", "work")
    with first_instance(at_login=True) as instance:
        assert instance is not None
        assert instance.places.profile == "Work"
        assert os.environ["TOGGL_TRAY_PROFILE"] == "Work", "so are the processes that it starts"
    assert current(environ) == "default"
    with first_instance(named=True):
        assert current(environ) == "Work"
    monkeypatch.setenv("TOGGL_TRAY_PROFILE", "")
    with first_instance("toggl-tray:stop") as instance:
        assert instance is not None
        assert instance.places.profile == "Work", "a link opens in the one that was used last"


def test_each_profile_has_a_tray_of_its_own(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with first_instance() as default:
        monkeypatch.setenv("TOGGL_TRAY_PROFILE", "Work")
        with first_instance() as work:
            assert default is not None
            assert work is not None
            assert default.places.socket != work.places.socket


def test_alone_nothing_is_written_of_profiles(environ: dict[str, str]) -> None:
    with first_instance(named=True) as instance:
        assert instance is not None
        assert sorted(os.listdir(instance.places.data)) == ["tray.lock"]
