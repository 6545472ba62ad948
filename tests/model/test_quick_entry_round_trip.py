"""Whatever is written is read back, and whatever is typed can be read."""

import unicodedata
from datetime import tzinfo
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.languages import speaking
from tray.model.locales.chosen import CODES, Style
from tray.model.quick_entry.parsed_line import QuickEntry, Reading, SpanKind
from tray.model.quick_entry.read import read_line
from tray.model.quick_entry.write import normalised, write_line

ZONES: Final[list[tzinfo | None]] = [
    None,
    *map(
        ZoneInfo,
        (
            "Europe/Berlin",
            "America/St_Johns",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
        ),
    ),
]
CHANGES: Final = {
    "Berlin leaves summer time": 1_792_890_000,
    "Berlin enters summer time": 1_774_746_000,
    "St John's enters summer time": 1_772_947_800,
    "Lord Howe Island changes by half an hour": 1_775_314_800,
    "Samoa skips a day": 1_325_239_200,
    "Sao Paulo skips midnight": 1_541_300_400,
}
DAY: Final = 86_400
YEAR_1: Final = -62_135_596_800
YEAR_10000: Final = 253_402_300_800

zones = st.sampled_from(ZONES)
sane_times = st.integers(946_684_800, 4_102_444_800)
times_near_changes = st.builds(
    lambda change, offset: change + offset,
    st.sampled_from(list(CHANGES.values())),
    st.integers(-2 * DAY, 2 * DAY) | st.integers(-48, 48).map(lambda hours: 1800 * hours),
)
nows = sane_times | times_near_changes
MARKS: Final = (
    "@#$/\\\"'“”＂＠＃＄￥／＼：:–-－−. \t\n\u3000\xa0\0\x85"
    "0129０９٣²aApPmMhsTtZzｍ写👩‍🚀é\u202eא\ud800\udc00"
)
WORDS: Final = [
    *("9:30", "10:15", "9", "14-15", "2pm", "2-3pm", "9:30-10:15", "9:30-", "24:00", "-15m", "-"),
    *(
        "monday",
        "Yesterday",
        "today",
        "昨天",
        "2026-11-20",
        "2026-10-25T00:30Z",
        "2026-10-25T02:30",
    ),
    *(
        "前天",
        "上周五",
        "周一9-10",
        "昨天下午2点半",
        "半小时前",
        "前天14点到15点,",
        "两小时前，",
        "至",
    ),
    *("gestern", "letzten", "Freitag", "Mo", "14.30", "Uhr", "von", "bis", "vor", "2", "Stunden"),
    *("11月20日", "昨天14-15写", "11月20日9点到10点半开会", "20.", "November", "20.11.", "星期五"),
    *("einer", "halben", "Stunde", "half", "an", "hour", "ago", "last", "13.02.2026", "1/2/2026"),
    *(
        "0001-01-01 0:00",
        "9999-12-31 23:59-1",
        "@",
        "@-",
        "@-/t",
        "#",
        "$",
        '@"',
        '"',
        "\\",
        "/",
        "@p/t",
        "#t",
    ),
]
texts = (
    st.text(max_size=40)
    | st.text(MARKS, max_size=40)
    | st.text('@#"\\/ :-019pm', max_size=20)
    | st.lists(st.sampled_from(WORDS) | st.text(MARKS, max_size=3), max_size=9).map(" ".join)
)
names = texts.filter(lambda text: normalised(QuickEntry(text)).description != "")


@st.composite
def entries(draw: st.DrawFn) -> QuickEntry:
    project = draw(st.none() | names)
    start = draw(st.none() | nows | st.integers(YEAR_1, YEAR_10000 - 1))
    stop = None
    if start is not None and draw(st.booleans()):
        length = draw(st.integers(0, 3 * DAY) | st.integers(0, YEAR_10000 - YEAR_1))
        stop = min(start + length, YEAR_10000 - 1)
    return QuickEntry(
        description=draw(texts),
        project=project,
        task=None if project is None else draw(st.none() | names),
        tags=tuple(draw(st.lists(names, max_size=3))),
        billable=draw(st.booleans()),
        start=start,
        stop=stop,
        no_project=draw(st.booleans()),
    )


@given(entries(), nows, zones)
def test_an_entry_written_is_read_back_in_every_language(
    entry: QuickEntry, now: int, zone: tzinfo | None
) -> None:
    line = write_line(entry, now=now, zone=zone)
    for codes in (("en",), ("zh_CN",), ("de",), CODES):
        reading = read_line(line, now=now, zone=zone, codes=codes)
        assert reading.entry == normalised(entry)
        assert reading.problems == ()


@given(times_near_changes, st.none() | st.integers(0, 2 * DAY), st.integers(-DAY, DAY), zones)
def test_times_are_read_back_where_clocks_change(
    start: int, length: int | None, until_now: int, zone: tzinfo | None
) -> None:
    entry = QuickEntry(start=start, stop=None if length is None else start + length)
    line = write_line(entry, now=start + until_now, zone=zone)
    assert read_line(line, now=start + until_now, zone=zone).entry == entry


@given(texts, nows, zones, st.sampled_from(CODES), st.sampled_from(CODES))
def test_any_text_reads_as_an_entry_that_can_be_written(
    text: str, now: int, zone: tzinfo | None, ours: str, theirs: str
) -> None:
    with speaking(ours):
        entry = read_line(text, now=now, zone=zone).entry
        line = write_line(entry, now=now, zone=zone)
    with speaking(theirs):
        again = read_line(line, now=now, zone=zone)
        assert again.entry == normalised(entry) == entry
        assert write_line(again.entry, now=now, zone=zone) == line


@given(texts, nows, st.sampled_from(CODES), st.sampled_from(["MM/DD/YYYY", "DD-MM-YYYY"]))
def test_the_order_of_dates_does_not_matter_to_what_is_written(
    text: str, now: int, code: str, dates: str
) -> None:
    with speaking(code, Style(dates)):
        entry = read_line(text, now=now, zone=None).entry
        line = write_line(entry, now=now, zone=None)
    assert read_line(line, now=now, zone=None).entry == entry


@given(texts, nows, zones)
def test_pieces_tile_the_line(text: str, now: int, zone: tzinfo | None) -> None:
    reading = read_line(text, now=now, zone=zone, codes=CODES)
    ends = [0, *(span.end for span in reading.spans)]
    assert [span.begin for span in reading.spans] == ends[:-1]
    assert ends[-1] == len(text)
    assert all(span.begin < span.end for span in reading.spans)
    kinds = [span.kind for span in reading.spans]
    assert (SpanKind.TEXT, SpanKind.TEXT) not in pairwise(kinds)


@given(texts, nows, zones)
def test_pieces_agree_with_the_entry(text: str, now: int, zone: tzinfo | None) -> None:
    entry, spans, problems = read_line(text, now=now, zone=zone, codes=CODES)
    kinds = [span.kind for span in spans]
    assert kinds.count(SpanKind.PROJECT) == (entry.project is not None)
    assert kinds.count(SpanKind.TASK) >= (entry.task is not None)
    assert (SpanKind.TAG in kinds) == bool(entry.tags)
    assert (SpanKind.BILLABLE in kinds) == entry.billable
    assert kinds.count(SpanKind.TIME) == (entry.start is not None)
    assert kinds.count(SpanKind.EXTRA) == len(problems)


PLAIN_WORDS: Final = st.text("abcxyz写报告é", min_size=1, max_size=6)
PARTS: Final = (
    PLAIN_WORDS
    | PLAIN_WORDS.map("@{}".format)
    | PLAIN_WORDS.map("#{}".format)
    | st.builds('@"{} {}"/{}'.format, PLAIN_WORDS, PLAIN_WORDS, PLAIN_WORDS)
    | st.builds('#"{} {}"'.format, PLAIN_WORDS, PLAIN_WORDS)
    | st.sampled_from(
        ["$", "-1h30m", "9:30", "9:30-10:15:20", "yesterday 14-15", "2pm", "@", "9:3"]
    )
)
FULL_WIDTH: Final = str.maketrans("@#$:-/0123456789 ", "＠＃＄：－／０１２３４５６７８９\u3000")


def in_full_width(line: str) -> str:
    """Return `line` as an input method types it, with an opening and a closing quote in turn."""
    quotes = iter("“”" * line.count('"'))
    return "".join(next(quotes) if mark == '"' else mark for mark in line).translate(FULL_WIDTH)


def without_description(reading: Reading) -> Reading:
    return reading._replace(entry=reading.entry._replace(description=""), problems=())


@given(st.lists(PARTS, max_size=8).map(" ".join), nows, zones)
def test_full_width_reads_the_same(line: str, now: int, zone: tzinfo | None) -> None:
    narrow = read_line(line, now=now, zone=zone)
    wide = read_line(in_full_width(line), now=now, zone=zone)
    assert without_description(wide) == without_description(narrow)
    folded = unicodedata.normalize("NFKC", wide.entry.description)
    assert folded == unicodedata.normalize("NFKC", narrow.entry.description)
    assert len(wide.problems) == len(narrow.problems)


@given(st.text(), nows)
def test_a_description_is_only_tidied(text: str, now: int) -> None:
    description = normalised(QuickEntry(text)).description
    assert description == " ".join(description.split())
    assert not any(unicodedata.category(mark) in ("Cc", "Cs") for mark in description)
    assert sorted(description.replace(" ", "")) == sorted(
        mark for mark in text if not mark.isspace() and unicodedata.category(mark) != "Cc"
    )


def test_every_blank_and_control_character_separates_words() -> None:
    blanks = [
        mark
        for mark in map(chr, range(0x10000))
        if mark.isspace() or unicodedata.category(mark) == "Cc"
    ]
    for blank in blanks:
        entry = read_line(f"a{blank}@p{blank}#t{blank}9:30{blank}b", now=DAY * 365, zone=None).entry
        assert entry._replace(start=None) == QuickEntry("a b", "p", tags=("t",)), hex(ord(blank))


IMPOSSIBLE: Final = {
    "stop without start": QuickEntry(stop=5),
    "stop before start": QuickEntry(start=6, stop=5),
    "after the last year": QuickEntry(start=YEAR_10000),
    "before the first year": QuickEntry(start=YEAR_1 - 1),
    "project without name": QuickEntry(project=" "),
    "task without name": QuickEntry(project="p", task=""),
    "task without project": QuickEntry(task="t"),
    "tag without name": QuickEntry(tags=("",)),
}


@pytest.mark.parametrize("why", IMPOSSIBLE)
def test_an_entry_that_cannot_exist_cannot_be_written(why: str) -> None:
    with pytest.raises(ValueError, match=r"need|began"):
        write_line(IMPOSSIBLE[why], now=0, zone=None)
