"""Times in the words of each language, on one Wednesday afternoon, 2026-11-18 16:20 in Berlin."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tests.languages import speaking
from tray.errors import BadLine
from tray.model.days import Calendar
from tray.model.locales.chosen import Style
from tray.model.presence.hours import parse_hours
from tray.model.quick_entry.moments import read_moment, read_span
from tray.model.quick_entry.read import read_line
from tray.model.reports.report_range import is_range, read_range, words_of
from tray.model.typed_days import read_day
from tray.model.typed_times import read_clock, read_hours, read_length

BERLIN: Final = ZoneInfo("Europe/Berlin")


def at(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=BERLIN).timestamp())


NOW: Final = at("2026-11-18 16:20")
CHINESE: Final = {
    "昨天 14-15": ("2026-11-17 14:00", "2026-11-17 15:00"),
    "昨天14-15": ("2026-11-17 14:00", "2026-11-17 15:00"),
    "昨天１４：００－１５：００": ("2026-11-17 14:00", "2026-11-17 15:00"),
    "周一 9-10": ("2026-11-16 09:00", "2026-11-16 10:00"),
    "星期一9点到10点半": ("2026-11-16 09:00", "2026-11-16 10:30"),
    "礼拜天 9点": ("2026-11-15 09:00", ""),
    "上周五 9-10": ("2026-11-13 09:00", "2026-11-13 10:00"),
    "上星期三 9:30-10:15": ("2026-11-11 09:30", "2026-11-11 10:15"),
    "上个星期日 9-10": ("2026-11-15 09:00", "2026-11-15 10:00"),
    "前天 22-1": ("2026-11-16 22:00", "2026-11-17 01:00"),
    "大前天 8-9": ("2026-11-15 08:00", "2026-11-15 09:00"),
    "今天下午2点": ("2026-11-18 14:00", ""),
    "下午2点-3点半": ("2026-11-18 14:00", "2026-11-18 15:30"),
    "上午9:30": ("2026-11-18 09:30", ""),
    "昨天晚上8点至10点": ("2026-11-17 20:00", "2026-11-17 22:00"),
    "从9点到10点": ("2026-11-18 09:00", "2026-11-18 10:00"),
    "9点30分": ("2026-11-18 09:30", ""),
    "9点～10点": ("2026-11-18 09:00", "2026-11-18 10:00"),
    "中午12点": ("2026-11-18 12:00", ""),
    "下午14点": ("2026-11-18 14:00", ""),
    "半小时前": ("2026-11-18 15:50", ""),
    "半个小时之前": ("2026-11-18 15:50", ""),
    "15分钟前": ("2026-11-18 16:05", ""),
    "十五分钟前": ("2026-11-18 16:05", ""),
    "１小时３０分钟前": ("2026-11-18 14:50", ""),
    "两小时以前": ("2026-11-18 14:20", ""),
    "1.5小时前": ("2026-11-18 14:50", ""),
    "一个半小时前": ("2026-11-18 14:50", ""),
    "yesterday 14-15": ("2026-11-17 14:00", "2026-11-17 15:00"),
    "-15m": ("2026-11-18 16:05", ""),
    "11月13日 9-10": ("2026-11-13 09:00", "2026-11-13 10:00"),
    "11月13日9点半到10点": ("2026-11-13 09:30", "2026-11-13 10:00"),
    "11月18号下午5点-6点": ("2026-11-18 17:00", "2026-11-18 18:00"),
    "11月20日 9-10": ("2025-11-20 09:00", "2025-11-20 10:00"),
    "２０２６年１１月１３日　星期五 9:30": ("2026-11-13 09:30", ""),
    "2024年2月29日 22:00-2月29日 23:00": ("2024-02-29 22:00", "2024-02-29 23:00"),
    "12月31日22点到1月1日1点": ("2025-12-31 22:00", "2026-01-01 01:00"),
}
GERMAN: Final = {
    "gestern 14-15": ("2026-11-17 14:00", "2026-11-17 15:00"),
    "Gestern 14 bis 15 Uhr": ("2026-11-17 14:00", "2026-11-17 15:00"),
    "heute 9-10": ("2026-11-18 09:00", "2026-11-18 10:00"),
    "vorgestern von 9 bis 10": ("2026-11-16 09:00", "2026-11-16 10:00"),
    "Mo 9-10": ("2026-11-16 09:00", "2026-11-16 10:00"),
    "Sonnabend 9:30-10": ("2026-11-14 09:30", "2026-11-14 10:00"),
    "letzten Mittwoch 9-10": ("2026-11-11 09:00", "2026-11-11 10:00"),
    "14 Uhr": ("2026-11-18 14:00", ""),
    "14.30 Uhr": ("2026-11-18 14:30", ""),
    "9-10 Uhr": ("2026-11-18 09:00", "2026-11-18 10:00"),
    "vor einer halben Stunde": ("2026-11-18 15:50", ""),
    "vor 2 Stunden": ("2026-11-18 14:20", ""),
    "vor zwei Stunden 15 Minuten": ("2026-11-18 14:05", ""),
    "vor 1,5 Std.": ("2026-11-18 14:50", ""),
    "vor zwölf Minuten": ("2026-11-18 16:08", ""),
    "13.11.2026 9-10": ("2026-11-13 09:00", "2026-11-13 10:00"),
    "monday 9-10": ("2026-11-16 09:00", "2026-11-16 10:00"),
    "13. November 9-10": ("2026-11-13 09:00", "2026-11-13 10:00"),
    "13.11. 9-10 Uhr": ("2026-11-13 09:00", "2026-11-13 10:00"),
    "Freitag, 13. November 9 bis 10 Uhr": ("2026-11-13 09:00", "2026-11-13 10:00"),
    "Fr, 13. Nov. 2026 9:30": ("2026-11-13 09:30", ""),
    "29. Feb 9-10": ("2024-02-29 09:00", "2024-02-29 10:00"),
    "1. märz 9-10": ("2026-03-01 09:00", "2026-03-01 10:00"),
    "20. November 9-10": ("2025-11-20 09:00", "2025-11-20 10:00"),
    "31.12. 22 bis 1.1. 1 Uhr": ("2025-12-31 22:00", "2026-01-01 01:00"),
}
ENGLISH: Final = {
    "half an hour ago": ("2026-11-18 15:50", ""),
    "2 hours 10 minutes ago": ("2026-11-18 14:10", ""),
    "five minutes ago": ("2026-11-18 16:15", ""),
    "last wednesday 9-10": ("2026-11-11 09:00", "2026-11-11 10:00"),
    "昨天 14-15": ("2026-11-17 14:00", "2026-11-17 15:00"),
}
EVERYTHING: Final = [
    (code, line, *times)
    for code, lines in (("zh_CN", CHINESE), ("de", GERMAN), ("en", ENGLISH))
    for line, times in lines.items()
]


@pytest.mark.parametrize(("code", "line", "start", "stop"), EVERYTHING)
def test_the_words_of_the_language_are_read(code: str, line: str, start: str, stop: str) -> None:
    with speaking(code):
        entry = read_line(f"写报告 {line} @Acme", now=NOW, zone=BERLIN).entry
    assert (entry.description, entry.project) == ("写报告", "Acme")
    assert (entry.start, entry.stop) == (at(start), at(stop) if stop else None)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        *(("en", "so 9-10"), ("en", "do 9-10"), ("en", "gestern 14-15"), ("en", "2点")),
        *(("de", "9 bis 10"), ("de", "vor einer Woche"), ("de", "vor allem"), ("de", "25 Uhr")),
        *(("zh_CN", "半小时"), ("zh_CN", "2点建议"), ("zh_CN", "晚上12点"), ("zh_CN", "25点")),
        *(("zh_CN", "13月1日 9-10"), ("zh_CN", "2月30日 9-10"), ("de", "31.2. 9-10")),
        *(("de", "13月1日 9-10"), ("en", "13. November 9-10"), ("zh_CN", "9-10页")),
        *(("zh_CN", "昨天9-10页"), ("zh_CN", "15分钟前端会议"), ("zh_CN", "9点到10点建议")),
        *(("zh_CN", "gestern 14-15"), ("de", "周一 9-10"), ("zh_CN", "前"), ("de", "vor")),
    ],
)
def test_other_words_are_text(code: str, line: str) -> None:
    with speaking(code):
        entry = read_line(line, now=NOW, zone=BERLIN).entry
    assert (entry.start, entry.description) == (None, line)


@pytest.mark.parametrize(
    ("line", "start", "stop", "text"),
    [
        ("昨天14-15写算法", "2026-11-17 14:00", "2026-11-17 15:00", "写算法"),
        ("11月13日9点到10点半开会 讨论", "2026-11-13 09:00", "2026-11-13 10:30", "开会 讨论"),
        ("下午2点写报告", "2026-11-18 14:00", "", "写报告"),
        ("14:00-15:00休息", "2026-11-18 14:00", "2026-11-18 15:00", "休息"),
        ("今天3点半到4点读书", "2026-11-18 03:30", "2026-11-18 04:00", "读书"),
    ],
)
def test_a_chinese_word_may_follow_a_time_at_once(
    line: str, start: str, stop: str, text: str
) -> None:
    with speaking("zh_CN"):
        entry = read_line(line, now=NOW, zone=BERLIN).entry
    assert (entry.description, entry.start) == (text, at(start))
    assert entry.stop == (at(stop) if stop else None)


def test_a_comma_after_a_chinese_time_goes_with_it() -> None:
    with speaking("zh_CN"):
        entry = read_line("昨天14点到15点，写算法", now=NOW, zone=BERLIN).entry
    assert (entry.description, entry.stop) == ("写算法", at("2026-11-17 15:00"))


def test_a_moment_and_a_span_on_their_own_take_bare_hours() -> None:
    for code, now_word, bare in (("zh_CN", "现在", "下午3点"), ("de", "jetzt", "15 Uhr")):
        with speaking(code):
            assert read_moment(now_word, now=NOW, zone=BERLIN) == NOW
            assert read_moment(bare, now=NOW, zone=BERLIN) == at("2026-11-18 15:00")
    with speaking("de"):
        span = read_span("9 bis 10", now=NOW, zone=BERLIN)
    assert span == (at("2026-11-18 09:00"), at("2026-11-18 10:00"))


@pytest.mark.parametrize(
    ("dates", "written"),
    [("MM/DD/YYYY", "11/13/2026"), ("DD/MM/YYYY", "13/11/2026"), ("DD-MM-YYYY", "13-11-2026")],
)
def test_dates_are_read_in_the_order_in_which_they_are_shown(dates: str, written: str) -> None:
    with speaking("en", Style(dates)):
        assert read_moment(f"{written} 9:00", now=NOW, zone=BERLIN) == at("2026-11-13 09:00")
    other = read_line(f"{written} 9:00", now=NOW, zone=BERLIN).entry
    assert other.description == written, "in no other"


@pytest.mark.parametrize(
    ("code", "text", "minutes"),
    [
        *(("zh_CN", "1小时30分钟", 90), ("zh_CN", "９０分", 90), ("zh_CN", "半小时", 30)),
        *(("zh_CN", "0.75 小时", 45), ("zh_CN", "45:00 分钟", 45), ("zh_CN", "１：３０", 90)),
        *(("de", "1 Stunde 30 Minuten", 90), ("de", "1,5 Std.", 90), ("de", "halbe Stunde", 30)),
        *(("de", "0,75 h", 45), ("de", "45:00 min", 45), ("en", "1 hour 30 mins", 90)),
        *(("en", "half an hour", 30), ("en", "0.75 h", 45), ("en", "47:00 min", 47)),
    ],
)
def test_lengths_are_read_as_they_are_said_and_shown(code: str, text: str, minutes: int) -> None:
    with speaking(code):
        assert read_length(text) == read_hours(text) == 60 * minutes


def test_units_of_other_languages_are_none() -> None:
    for code, text in (("en", "1小时"), ("de", "1小时"), ("zh_CN", "1 Stunde"), ("en", "1 Std.")):
        with speaking(code), pytest.raises(BadLine):
            read_length(text)


def test_fields_for_a_time_of_day_take_the_words_too() -> None:
    with speaking("zh_CN"):
        assert [read_clock(each) for each in ("下午2:30", "9点半", "０９：３０")] == [870, 570, 570]
    with speaking("de"):
        assert [read_clock(each) for each in ("14 Uhr", "14.30 Uhr", "9")] == [840, 870, 540]


@pytest.mark.parametrize(
    ("code", "text", "english"),
    [
        *(
            ("zh_CN", "上周", "last week"),
            ("zh_CN", "本月", "month"),
            ("zh_CN", "去年", "last year"),
        ),
        *(("zh_CN", "最近30天", "last 30 days"), ("zh_CN", "过去 2 周", "last 2 weeks")),
        *(("de", "letzte Woche", "last week"), ("de", "letzte 30 Tage", "last 30 days")),
        *(
            ("de", "13.11.2026", "2026-11-13"),
            ("de", "1.11.2026..13.11.2026", "2026-11-01..2026-11-13"),
        ),
        *(("de", "gestern", "yesterday"), ("zh_CN", "last month", "last month")),
        *(("zh_CN", "11月13日", "2026-11-13"), ("de", "13. November", "2026-11-13")),
        *(
            ("zh_CN", "11月1日到11月13日", "2026-11-01..2026-11-13"),
            ("zh_CN", "12月25日 - 1月2日", "2025-12-25..2026-01-02"),
            ("de", "1.11. bis 13.11.", "2026-11-01..2026-11-13"),
        ),
    ],
)
def test_ranges_of_days_are_read(code: str, text: str, english: str) -> None:
    today, calendar = date(2026, 11, 18), Calendar(BERLIN)
    meant = read_range(english, today, calendar)
    with speaking(code):
        assert is_range(text)
        found = read_range(text, today, calendar)
    assert found == meant
    assert read_range(words_of(found, today, calendar), today, calendar) == meant


def test_days_are_read_by_their_names() -> None:
    today = date(2026, 11, 18)
    for code, text, day in (
        *(
            ("zh_CN", "周三", 18),
            ("zh_CN", "上周三", 11),
            ("zh_CN", "前天", 16),
            ("zh_CN", "11月13日", 13),
        ),
        *(("de", "Montag", 16), ("de", "letzten Mittwoch", 11), ("en", "MONDAY", 16)),
    ):
        with speaking(code):
            assert read_day(text, today) == date(2026, 11, day)


def test_hours_of_the_week_take_the_names_of_its_days() -> None:
    usual = parse_hours("mon-fri 9:00-17:00; sun 10:00-12:00")
    with speaking("de"):
        assert parse_hours("Mo-Fr 9:00-17:00; Sonntag 10:00-12:00") == usual
    with speaking("zh_CN"):
        assert parse_hours("周一-周五 9:00-17:00; 周日 10:00-12:00") == usual
