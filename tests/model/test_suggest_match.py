"""A text fits what was typed in the best of a few ways, each of which finds what it promises."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tray.model import pinyin
from tray.model.suggest import MatchKind
from tray.model.suggest.match import guess_of, halves, kind_of, mended, read, searchable
from tray.model.suggest.ranges import merged, ranges_of
from tray.model.suggest.suggestion import Ranges

WORD = st.text(alphabet="abcdeé", min_size=1, max_size=8)
LONG_WORD = st.text(alphabet="abcde", min_size=4, max_size=8)
TEXT = st.lists(WORD | st.sampled_from(["写算法", "#12", "x-y", "长"]), min_size=1, max_size=4).map(
    " ".join
)


def kind(typed: str, text: str) -> MatchKind | None:
    """The kind of match as a name would be judged."""
    query = read(typed)
    keys = " ".join(pinyin.keys(text))
    return kind_of(query, searchable(text), keys) or guess_of(query, searchable(text))


def bold(typed: str, text: str) -> str:
    """`text` with what was matched in brackets."""
    found = kind(typed, text)
    assert found is not None
    for start, end in reversed(ranges_of(read(typed), text, found)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("typed", "found", "text"),
    [
        (" ", MatchKind.EVERYTHING, "Weekly report"),
        ("weekly report", MatchKind.WHOLE, "[Weekly Report]"),
        ("WEEK", MatchKind.PREFIX, "[Week]ly report"),
        ("cafe", MatchKind.PREFIX, "[Café] opening"),
        ("rep", MatchKind.WORDS, "Weekly [rep]ort"),
        ("rep wee", MatchKind.WORDS, "[Wee]kly [rep]ort"),
        ("bar", MatchKind.WORDS, "foo-[bar]"),
        ("12", MatchKind.WORDS, "bug #[12]34"),
        ("算法", MatchKind.WORDS, "写[算法]"),
        ("doc", MatchKind.WORDS, "写[doc]"),
        ("xsf", MatchKind.PINYIN, "[写算法]"),
        ("xiesuanfa", MatchKind.PINYIN, "[写算法]"),
        ("xie suan", MatchKind.PINYIN, "[写算]法"),
        ("xiesu", MatchKind.PINYIN, "[写算]法"),
        ("xapiw", MatchKind.PINYIN, "[写API文]档"),
        ("port", MatchKind.SUBSTRING, "Weekly re[port]"),
        ("port eek", MatchKind.SUBSTRING, "W[eek]ly re[port]"),
        ("suanfa", MatchKind.SUBSTRING, "写[算法]"),
        ("sf", MatchKind.SUBSTRING, "写[算法]"),
        ("wkrt", MatchKind.SUBSEQUENCE, "[W]ee[k]ly [r]epor[t]"),
        ("reprot", MatchKind.TYPO, "Weekly [report]"),
        ("repprt", MatchKind.TYPO, "Weekly [report]"),
        ("repoort", MatchKind.TYPO, "Weekly [report]"),
        ("weekky rep", MatchKind.TYPO, "[Weekly] [rep]ort"),
        ("algx", MatchKind.TYPO, "write the [alg]orithm"),
    ],
)
def test_an_example_of_each_kind(typed: str, found: MatchKind, text: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    assert kind(typed, plain) is found
    assert bold(typed, plain) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("xyz", "Weekly report"),
        ("ofo", "foo"),  # too short for a slip
        ("1235", "bug #1234"),  # another number is another thing
        ("写算发", "写算法"),  # and so is another ideograph
        ("reprot weekyl", "Weekly report"),  # two slips
    ],
)
def test_what_does_not_fit(typed: str, text: str) -> None:
    assert kind(typed, text) is None


@given(TEXT, st.data())
def test_a_beginning_is_a_prefix(text: str, data: st.DataObject) -> None:
    typed = text[: data.draw(st.integers(1, len(text)))]
    assume(typed.strip())
    assert kind(typed.upper(), text) in (MatchKind.WHOLE, MatchKind.PREFIX)


@given(TEXT, st.data())
def test_beginnings_of_words_in_any_order_are_found(text: str, data: st.DataObject) -> None:
    words = data.draw(st.permutations(text.split()))
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words)
    found = kind(typed, text)
    assert found is not None
    assert found >= MatchKind.WORDS


@given(TEXT, st.data())
def test_a_part_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    typed = text[start : data.draw(st.integers(start + 1, len(text)))]
    assume(typed.strip())
    found = kind(typed, text)
    assert found is not None
    assert found >= MatchKind.SUBSTRING


@given(TEXT, st.data())
def test_some_of_the_letters_in_order_are_found(text: str, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    typed = "".join(letter for letter, keep in zip(text, kept, strict=True) if keep)
    assume(typed.strip())
    assert kind(typed, text) is not None


@st.composite
def slipped(draw: st.DrawFn, word: str) -> str:
    """`word` after one edit."""
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from("abcdez"))
    return draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            ]
        )
    )


@given(LONG_WORD, TEXT, st.data())
def test_one_slip_in_a_word_is_forgiven(word: str, others: str, data: st.DataObject) -> None:
    typed = data.draw(slipped(word))
    assume(len(typed) >= 4)
    assert kind(typed, f"{others} {word}ly") is not None
    assert kind(f"{others} {typed}", f"{others} {word}ly") is not None


@given(LONG_WORD, st.data())
def test_one_slip_is_forgiven_while_the_word_is_being_typed(word: str, data: st.DataObject) -> None:
    typed = data.draw(slipped(word))
    for end in range(1, len(typed) + 1):
        assert mended(typed[:end], word) is not None


@given(LONG_WORD, st.data())
def test_one_of_the_halves_is_left_of_every_word_with_a_slip(
    word: str, data: st.DataObject
) -> None:
    typed = data.draw(slipped(word))
    assume(len(typed) >= 4)
    first, swapped, second = halves(typed)
    assert word.startswith((first, swapped)) or second in word


@given(st.text(alphabet="abz", min_size=1), st.text(alphabet="abz"))
def test_what_is_mended_is_no_more_than_an_edit_away(typed: str, word: str) -> None:
    start = mended(typed, word)
    if start is not None:
        assert word.startswith(start)
        assert distance(typed, start) <= 1


def distance(one: str, other: str) -> int:
    """How many edits one is from the other, as rapidfuzz counts them."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)


@given(st.text(max_size=12), st.text(max_size=30))
def test_any_text_can_be_typed_and_searched(typed: str, text: str) -> None:
    found = kind(typed, text)
    if found is not None:
        check_ranges(ranges_of(read(typed), text, found), text)


@given(st.text(alphabet="aAé\u0301 -写法", max_size=5), st.text(alphabet="abé\u0301 -写法"))
def test_ranges_lie_in_the_text_in_order_and_apart(typed: str, text: str) -> None:
    found = kind(typed, text)
    if found is not None:
        check_ranges(ranges_of(read(typed), text, found), text)


def check_ranges(ranges: Ranges, text: str) -> None:
    """Each a stretch of `text`, behind the one before."""
    ends = [0, *(at for stretch in ranges for at in stretch), len(text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in ranges)
    assert merged(ranges) == ranges
