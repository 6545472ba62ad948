import errno
import os
import tracemalloc
from multiprocessing import get_context
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray.errors import BadFile, ReadOnly
from tray.model.setting_choices import WEEKDAYS
from tray.settings import DECLARED, LoadedSettings, Settings, load, problem_with, save

DEFAULTS = Settings()
CHOSEN = DEFAULTS._replace(week_start="sunday", day_start_hour=4, confirm_changes=False)


def written(tmp_path: Path, text: str | bytes) -> LoadedSettings:
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(path))


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert load(str(tmp_path / "settings.toml")) == LoadedSettings(DEFAULTS)
    assert written(tmp_path, "") == LoadedSettings(DEFAULTS)
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
    assert loaded == LoadedSettings(Settings("Europe/Tallinn", 23, "sunday", "12h"))
    assert loaded.settings.zone == ZoneInfo("Europe/Tallinn")


def test_every_setting_is_declared() -> None:
    assert list(DECLARED) == list(Settings._fields)
    assert all(declared.group and declared.label for declared in DECLARED.values())
    assert len(WEEKDAYS) == 7


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("day_start_hour = 24", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = -1", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = 4.0", "day_start_hour must be a whole number from 0 to 23."),
        ("day_start_hour = true", "day_start_hour must be a whole number from 0 to 23."),
        ('day_start_hour = "4"', "day_start_hour must be a whole number from 0 to 23."),
        ('week_start = "Sunday"', "week_start must be one of account, system, monday, tuesday"),
        ("week_start = 1", "week_start must be a text in quotes."),
        ('time_format = "24"', "time_format must be one of account, system, 24h, 12h, not '24'."),
        ("confirm_changes = 1", "confirm_changes must be true or false."),
        ("[time_format]", "time_format must be a text in quotes."),
        ('time_zone = "Middle/Earth"', "'Middle/Earth' is not a time zone known here."),
        ('time_zone = "../../etc/passwd"', "is not a time zone known here."),
        ('time_zone = "Europe"', "'Europe' is not a time zone known here."),
        ('time_zone = "zone.tab"', "'zone.tab' is not a time zone known here."),
        ('time_zone = "a\\u0000b"', "is not a time zone known here."),
        (f'time_zone = "{"x" * 5_000}"', "is not a time zone known here."),
        ('proxy = "proxy.example.com"', "proxy must be none, empty, or an address such as http://"),
        ('proxy = "http://"', "proxy must be none, empty, or an address such as http://"),
        ('proxy = "http://[::1"', "proxy must be none, empty, or an address such as http://"),
        ('proxy = "http://a b:80"', "proxy must be none, empty, or an address such as http://"),
        ('proxy = "http://a:port"', "proxy must be none, empty, or an address such as http://"),
        ('proxy = "socks5://a:1080"', "proxy must be none, empty, or an address such as http://"),
        ("proxy = false", "proxy must be a text in quotes."),
        ('ca_file = "company.pem"', "ca_file must be a full path such as /etc/ssl/certs/company"),
        ('on_lock = "Ask"', "on_lock must be one of nothing, ask, stop now, stop at last input"),
        ("idle_minutes = 0", "idle_minutes must be a whole number from 1 to 240."),
        ('working_hours = "9-17"', 'working_hours: "9-17" names no days with times. Write it'),
        ('quiet_hours = "mon 22:00"', 'quiet_hours: "22:00" is not a time from one hour to'),
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


any_settings = st.builds(
    DEFAULTS._replace,
    time_zone=st.sampled_from(["", "Europe/Tallinn"]),
    day_start_hour=st.integers(0, 23),
    week_start=st.sampled_from(WEEKDAYS),
    hotkey_toggle=st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    confirm_changes=st.booleans(),
)
lines = st.sampled_from(
    [
        "# a comment \N{LINE SEPARATOR} = on one line",
        "",
        'week_start = "sunday"  # at home',
        "day_start_hour=4",
        "'time_zone' = 'UTC'",
        "unknown = [",
        "  [1],",
        "]",
        "[table]",
        "hotkey_toggle = '\\'",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines, max_size=6).map("\n".join), any_settings)
def test_what_is_saved_is_loaded_whatever_was_in_the_file(
    tmp_path: Path, text: str, chosen: Settings
) -> None:
    path = tmp_path / "settings.toml"
    if "TOML" in str(written(tmp_path, text).problems):
        with pytest.raises(BadFile):
            save(str(path), chosen)
        assert path.read_bytes() == text.encode()
        return
    save(str(path), chosen)
    assert load(str(path)).settings == chosen
    assert path.read_bytes().count(b"#") >= text.count("# a comment")
    again = path.read_bytes()
    save(str(path), chosen)
    assert path.read_bytes() == again


def test_saving_changes_only_the_lines_it_must(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    written(tmp_path, '# mine\ncolour = "red"\nweek_start = "monday"\r\n')
    save(str(path), CHOSEN)
    assert path.read_text() == (
        '# mine\ncolour = "red"\nweek_start = "sunday"\nday_start_hour = 4\n'
        "confirm_changes = false\n"
    )


def test_what_the_user_wrote_by_hand_survives_saving(tmp_path: Path) -> None:
    text = """\
proxy = "http://me:secret@proxy:3128"  # of the office

[notes]
week_start = '''
week_start = "not this"
[nor this]
'''
"""
    written(tmp_path, f'week_start = "monday"   # since 2025\n{text}')
    path = tmp_path / "settings.toml"
    save(str(path), DEFAULTS._replace(week_start="sunday", proxy="http://me:secret@proxy:3128"))
    assert path.read_text() == f'week_start = "sunday"   # since 2025\n{text}'


def test_a_multi_line_value_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    written(tmp_path, "working_hours = '''\nmon 9:00-17:00'''\nday_start_hour = 4\n")
    save(str(path), DEFAULTS._replace(day_start_hour=4))
    assert path.read_text() == 'working_hours = ""\nday_start_hour = 4\n'


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    loaded = written(tmp_path, b'\xef\xbb\xbfweek_start = "sunday"\r\n')
    assert loaded == LoadedSettings(DEFAULTS._replace(week_start="sunday"))
    save(str(tmp_path / "settings.toml"), CHOSEN)
    assert load(str(tmp_path / "settings.toml")).settings == CHOSEN


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_saving_keeps_who_may_read_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "settings.toml"
    path.touch()
    path.chmod(mode)
    save(str(path), CHOSEN)
    assert path.stat().st_mode & 0o777 == mode


def test_a_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    before = os.umask(0)
    try:
        save(str(path), CHOSEN)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="no file of Windows is a pipe")
def test_a_pipe_or_a_device_in_its_place_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    os.mkfifo(path)
    for place in (str(path), "/dev/zero"):
        (problem,) = load(place).problems
        assert problem == (
            f"The settings in {place} cannot be read (it is a pipe or a device, not a file)."
        )
    with pytest.raises(BadFile, match="it is a pipe"):
        save(str(path), CHOSEN)
    assert path.is_fifo()


def test_a_file_too_large_to_be_one_is_not_read(tmp_path: Path) -> None:
    (problem,) = written(tmp_path, "#" * 70_000).problems
    assert problem.endswith("settings.toml cannot be read (it is larger than 64 KB).")


def test_a_key_of_many_parts_takes_no_memory(tmp_path: Path) -> None:
    tracemalloc.start()
    (problem,) = written(tmp_path, f"{'a.' * 25_000}a = 1\n").problems
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "are not valid TOML (a line has more than 100 dots)" in problem
    assert peak < 10_000_000


def test_the_deepest_file_that_is_read_takes_little_memory(tmp_path: Path) -> None:
    line = f"{'a.' * 99}a"
    tracemalloc.start()
    written(tmp_path, "".join(f"{line}{n} = 1\n" for n in range(300)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_keys_that_are_not_known_are_reported_in_one_line(tmp_path: Path) -> None:
    loaded = written(tmp_path, 'week_start = "sunday"\ncolour = "red"\n[shape]\nround = true\n')
    assert loaded.problems == ()
    assert loaded.unknown == (
        f"{tmp_path}/settings.toml has 'colour' and 1 more, which this version does not know and "
        "ignores."
    )


def save_often(path: str, value: str) -> None:
    for number in range(40):
        save(path, DEFAULTS._replace(hotkey_toggle=value, day_start_hour=number % 24))


def test_two_that_save_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    processes = [
        get_context("spawn").Process(target=save_often, args=(str(path), letter * 2_000))
        for letter in "ab"
    ]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        assert load(str(path)).problems == ()
    assert [process.exitcode for process in processes] == [0, 0]
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_line_is_not_put_into_a_table(tmp_path: Path) -> None:
    written(tmp_path, "# mine\n[table]\nday_start_hour = 9\n")
    path = tmp_path / "settings.toml"
    save(str(path), CHOSEN._replace(confirm_changes=True))
    assert path.read_text() == (
        '# mine\nday_start_hour = 4\nweek_start = "sunday"\n\n[table]\nday_start_hour = 9\n'
    )


def test_nothing_to_save_makes_no_file(tmp_path: Path) -> None:
    save(str(tmp_path / "new" / "settings.toml"), DEFAULTS)
    assert list(tmp_path.iterdir()) == []
    save(str(tmp_path / "new" / "settings.toml"), CHOSEN)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["settings.toml"]


def test_a_file_that_is_not_toml_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("week_start = \n")
    with pytest.raises(BadFile, match=r"are not valid TOML \(.*\)\. Mend or remove that line\."):
        save(str(path), CHOSEN)
    assert path.read_text() == "week_start = \n"


def test_a_link_to_the_file_stays_one(tmp_path: Path) -> None:
    link, path = tmp_path / "settings.toml", tmp_path / "dotfiles.toml"
    path.touch()
    link.symlink_to(path)
    save(str(link), CHOSEN)
    assert link.is_symlink()
    assert load(str(path)).settings == CHOSEN


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        ReadOnly, match=r"file/settings\.toml cannot be written .*Make them writable"
    ):
        save(str(tmp_path / "file" / "settings.toml"), CHOSEN)


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "settings.toml"
    path.write_text('week_start = "monday"')
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReadOnly, match=r"cannot be written \(No space left on device\)"):
        save(str(path), CHOSEN)
    assert path.read_text() == 'week_start = "monday"'
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "proxy",
    [
        *("none", "http://proxy", "HTTPS://proxy.example.com:3128/", "http://[::1]:3128"),
        *("http://192.0.2.1:80", "http://me:p%40ss@proxy.example.com"),
    ],
)
def test_a_proxy_is_an_address_or_none(proxy: str) -> None:
    assert problem_with("proxy", proxy) == ""


def test_a_password_for_the_proxy_is_not_repeated() -> None:
    assert "hunter2" not in problem_with("proxy", "me:hunter2@proxy.example.com")


@pytest.mark.parametrize("hours", ["", "mon-fri 9:00-12:30 13:30-18:00; sat 22:00-2:00"])
def test_hours_of_the_week_are_written_in_words(hours: str) -> None:
    assert problem_with("working_hours", hours) == ""


def test_certificates_are_a_file_wherever_one_is(tmp_path: Path) -> None:
    assert problem_with("ca_file", str(tmp_path / "company.pem")) == ""


@pytest.mark.parametrize("key", DECLARED)
def test_what_is_usual_is_no_problem(key: str) -> None:
    assert problem_with(key, getattr(DEFAULTS, key)) == ""
