import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.tracker.naming import did_you_mean, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Web", "wEB"),
        ("Caf\N{LATIN SMALL LETTER E WITH ACUTE}", "CAFE\N{COMBINING ACUTE ACCENT}"),
        ("Straße", "STRASSE"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("ΐ", "ΐ".upper()),
        ("  a \t b ", "A B"),
        ("한글", unicodedata.normalize("NFD", "한글")),
        ("ﬁn", "FIN"),
    ],
)
def test_names_that_are_the_same_to_a_person(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Web", "Wep"), ("a b", "ab"), ("e", "é"), ("1", "2")])
def test_names_that_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_folding_looks_through_case_and_composition(name: str) -> None:
    once = folded(name)
    assert folded(once) == once
    assert folded(unicodedata.normalize("NFD", name)) == once
    assert folded(unicodedata.normalize("NFC", name)) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("name", "names", "question"),
    [
        ("wep", ["Web", "Tea"], "Did you mean “Web”?"),
        ("plan 1", ["Plan", "Plan 2"], "Did you mean “Plan 2” or “Plan”?"),
        ("x", ["Web", "Tea"], ""),
        ("x", [], ""),
    ],
)
def test_who_may_have_been_meant(name: str, names: list[str], question: str) -> None:
    assert did_you_mean(name, names) == question


def test_three_are_offered_at_most() -> None:
    assert did_you_mean("plan", [f"plan {number}" for number in range(9)]).count("“") == 3
