"""A search of the history gives what scoring every single row would give, only sooner."""

import random
from collections.abc import Mapping, Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model import pinyin
from tray.model.entities import What
from tray.model.suggest import Index, MatchKind, PastActivity, Suggestion, best_first
from tray.model.suggest.match import guess_of, kind_of, read, searchable
from tray.model.suggest.rank import RankContext, habits, score
from tray.model.suggest.shelf import Shelf

NOW: Final = 1_750_000_000
DAY: Final = 86_400
PROJECTS: Final = {1: "Algebra Acme", 2: "写作 客户", 3: "Website"}

FEW_WORDS: Final = (
    "a ab abc abcd abdc abcde b ba bab report rapport reports 写算法 写 长度 API文档 #12 x-y Café"
)
MANY_TIMES: Final = (
    "report rapport meeting meet me call recall team steam 写算法 写 会议 长度 API文档 #12"
)

WORDS = st.sampled_from(FEW_WORDS.split())
DESCRIPTIONS = st.lists(WORDS, max_size=3).map(" ".join) | st.text(max_size=8)
TYPED = (
    st.lists(WORDS, max_size=2).map(" ".join)
    | st.sampled_from(["ba a", "xsf", "xie", "cd", "rpt", "reprot", "alg", "kehu", "zhang", "e12"])
    | st.text(max_size=4)
)


def done(number: int, description: str, **more: int | None) -> PastActivity:
    """Something done once today in workspace 1, unless said otherwise."""
    project_id = more.get("project_id")
    uses = more.get("uses") or 1
    return PastActivity(
        number,
        What(more.get("workspace_id") or 1, description, project_id),
        uses,
        NOW - (more.get("age") or 0),
        (uses, 0, 0, 0, 0, 0, 0, 0),
        " ".join(pinyin.keys(description)),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[PastActivity]:
    """A few things done."""
    return [
        done(
            number,
            description,
            project_id=draw(st.sampled_from([None, 1, 2, 3, 4])),
            workspace_id=draw(st.sampled_from([1, 2])),
            uses=draw(st.integers(1, 50)),
            age=draw(st.integers(-DAY, 900 * DAY)),
        )
        for number, description in enumerate(draw(st.lists(DESCRIPTIONS, max_size=12)), 1)
    ]


def index_of(
    history: Sequence[PastActivity],
    projects: Mapping[int, str] = PROJECTS,
    shelf: Shelf | None = None,
) -> Index:
    """An index of rows in any order."""
    return Index(best_first(history), projects, shelf)


def found(history: Sequence[PastActivity], typed: str, limit: int = 12) -> list[str]:
    """The descriptions suggested, the best first."""
    suggestions = index_of(history).search(typed, now=NOW, limit=limit)
    return [suggestion.done.what.description for suggestion in suggestions]


def scored(
    history: Sequence[PastActivity], typed: str, moment: RankContext, *, guessed: int | None = None
) -> dict[int, tuple[MatchKind, float]]:
    """The kind and score of every row that fits, found by looking at each; of the `guessed` best
    rows (all, unless given) also those that take a guess."""
    query = read(typed)
    worths = {}
    for at, row in enumerate(best_first(history)):
        what = row.what
        text = searchable(what.description)
        kind = kind_of(query, text, row.keys)
        if kind is None and what.project_id in PROJECTS:
            name = PROJECTS[what.project_id]
            if kind_of(query, searchable(name), " ".join(pinyin.keys(name))):
                kind = MatchKind.PROJECT
        if kind is None and (guessed is None or at < guessed):
            kind = guess_of(query, text)
        if kind:
            bits = habits(
                moment,
                uses=row.uses,
                last_used=row.last_used,
                slots=row.slots,
                project_id=what.project_id,
                workspace_id=what.workspace_id,
            )
            worths[row.id] = kind, score(kind, bits)
    return worths


def check(
    suggestions: list[Suggestion],
    history: Sequence[PastActivity],
    typed: str,
    *,
    moment: RankContext,
    guessed: int | None = None,
) -> None:
    """That these are the best 12, in order."""
    worths = scored(history, typed, moment, guessed=guessed)
    best = sorted((worth for _, worth in worths.values()), reverse=True)[:12]
    assert [s.score for s in suggestions] == pytest.approx(best), typed
    assert [s.score for s in suggestions] == pytest.approx(
        [worths[s.done.id][1] for s in suggestions]
    )
    assert [s.kind for s in suggestions] == [worths[s.done.id][0] for s in suggestions], typed
    assert len({s.done.id for s in suggestions}) == len(suggestions)


@given(histories(), st.lists(TYPED, max_size=4), st.sampled_from([None, 1, 2]))
def test_the_best_of_all_rows_are_found(
    history: list[PastActivity], queries: list[str], place: int | None
) -> None:
    index = index_of(history)
    moment = RankContext(NOW, place, place)
    by_id = {row.id: row for row in history}
    for typed in queries:
        for end in range(len(typed) + 1):
            suggestions = index.search(typed[:end], now=NOW, project_id=place, workspace_id=place)
            check(suggestions, history, typed[:end], moment=moment)
            assert all(s.done == by_id[s.done.id] for s in suggestions)


@given(
    histories(),
    st.lists(TYPED, max_size=4),
    st.sampled_from([None, 1, 2]),
    st.tuples(st.integers(1, 4), st.integers(0, 3)),
)
def test_the_best_are_found_wherever_the_rows_lie(
    history: list[PastActivity], queries: list[str], place: int | None, sizes: tuple[int, int]
) -> None:
    shelf = Shelf(block_rows=sizes[0], kept_blocks=sizes[1])
    index = index_of(history, PROJECTS, shelf)
    moment = RankContext(NOW, place, place)
    by_id = {row.id: row for row in history}
    for typed in queries:
        for end in range(len(typed) + 1):
            suggestions = index.search(typed[:end], now=NOW, project_id=place, workspace_id=place)
            check(suggestions, history, typed[:end], moment=moment, guessed=shelf.kept_rows)
            assert all(s.done == by_id[s.done.id] for s in suggestions)


@pytest.fixture(scope="module")
def crowd() -> list[PastActivity]:
    """Many rows of few words, so that most searches find far more than they show."""
    chance = random.Random(1)
    words = MANY_TIMES.split()
    return [
        done(
            number,
            " ".join(chance.choices(words, k=chance.randint(1, 4))) + chance.choice(["", "s"]),
            project_id=chance.randint(1, 4),
            workspace_id=chance.randint(1, 2),
            uses=chance.randint(1, 30),
            age=chance.randint(0, 400 * DAY),
        )
        for number in range(1, 2_001)
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "report meeting",
        "meet reprot",
        "me",
        "eam call",
        "api 写",
        "xiesuanfa",
        "xsfxsf",
        "huiyi me",
        "#12 rapport",
        "recalls",
        "teams steams rapports 写",
        "team me call",
        "kehu",
        "website",
        "zzz",
        "rcl",
        "meetign callr",
        "s",
    ],
)
def test_the_best_of_a_crowd_are_found_key_by_key(crowd: list[PastActivity], typed: str) -> None:
    moment = RankContext(NOW, 1, 1)
    for shelf, guessed in ((Shelf(), None), (Shelf(block_rows=90, kept_blocks=3), 270)):
        index = index_of(crowd, PROJECTS, shelf)
        for end in [*range(len(typed) + 1), *range(len(typed), 0, -3)]:
            suggestions = index.search(typed[:end], now=NOW, project_id=1, workspace_id=1)
            check(suggestions, crowd, typed[:end], moment=moment, guessed=guessed)


def test_what_is_typed_in_full_comes_first_however_many_begin_with_it() -> None:
    rows = [done(number, f"report {number}") for number in range(1, 1_000)]
    old = [done(2_000 + n, "repor"[:n], age=4_000 * DAY) for n in range(1, 6)]
    index = index_of([*rows, *old])
    for end in (1, 2, 3, 4, 5, 4, 3, 5):
        first, second, *_ = index.search("repor"[:end], now=NOW)
        assert (first.done.id, first.kind) == (2_000 + end, MatchKind.WHOLE)
        assert second.kind is MatchKind.PREFIX


@given(histories(), TYPED, st.randoms())
def test_the_order_of_the_history_does_not_count(
    history: list[PastActivity], typed: str, chance: random.Random
) -> None:
    shuffled = [*history]
    chance.shuffle(shuffled)
    first = index_of(history).search(typed, now=NOW)
    assert index_of(shuffled).search(typed, now=NOW) == first


@given(histories(), TYPED)
def test_something_else_done_does_not_change_the_order(
    history: list[PastActivity], typed: str
) -> None:
    before = index_of(history).search(typed, now=NOW, limit=99)
    other = done(999, "zq7zq7zq7zq7")
    after = index_of([*history, other]).search(typed, now=NOW, limit=99)
    assert [s for s in after if s.done.id != 999] == before


@given(st.text(), st.lists(st.text(), max_size=5))
def test_anything_may_be_typed_into_any_history(typed: str, texts: list[str]) -> None:
    history = [done(number, text) for number, text in enumerate(texts, 1)]
    suggestions = index_of(history, {1: typed}).search(typed, now=NOW)
    assert len(suggestions) <= 12
    for suggestion in suggestions:
        ends = [at for stretch in suggestion.ranges for at in stretch]
        assert ends == sorted(ends)
        assert all(0 <= at <= len(suggestion.done.what.description) for at in ends)


def test_half_a_character_may_be_typed() -> None:
    assert found([done(1, "a \ud83d b")], "\ud83d") == ["a \ud83d b"]


def test_nothing_typed_suggests_what_is_done_most() -> None:
    history = [
        done(1, "long ago", uses=50, age=365 * DAY),
        done(2, "yesterday", age=DAY),
        done(3, "daily", uses=50, age=DAY),
    ]
    assert found(history, " ") == ["daily", "yesterday", "long ago"]
    assert found(history, "", limit=1) == ["daily"]


def test_the_project_one_is_in_comes_earlier() -> None:
    history = [done(1, "plan", project_id=1), done(2, "plan", project_id=2)]
    index = index_of(history)
    for project_id in (1, 2):
        first, second = index.search("pl", now=NOW, project_id=project_id)
        assert first.done.what.project_id == project_id
        assert first.score > second.score


def test_the_time_of_day_counts() -> None:
    early = done(1, "standup")._replace(slots=(0, 9, 0, 0, 0, 0, 0, 0), uses=9)
    late = done(2, "standing order")._replace(slots=(0, 0, 0, 0, 0, 9, 0, 0), uses=9)
    index = index_of([early, late], {})
    midnight = NOW // DAY * DAY
    for hour, first in ((3, early), (15, late)):
        assert index.search("stand", now=midnight + hour * 3_600)[0].done == first


def test_entries_are_found_by_project_and_client_after_all_that_fit_themselves() -> None:
    history = [
        done(1, "invoice", project_id=1, uses=50),
        done(2, "draft", project_id=2),
        done(3, "macmeal"),
    ]
    assert found(history, "acm") == ["macmeal", "invoice"]
    assert found(history, "algebra") == ["invoice"]
    assert found(history, "kehu") == ["draft"]
    assert found(history, "写") == ["draft"]


def test_a_slip_anywhere_in_a_word_is_forgiven() -> None:
    for typed in ("acbd", "bacd", "abdc", "abc", "zbcd", "abzd", "abzcd", "abcdz"):
        assert found([done(1, "q abcd"), done(2, "q dcba")], f"{typed} q") == ["q abcd"]
        assert found([done(1, "q abcd"), done(2, "q dcba")], typed) == ["q abcd"]


def test_a_very_long_history_is_searched_to_its_end() -> None:
    rows = [done(number, f"call {number:05}", age=number) for number in range(1, 30_002)]
    assert found(rows, "30001") == ["call 30001"]
    assert len(index_of(rows, {})) == 30_001


def test_all_of_an_activity_is_kept_wherever_it_lies() -> None:
    whats = [
        What(1, "tab\there, \ud83d half", None, None, (), billable=False),
        What(2, "", 3, 2**40, (7, 2**40), billable=True),
    ]
    history = [
        PastActivity(2**40 + n, what, 9, NOW, (1, 2, 0, 0, 0, 0, 0, 6), "ab a")
        for n, what in enumerate(whats)
    ]
    for kept in (0, 1, 5):
        index = index_of(history, {}, Shelf(block_rows=1, kept_blocks=kept))
        assert [each.done for each in index.search("", now=NOW)] == history


def test_guesses_go_on_where_the_last_search_stopped() -> None:
    ages = {"c": 0, "a-b": 10, "d": 500, "a-b-z": 999}
    numbers = {"c": 10_100, "a-b": 30, "d": 10_100, "a-b-z": 1}
    texts = [text for text, many in numbers.items() for _ in range(many)]
    history = [done(n, text, age=ages[text] * DAY + n * 300) for n, text in enumerate(texts, 1)]
    index = index_of(history, {})
    assert {s.done.what.description for s in index.search("ab", now=NOW)} == {"a-b"}
    assert [s.done.what.description for s in index.search("abz", now=NOW)] == ["a-b-z"]
