"""What stands beside any command: a profile before or after it, the rest before it."""

import pytest

from tray.launch_options import LaunchOptions, take, without_profile


@pytest.mark.parametrize(
    ("words", "rest", "name"),
    [
        ("--profile Work start x", "start x", "Work"),
        ("start x --profile Work", "start x", "Work"),
        ("start --profile=Work x", "start x", "Work"),
        ("--profile A start --profile B", "start", "B"),
        ("start -- --profile Work", "start -- --profile Work", None),
        ("start x --profile", "start x", ""),
        ("start --profile=", "start", ""),
        ("start --profiles x", "start --profiles x", None),
        ("", "", None),
    ],
)
def test_the_name_is_taken_out_wherever_it_stands(words: str, rest: str, name: str | None) -> None:
    assert without_profile(words.split()) == (rest.split(), name)


@pytest.mark.parametrize(
    "words", ["--home /h --profile Work --debug list", "--profile Work --home /h --debug list"]
)
def test_all_go_where_they_count(words: str) -> None:
    environ: dict[str, str] = {}
    assert take(words.split(), environ) == LaunchOptions(["list"], debug=True, named=True)
    assert environ == {"TOGGL_TRAY_HOME": "/h", "TOGGL_TRAY_PROFILE": "Work"}


def test_what_the_desktop_starts_switches_to_nothing() -> None:
    environ: dict[str, str] = {}
    assert take(["--profile", "Work", "--at-login"], environ) == LaunchOptions([], at_login=True)
    assert environ == {"TOGGL_TRAY_PROFILE": "Work"}


def test_a_name_that_is_missing_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        take(["start", "--profile"], {})
    assert leaving.value.code == 2
    assert capsys.readouterr().err == "toggl-tray: --profile needs the name of a profile.\n"
