"""Names are completed in the same ways, and those that fit alike keep their order."""

from hypothesis import given
from hypothesis import strategies as st

from tray.model import pinyin
from tray.model.suggest import MatchKind, Name, match_names

TEXTS = st.lists(st.text(alphabet="abc 写-", max_size=8), max_size=20)


def named(*texts: str) -> list[Name]:
    """Names with ids from 1."""
    return [Name(n, text, " ".join(pinyin.keys(text))) for n, text in enumerate(texts, 1)]


def found(typed: str, *texts: str, limit: int = 12) -> list[str]:
    """The names that fit, the best first."""
    return [match.name for match in match_names(typed, named(*texts), limit)]


def test_the_better_kinds_come_first() -> None:
    names = ("Malgo", "Big algebra", "算法", "Algorithms", "Alg", "other")
    assert found("alg", *names) == ["Alg", "Algorithms", "Big algebra", "Malgo"]
    assert found("sf", *names) == ["算法"]
    assert found("algbera", *names) == ["Big algebra"]


def test_those_that_fit_alike_stay_as_they_come() -> None:
    assert found("a", "ab", "ac", "aa") == ["ab", "ac", "aa"]
    assert found("", "b", "a", "c") == ["b", "a", "c"]


def test_guesses_only_fill_what_is_left() -> None:
    names = ("report one", "report two", "r-e-p-o-r-t")
    assert found("report", *names, limit=2) == ["report one", "report two"]
    assert found("report", *names, limit=3) == [*names]


def test_what_was_matched_is_told() -> None:
    (match,) = match_names("ou", named("Café au lait", "Crème fouettée"))
    assert match == (2, "Crème fouettée", MatchKind.SUBSTRING, ((7, 9),))


@given(st.text(max_size=6), TEXTS, st.integers(1, 5))
def test_each_name_is_found_once_and_not_too_many(typed: str, texts: list[str], limit: int) -> None:
    matches = match_names(typed, named(*texts), limit)
    assert len({match.id for match in matches}) == len(matches) <= limit
    assert all(match.name == texts[match.id - 1] for match in matches)
    assert matches == match_names(typed, named(*texts), len(texts) + 1)[:limit] or any(
        match.kind <= MatchKind.SUBSEQUENCE for match in matches
    )


@given(TEXTS.filter(any), st.data())
def test_a_name_typed_in_full_comes_first(texts: list[str], data: st.DataObject) -> None:
    typed = data.draw(st.sampled_from(texts))
    if typed.strip():
        first = match_names(typed, named(*texts))[0]
        assert first.kind is MatchKind.WHOLE
