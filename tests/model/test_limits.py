import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import NotConfirmed, Refused
from tray.model import limits

START_OF_2006 = 1_136_073_600
END_OF_2030 = 1_924_991_999
HOURS_999 = 999 * 3600
HOUR = 3600
NOW = 1_760_000_000


def accepted(start: int, stop: int | None) -> bool:
    try:
        limits.check_times(start, stop)
    except Refused:
        return False
    return True


def test_a_description_of_3000_characters_is_the_longest() -> None:
    limits.check_description("é" * 3_000)
    with pytest.raises(Refused, match=r"3,001 characters; at most 3,000 .* by 1\.") as caught:
        limits.check_description("é" * 3_001)
    assert caught.value.field == "description"


def test_50_tags_are_the_most() -> None:
    for count in (0, 1, 49, 50):
        limits.check_tags(count)
    with pytest.raises(
        Refused, match=r"at most 50 tags, this one has 51\. Leave out 1\."
    ) as caught:
        limits.check_tags(51)
    assert caught.value.field == "tags"


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        (START_OF_2006, START_OF_2006),
        (START_OF_2006, None),
        (END_OF_2030, END_OF_2030),
        (END_OF_2030, None),
        (START_OF_2006, START_OF_2006 + HOURS_999),
    ],
)
def test_times_up_to_the_limits_are_accepted(start: int, stop: int | None) -> None:
    assert accepted(start, stop)
    assert not accepted(start - HOURS_999 * 300, stop)


@pytest.mark.parametrize(
    ("start", "stop", "words", "field"),
    [
        (START_OF_2006 - 1, START_OF_2006, "start lies outside the years 2006 to 2030", "start"),
        (START_OF_2006 - 1, None, "start lies outside", "start"),
        (0, None, "Check the computer's clock", "start"),
        (END_OF_2030, END_OF_2030 + 1, "stop lies outside the years", "stop"),
        (END_OF_2030 + 1, None, "start lies outside", "start"),
        (START_OF_2006 + 1, START_OF_2006, "before the start. Swap them", "stop"),
        (START_OF_2006, START_OF_2006 + HOURS_999 + 1, "would last 999:00:01.", "stop"),
        (START_OF_2006, START_OF_2006 + 2 * HOURS_999, "would last 1,998:00:00.", "stop"),
    ],
)
def test_times_beyond_the_limits_are_refused(
    start: int, stop: int | None, words: str, field: str
) -> None:
    with pytest.raises(Refused) as caught:
        limits.check_times(start, stop)
    assert words in str(caught.value)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("start", "stop", "before"),
    [
        (NOW - HOUR, NOW, None),
        (NOW - 12 * HOUR, NOW, None),
        (NOW - 900 * HOUR, None, None),
        (NOW, NOW, None),
        (NOW - 20 * HOUR, NOW - 2 * HOUR, (NOW - 18 * HOUR, NOW)),
        (NOW - 12 * HOUR, NOW, (NOW - HOUR, NOW)),
        (NOW - HOUR, NOW + 60, (NOW, NOW + 60)),
        (NOW - HOUR, NOW, (NOW - 9 * HOUR, NOW - 8 * HOUR)),
    ],
)
def test_what_is_likely_or_was_so_before_is_not_asked_about(
    start: int, stop: int | None, before: tuple[int, int] | None
) -> None:
    limits.check_likely(start, stop, now=NOW, before=before)


@pytest.mark.parametrize(
    ("start", "stop", "before", "words"),
    [
        (NOW - 12 * HOUR - 1, NOW, None, r"would last 12:00 hours\."),
        (NOW, NOW + 1, None, r"would end in the future\."),
        (NOW - 13 * HOUR, NOW + 1, None, r"would last 13:00 hours and end in the future\."),
        (NOW - 19 * HOUR, NOW, (NOW - 18 * HOUR, NOW), r"would last 19:00 hours\."),
        (NOW - 13 * HOUR, NOW, (NOW - HOUR, NOW), r"would last 13:00 hours\."),
        (NOW, NOW + 61, (NOW, NOW + 60), r"would end in the future\."),
    ],
)
def test_what_is_more_often_a_slip_has_to_be_confirmed(
    start: int, stop: int, before: tuple[int, int] | None, words: str
) -> None:
    with pytest.raises(NotConfirmed, match=words) as caught:
        limits.check_likely(start, stop, now=NOW, before=before)
    assert caught.value.field == "stop"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Write\t the\n report ", "Write the report"),
        ("\N{NO-BREAK SPACE}a\N{IDEOGRAPHIC SPACE}b", "a b"),
        ("a\x00b\x1b[31m\x7f\x9b", "a b [31m"),
        ("\udcff", "?"),
        ("👩\N{ZERO WIDTH JOINER}👧 é ß ٣", "👩\N{ZERO WIDTH JOINER}👧 é ß ٣"),
        ("", ""),
    ],
)
def test_one_line_keeps_what_can_be_read(typed: str, clean: str) -> None:
    assert limits.one_line(typed) == clean


@given(st.text(st.characters()))
def test_one_line_can_be_stored_and_needs_no_second_cleaning(text: str) -> None:
    clean = limits.one_line(text)
    assert clean.encode().decode() == clean
    assert len(clean.splitlines()) <= 1
    assert len(clean) <= len(text)
    assert limits.one_line(clean) == clean


def test_a_name_has_1_to_255_characters() -> None:
    assert limits.clean_name("tag", f" {'x' * 255}  ") == "x" * 255
    assert limits.clean_name("tag", " x ") == "x"
    with pytest.raises(Refused, match=r"name of a project can have at most 255 .* 256") as caught:
        limits.clean_name("project", "x" * 256)
    assert caught.value.field == "name"


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\N{NO-BREAK SPACE}", "\x00\x07"])
def test_a_name_of_nothing_but_space_is_none(blank: str) -> None:
    with pytest.raises(Refused, match="name of a client cannot be empty") as caught:
        limits.clean_name("client", blank)
    assert caught.value.field == "name"
