"""Text is compared without case, accents and odd blanks, and every word has a blank before it."""

from hypothesis import given
from hypothesis import strategies as st

from tray.model.suggest.fold import fold, letters, unspaced

TEXTS = st.text() | st.text(alphabet="aB1 -_#é\u0301ßİ写がﬁΣͅ\t\n", max_size=20)


def test_an_example_of_each_sort() -> None:
    assert fold("  Café  au\tLAIT\n") == "cafe au lait"
    assert fold("Cafe\u0301") == "cafe"
    assert fold("STRAẞE, Ωmega, ﬁn") == "strasse, ωmega, fin"
    assert fold("ＦＵＬＬ　width") == "full width"


def test_a_word_begins_after_punctuation_and_where_ideographs_meet_letters() -> None:
    assert fold("re: (foo-bar) #12 a_b") == "re: ( foo- bar) # 12 a_ b"
    assert fold("写API文档v2") == "写 api 文档 v2"
    assert fold("c++ and c#") == "c++ and c#"


def test_which_words_are_in_a_script_without_blanks() -> None:
    assert unspaced("写")
    assert unspaced("カナ")
    assert not unspaced("word")
    assert not unspaced("слово")


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_case_does_not_count(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(TEXTS)
def test_there_are_single_blanks_and_no_others(text: str) -> None:
    folded = fold(text)
    assert folded.split() == ([] if folded == "" else folded.split(" "))


@given(TEXTS)
def test_each_letter_knows_where_it_comes_from(text: str) -> None:
    folded = letters(text)
    assert "".join(letter.char for letter in folded) == fold(text)
    assert all(0 <= letter.start <= letter.end <= len(text) for letter in folded)
    assert [letter.start for letter in folded] == sorted(letter.start for letter in folded)
    assert all(letter.start < letter.end for letter in folded if letter.char != " ")
