import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.errors import Refused
from tray.model import colours
from tray.model.entities import Project


def test_the_palette_is_made_of_colours() -> None:
    assert len(set(colours.PALETTE)) == 14
    assert all(colours.check(colour) == colour for colour in colours.PALETTE)


def test_a_project_without_a_choice_looks_like_no_project() -> None:
    assert Project(1, 1, "x").colour == colours.NONE


def test_projects_get_all_colours_before_one_comes_again() -> None:
    used: list[str] = []
    for _ in range(28):
        used.append(colours.next_colour(used))
    assert used == [*colours.PALETTE, *colours.PALETTE]


@given(st.lists(st.sampled_from([*colours.PALETTE, "#123456"])))
def test_the_next_colour_is_among_the_rarest(used: list[str]) -> None:
    chosen = colours.next_colour(used)
    assert used.count(chosen) == min(used.count(colour) for colour in colours.PALETTE)


def test_a_colour_is_kept_in_lower_case() -> None:
    assert colours.check(" #0B83D9 ") == "#0b83d9"


@pytest.mark.parametrize(
    "typed", ["", "red", "0b83d9", "#fff", "#0b83d", "#0b83d99", "#0b83dg", "#１23456"]
)
def test_anything_else_is_no_colour(typed: str) -> None:
    with pytest.raises(Refused, match=re.escape("Write it as #rrggbb")) as caught:
        colours.check(typed)
    assert caught.value.field == "colour"
