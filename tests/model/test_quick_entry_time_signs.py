"""Where no time may be by its signs, none is found by what reads times."""

from datetime import UTC
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.locales import chosen
from tray.model.quick_entry.scan import shadow_of
from tray.model.quick_entry.time_signs import may_be_time
from tray.model.quick_entry.times import find_time

NOW: Final = 1_771_000_000
WORDS: Final = (
    *("9", "9:30", "9-10", "14", "２点", "-15m", "pm", "an", "half", "hour", "two", "hours", "ago"),
    *("last", "friday", "today", "from", "to", "2026-11-20", "20.11.", "november", "t", "write"),
    *("vor", "einer", "halben", "stunde", "gestern", "von", "bis", "uhr", "letzten", "freitag"),
    *("昨天", "下午", "两", "点", "半小时", "前", "小时", "以前", "上周五", "11月20日", "写文档"),
    *("#tag-1", "@A/2", "#", "@", "$", '"9"', "\\9", "-", ":", "x#9", "a@9", "～", "、"),
)
lines = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(("", " ", "  ")))).map(
    lambda parts: "".join(map("".join, parts))
)
languages = st.sampled_from([(), *((code,) for code in chosen.CODES), chosen.CODES])


@given(lines, languages)
def test_where_there_is_a_time_its_signs_are_there(line: str, codes: tuple[str, ...]) -> None:
    shadow = shadow_of(line)
    for at in range(len(shadow)):
        found = find_time(shadow, at, now=NOW, zone=UTC, bare_hours=True, codes=codes)
        assert found is None or may_be_time(shadow, at, codes), (line, at)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("9:30", ()),
        ("write 9", ()),
        ("half an hour ago", ()),
        ("vor einer stunde", ("de",)),
        ("半小时前", ("zh_CN",)),
    ],
)
def test_what_may_be_a_time(line: str, codes: tuple[str, ...]) -> None:
    assert may_be_time(shadow_of(line), 0, codes)


@pytest.mark.parametrize("line", ["Piece of work #tag-1 @A/2 $", "Long agenda", "半小时前"])
def test_what_is_none(line: str) -> None:
    assert not may_be_time(shadow_of(line), 0, ("en",))


def test_every_clock_and_date_of_a_language_has_a_digit() -> None:
    for code in chosen.CODES:
        words = chosen.locale_of(code).words
        assert not words.clock or r"(?P<hour>\d\d?)" in words.clock
        assert all("{length}" in form and form != "{length}" for form in words.ago)
        said = (*words.before_span, *words.days_back, *words.last, *words.last_week)
        assert not {"#", "@"} & set("".join((*said, *words.to, *words.ago)))
