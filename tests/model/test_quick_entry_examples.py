"""The quick-entry grammar by example: each line with what it means on one Wednesday afternoon.

It is 2026-11-18 16:20 in Berlin, which is one hour ahead of UTC.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tray.model.quick_entry.parsed_line import QuickEntry
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.write import write_line

BERLIN: Final = ZoneInfo("Europe/Berlin")


def at(local: str) -> int:
    """Return the epoch seconds of a local time in Berlin."""
    return int(datetime.fromisoformat(local).replace(tzinfo=BERLIN).timestamp())


NOW: Final = at("2026-11-18 16:20")


def entry(description: str = "", start: str = "", stop: str = "") -> QuickEntry:
    return QuickEntry(
        description,
        start=at(start) if start else None,
        stop=at(stop) if stop else None,
    )


WHAT: Final = {
    # What is left over is the description, and blanks do not count.
    "": QuickEntry(),
    "write the report": QuickEntry("write the report"),
    "  write \t the\nreport ": QuickEntry("write the report"),
    # Projects and their tasks
    "write @report": QuickEntry("write", "report"),
    '@"Big Corp" write': QuickEntry("write", "Big Corp"),
    "@report/layout": QuickEntry("", "report", "layout"),
    '@"Big Corp"/"front page"': QuickEntry("", "Big Corp", "front page"),
    '@report/"front page" now': QuickEntry("now", "report", "front page"),
    "@report/a/b": QuickEntry("", "report", "a/b"),
    '@"a/b"': QuickEntry("", "a/b"),
    # Tags
    "#one #two": QuickEntry(tags=("one", "two")),
    '#"two words" #one': QuickEntry(tags=("two words", "one")),
    "#one #one #One": QuickEntry(tags=("one", "One")),
    "#a/b": QuickEntry(tags=("a/b",)),
    # Billable
    "$ call": QuickEntry("call", billable=True),
    "call $ Ann": QuickEntry("call Ann", billable=True),
    # In any order
    '$ #x call @p Ann #"y z"': QuickEntry("call Ann", "p", tags=("x", "y z"), billable=True),
    '@"p"#x': QuickEntry("", "p", tags=("x",)),
    # Only at the start of a word
    "mail a@b about C# for 5$": QuickEntry("mail a@b about C# for 5$"),
    "$5 and $$": QuickEntry("$5 and $$"),
    'say "hello there"': QuickEntry('say "hello there"'),
    # A backslash makes text of what follows it …
    r"\@home \#1 \$ \-5m": QuickEntry("@home #1 $ -5m"),
    r"call 9\:30": QuickEntry("call 9:30"),
    r"one \\ two": QuickEntry(r"one \ two"),
    r'@"a \"b\" c"': QuickEntry("", 'a "b" c'),
    r"@a\/b/c\ d": QuickEntry("", "a/b", "c d"),
    # … unless that is a letter, which is text already, or nothing
    r"clean C:\temp": QuickEntry(r"clean C:\temp"),
    "one \\": QuickEntry("one \\"),
    # From a Chinese or Japanese input method
    "写报告　＠客户 ＃标签 ＄": QuickEntry("写报告", "客户", tags=("标签",), billable=True),
    "写报告 ＠“大 客户”／任务 ￥": QuickEntry("写报告", "大 客户", "任务", billable=True),
    "＼(^o^)／": QuickEntry("＼(^o^)／"),
    # Still being typed
    "call @": QuickEntry("call @"),
    "call #": QuickEntry("call #"),
    'call @"': QuickEntry('call @"'),
    'call @"two wo': QuickEntry("call", "two wo"),
    'call @"Big Corp"/': QuickEntry("call", "Big Corp"),
    'call @"Big Corp"/"front pa': QuickEntry("call", "Big Corp", "front pa"),
    'call #"two wo': QuickEntry("call", tags=("two wo",)),
    '@"" #"" @/task': QuickEntry('@"" #"" @/task'),
}

WHEN: Final = {
    # So long ago
    "call -15m": entry("call", "2026-11-18 16:05"),
    "-1h30m": entry("", "2026-11-18 14:50"),
    "-90s call": entry("call", "2026-11-18 16:18:30"),
    "-1h0m5s": entry("", "2026-11-18 15:19:55"),
    "–15m": entry("", "2026-11-18 16:05"),
    "-15 -1.5h -m -h1": entry("-15 -1.5h -m -h1"),
    # Since then, the last time it was then
    "call 9:30": entry("call", "2026-11-18 09:30"),
    "16:20": entry("", "2026-11-18 16:20"),
    "16:20:01": entry("", "2026-11-17 16:20:01"),
    "17:00 call": entry("call", "2026-11-17 17:00"),
    "2pm": entry("", "2026-11-18 14:00"),
    "12am": entry("", "2026-11-18 00:00"),
    "12:30PM": entry("", "2026-11-18 12:30"),
    "14:00-": entry("", "2026-11-18 14:00"),
    # From … to
    "9:30-10:15 call": entry("call", "2026-11-18 09:30", "2026-11-18 10:15"),
    "9:30 - 10:15": entry("", "2026-11-18 09:30", "2026-11-18 10:15"),
    "9:30–10:15:30": entry("", "2026-11-18 09:30", "2026-11-18 10:15:30"),
    "9:30-10": entry("", "2026-11-18 09:30", "2026-11-18 10:00"),
    "16:00-16:45": entry("", "2026-11-18 16:00", "2026-11-18 16:45"),
    "17:00-18:00": entry("", "2026-11-17 17:00", "2026-11-17 18:00"),
    "22:00-1:30": entry("", "2026-11-17 22:00", "2026-11-18 01:30"),
    "22:00-24:00": entry("", "2026-11-17 22:00", "2026-11-18 00:00"),
    "9:30-9:30": entry("", "2026-11-18 09:30", "2026-11-18 09:30"),
    "0:00-24:00": entry("", "2026-11-18 00:00", "2026-11-19 00:00"),
    "９：３０－１０：１５": entry("", "2026-11-18 09:30", "2026-11-18 10:15"),
    # One am or pm is enough for both sides
    "9:30am-1pm": entry("", "2026-11-18 09:30", "2026-11-18 13:00"),
    "2-3pm": entry("", "2026-11-18 14:00", "2026-11-18 15:00"),
    "9-5pm": entry("", "2026-11-18 09:00", "2026-11-18 17:00"),
    "9am-5": entry("", "2026-11-18 09:00", "2026-11-18 17:00"),
    "11-1pm": entry("", "2026-11-18 11:00", "2026-11-18 13:00"),
    "13:30-3pm": entry("", "2026-11-18 13:30", "2026-11-18 15:00"),
    # On a day, where hours need no minutes
    "yesterday 14-15": entry("", "2026-11-17 14:00", "2026-11-17 15:00"),
    "yesterday 14:00-15:30": entry("", "2026-11-17 14:00", "2026-11-17 15:30"),
    "yesterday 18:00": entry("", "2026-11-17 18:00"),
    "yesterday 18": entry("", "2026-11-17 18:00"),
    "Yesterday  23-1": entry("", "2026-11-17 23:00", "2026-11-18 01:00"),
    "today 9-10": entry("", "2026-11-18 09:00", "2026-11-18 10:00"),
    "today 18-19": entry("", "2026-11-18 18:00", "2026-11-18 19:00"),
    "monday 9-10": entry("", "2026-11-16 09:00", "2026-11-16 10:00"),
    "fri 9-10": entry("", "2026-11-13 09:00", "2026-11-13 10:00"),
    "wednesday 9-10": entry("", "2026-11-18 09:00", "2026-11-18 10:00"),
    "wednesday 17-18": entry("", "2026-11-11 17:00", "2026-11-11 18:00"),
    "昨天 14-15 写报告": entry("写报告", "2026-11-17 14:00", "2026-11-17 15:00"),
    "今天 9": entry("", "2026-11-18 09:00"),
    "前天 9": entry("", "2026-11-16 09:00"),
    # On a date, the future included
    "2026-11-20 9:30": entry("", "2026-11-20 09:30"),
    "2026-11-20 9:30-10:15": entry("", "2026-11-20 09:30", "2026-11-20 10:15"),
    "2026-11-20T09:30": entry("", "2026-11-20 09:30"),
    "2026-11-20 9": entry("", "2026-11-20 09:00"),
    "2026-11-12 9:30 - 2026-11-14 10:15": entry("", "2026-11-12 09:30", "2026-11-14 10:15"),
    "2026-11-12T9:30-2026-11-14T10:15": entry("", "2026-11-12 09:30", "2026-11-14 10:15"),
    "2026-11-12T08:30Z": entry("", "2026-11-12 09:30"),
    "2026-11-12T08:30Z - 2026-11-12T09:15:20Z": entry(
        "", "2026-11-12 09:30", "2026-11-12 10:15:20"
    ),
    # What is no time is text
    "read chapters 14-15": entry("read chapters 14-15"),
    "today 9 - 5 calls": entry("- 5 calls", "2026-11-18 09:00"),
    "meet on monday": entry("meet on monday"),
    "monday meeting 9": entry("monday meeting 9"),
    "25:00 9:60 9:30:60 24:00 24:01": entry("25:00 9:60 9:30:60 24:00 24:01"),
    "9:3 9: :30 9:30-1:": entry("9:3 9: :30 9:30-1:"),
    "0am 13pm am": entry("0am 13pm am"),
    "2026-02-30 9-10": entry("2026-02-30 9-10"),
    "2026-11-20 is a date": entry("2026-11-20 is a date"),
    "2026-11-20T09:30-2026-11-20T09:29": entry("2026-11-20T09:30-2026-11-20T09:29"),
    "昨天的报告 14-15": entry("昨天的报告 14-15"),
    "from 9:30, v1:20": entry("from 9:30, v1:20"),
}


@pytest.mark.parametrize("line", WHAT)
def test_a_line_says_what(line: str) -> None:
    reading = read_line(line, now=NOW, zone=BERLIN)
    assert reading.entry == WHAT[line]
    assert not reading.problems


@pytest.mark.parametrize("line", WHEN)
def test_a_line_says_when(line: str) -> None:
    reading = read_line(line, now=NOW, zone=BERLIN)
    assert reading.entry == WHEN[line]
    assert not reading.problems


WRITTEN: Final = {
    "": entry(),
    "call 9:30": entry("call", "2026-11-18 09:30"),
    "call 9:30:05-10:00": entry("call", "2026-11-18 09:30:05", "2026-11-18 10:00"),
    "22:00-1:30": entry("", "2026-11-17 22:00", "2026-11-18 01:30"),
    "2026-11-12 9:30-10:15": entry("", "2026-11-12 09:30", "2026-11-12 10:15"),
    "2026-11-12 9:30 - 2026-11-14 10:15": entry("", "2026-11-12 09:30", "2026-11-14 10:15"),
    "plan monday 2026-11-18 9:30": entry("plan monday", "2026-11-18 09:30"),
    r"call \9:30 and read 14-15": entry("call 9:30 and read 14-15"),
    r"\@home a@b \#1 # @ \$ $5": entry("@home a@b #1 # @ $ $5"),
    r"yesterday \14-15 \9:30 - \10:15": entry("yesterday 14-15 9:30 - 10:15"),
    r"-\15m C:\\temp": entry(r"-15m C:\temp"),
    '@"Big Corp"/plan #one #"two words" $': QuickEntry(
        "", "Big Corp", "plan", ("one", "two words"), True
    ),
    r'@"a/b" #"say \"hi\""': QuickEntry("", "a/b", tags=('say "hi"',)),
}


@pytest.mark.parametrize("line", WRITTEN)
def test_an_entry_is_written_as_short_as_it_can_be(line: str) -> None:
    assert write_line(WRITTEN[line], now=NOW, zone=BERLIN) == line


PROBLEMS: Final = {
    "@a @b": (
        QuickEntry("", "a"),
        'A line has room for one project, and "@b" is one more: take one of them out.',
    ),
    "9:30 -15m": (
        entry("", "2026-11-18 09:30"),
        'A line has room for one time, and "-15m" is one more: take one of them out.',
    ),
}


@pytest.mark.parametrize("line", PROBLEMS)
def test_a_second_project_or_time_is_a_problem(line: str) -> None:
    meant, problem = PROBLEMS[line]
    reading = read_line(line, now=NOW, zone=BERLIN)
    assert reading.entry == meant
    assert reading.problems == (problem,)
