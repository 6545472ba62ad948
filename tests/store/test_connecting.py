"""How a connection to SQLite names its file."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tray.store.connecting import uri_of

NAMES = st.text(st.characters(exclude_characters="\0/", codec="utf-8"), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@given(st.lists(NAMES, min_size=1, max_size=3))
def test_an_address_is_that_of_pathlib(names: list[str]) -> None:
    path = "/" + "/".join(names)
    assert uri_of(path) == Path(path).as_uri()


def test_a_name_that_is_no_text_and_one_below_the_present_folder() -> None:
    path = os.fsdecode(b"/home/\xff/toggl-tray.db")
    assert uri_of(path) == Path(path).as_uri()
    assert uri_of("toggl-tray.db") == Path("toggl-tray.db").absolute().as_uri()
