"""What is read of the settings file without tomllib, against what that reads."""

import tomllib
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray import settings_file
from tray.errors import BadFile

KEYS: Final = ("day_start_hour", "time_zone", "a-b", "a.b", '"a"', "", "1", "é", "[a]", "# a")
VALUES: Final = (
    *(
        "true",
        "false",
        "True",
        "0",
        "1",
        "01",
        "-1",
        "+1",
        "1_0",
        "1.5",
        "99999999999",
        "１",
        "0x1",
    ),
    *(
        '"a"',
        '""',
        '"',
        '"""a"""',
        '"a\\n"',
        '"a # b"',
        "'a'",
        '"a" # b',
        '"a"b',
        '"写"',
        "",
        "[1]",
    ),
    *('"a=b"', '"a\tb"', '"\u2028"', '"\x00"', "1979-05-27", "nan", '"a" = 1', '"a\r"'),
)
lines = st.builds(
    lambda key, sign, value: f"{key}{sign}{value}",
    st.sampled_from(KEYS),
    st.sampled_from(("=", " = ", "  =", "", "\t= ")),
    st.sampled_from(VALUES),
)
files = st.lists(
    st.tuples(st.one_of(lines, st.just(""), st.just("  "), st.text()), st.sampled_from("\n\r\v")),
    max_size=4,
).map(lambda parts: "".join(map("".join, parts)))


@given(files)
def test_a_file_is_read_as_tomllib_reads_it(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except ValueError:
        with pytest.raises(BadFile):
            settings_file.parsed(text, "x")
    else:
        assert repr(settings_file.parsed(text, "x")) == repr(wanted)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", VALUES)
def test_a_line_is_read_as_tomllib_reads_it(key: str, value: str) -> None:
    text = f"{key} = {value}\r\n"
    plain = settings_file._plain_values(text)
    try:
        wanted = tomllib.loads(text)
    except ValueError:
        wanted = None
    assert plain is None or repr(plain) == repr(wanted)


def test_what_the_settings_window_writes_needs_no_tomllib() -> None:
    text = '# Mine\n\nday_start_hour = 4\ntime_zone = "Europe/Tallinn"\nshow_gaps = true\n'
    wanted = {"day_start_hour": 4, "time_zone": "Europe/Tallinn", "show_gaps": True}
    assert settings_file._plain_values(text) == wanted
