"""Whatever was copied makes a description that can be stored and read as it is meant."""

from hypothesis import given
from hypothesis import strategies as st

from tray.model import limits
from tray.model.pasted_text import PastedText, description_from


@given(st.text() | st.text(alphabet="a \n\t\0\u202e\u200b@#$:19"))
def test_it_is_one_clean_line_that_is_not_changed_again(pasted: str) -> None:
    made = description_from(pasted)
    limits.check_description(made.text)
    assert made.text == limits.one_line(made.text)
    assert description_from(made.text) == PastedText(made.text, False)


def test_lines_are_joined_and_unseen_signs_go() -> None:
    assert description_from("\ufeffFix\r\n\tthe \u202egnol\u202c\u200b title\0 ").text == (
        "Fix the gnol title"
    )
    assert description_from("👨‍👩‍👧 می‌خواهم").text == "👨‍👩‍👧 می‌خواهم"


def test_what_is_too_long_is_cut_where_a_description_ends() -> None:
    assert description_from("x" * limits.MAX_DESCRIPTION) == ("x" * limits.MAX_DESCRIPTION, False)
    assert description_from("x" * 10_000) == ("x" * limits.MAX_DESCRIPTION, True)
    assert description_from(" " * 1_000_000 + "x") == ("", True)
