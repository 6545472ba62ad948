"""How a connection to SQLite names its file."""

import os
import sys
from pathlib import Path

import pytest
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


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is used cannot go there")
def test_a_whole_path_has_an_address_where_the_folder_one_is_in_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert uri_of(str(tmp_path / "a.db")) == (tmp_path / "a.db").as_uri()
