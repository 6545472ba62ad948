from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray.settings import DECLARED, WEEKDAYS, Loaded, Settings, load

DEFAULTS = Settings("", 0, "monday", "24h")


def written(tmp_path: Path, text: str | bytes) -> Loaded:
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(path))


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert load(str(tmp_path / "settings.toml")) == Loaded(DEFAULTS)
    assert written(tmp_path, "") == Loaded(DEFAULTS)
    assert DEFAULTS.zone is None


def test_every_setting_can_be_chosen(tmp_path: Path) -> None:
    loaded = written(
        tmp_path,
        """
        time_zone = "Europe/Tallinn"  # home
        day_start_hour = 23
        week_start = "sunday"
        time_format = "12h"
        """,
    )
    assert loaded == Loaded(Settings("Europe/Tallinn", 23, "sunday", "12h"))
    assert loaded.settings.zone == ZoneInfo("Europe/Tallinn")


def test_every_setting_is_declared() -> None:
    assert list(DECLARED) == list(Settings._fields)
    assert all(declared.label and declared.hint for declared in DECLARED.values())
    assert len(WEEKDAYS) == 7


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("day_start_hour = 24", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = -1", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = 4.0", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = true", "day_start_hour must be a whole number from 0 to 23."),
        ('day_start_hour = "4"', "day_start_hour must be a whole number from 0 to 23."),
        ('week_start = "Sunday"', "week_start must be one of monday, tuesday"),
        ("week_start = 1", "week_start must be a text in quotes."),
        ('time_format = "24"', "time_format must be one of 24h, 12h, not '24'."),
        ("[time_format]", "time_format must be a text in quotes."),
        ('time_zone = "Middle/Earth"', "'Middle/Earth' is not a time zone known here."),
        ('time_zone = "../../etc/passwd"', "is not a time zone known here."),
        ('time_zone = "Europe"', "'Europe' is not a time zone known here."),
        ('time_zone = "zone.tab"', "'zone.tab' is not a time zone known here."),
        ('time_zone = "a\\u0000b"', "is not a time zone known here."),
        (f'time_zone = "{"x" * 5_000}"', "is not a time zone known here."),
        ('colour = "red"', "There is no setting called colour. Known are: time_zone, day_start"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_the_others_count(
    tmp_path: Path, line: str, problem: str
) -> None:
    other = 'week_start = "sunday"' if "week" not in line else 'time_format = "12h"'
    loaded = written(tmp_path, f"{other}\n{line}\n")
    (said,) = loaded.problems
    assert problem in said
    assert said.endswith(f"The line is in {tmp_path}/settings.toml.")
    assert loaded.settings in (
        DEFAULTS._replace(week_start="sunday"),
        DEFAULTS._replace(time_format="12h"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "day_start_hour",
        'week_start = "sunday"\nweek_start = "monday"',
        b"week_start = '\xff'",
        f"day_start_hour = {'9' * 5_000}",
        f"day_start_hour = {'[' * 50_000}",
    ],
)
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, text: str | bytes) -> None:
    loaded = written(tmp_path, text)
    assert loaded.settings == DEFAULTS
    (said,) = loaded.problems
    assert said.startswith(f"The settings in {tmp_path}/settings.toml are not valid TOML (")
    assert said.endswith("Mend or remove that line.")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    loaded = load(str(tmp_path))
    assert loaded.settings == DEFAULTS
    assert loaded.problems == (f"The settings in {tmp_path} cannot be read (Is a directory).",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80) | st.text(max_size=80))
def test_no_file_whatever_stops_the_program(tmp_path: Path, text: str | bytes) -> None:
    loaded = written(tmp_path, text)
    assert loaded.settings == DEFAULTS or not loaded.problems
