"""Names of profiles: each is one folder everywhere, and never another's."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tray import profile_names
from tray.errors import Refused
from tray.profile_names import DEFAULT, checked, key_of, same_as


@pytest.mark.parametrize("name", ["Work", "private", "工作", "Büro 2", "a.b", "x_y-z", "O’Neil"])
def test_what_people_call_things_is_taken_as_it_is(name: str) -> None:
    assert checked(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("", "   ", ".", "..", "../up", "a/b", "a\\b", "/etc", "C:", "a:b", "~", "~me"),
        *("-x", "--profile", ".hidden", ".removed", "dot.", "what?", "a*b", 'a"b', "a|b", "<a>"),
        *("con", "NUL", "Aux.txt", "com1", "LPT9", "com¹", "a\0b", "a\nb", "a\tb", "a\x7fb"),
        *("a\u202eb", "\u200b", "\ud800", "x" * 41, "工" * 41, "…", "- -"),
    ],
)
def test_what_could_be_no_folder_or_another_one_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(Refused, match=r"^A profile cannot be called “[^$]*”: .*\.$"):
        checked(name)


def test_the_default_one_has_one_name_however_it_is_written() -> None:
    assert {checked(each) for each in ("default", "Default", " DEFAULT ", "ｄｅｆａｕｌｔ")} == {
        DEFAULT
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("Work", "wORK"), ("Straße", "STRASSE"), ("é", "e\u0301"), ("ﬁt", "FIT"), ("Ａ", "a")],
)
def test_names_that_some_file_system_takes_for_one_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
    assert same_as(other, [one]) == one


@given(st.text(max_size=60))
@example("İ")
@example("ß")
@example("ǰ")
def test_whatever_is_taken_stays_itself_and_in_its_folder(name: str) -> None:
    try:
        kept = checked(name)
    except Refused:
        return
    assert checked(kept) == kept
    assert os.path.basename(kept) == kept
    assert os.path.normpath(os.path.join("/profiles", kept)) == f"/profiles/{kept}"
    for form in ("NFC", "NFD"):
        assert key_of(unicodedata.normalize(form, kept)) == key_of(kept)
    assert key_of(kept.upper()) == key_of(kept.lower()) == key_of(kept)
    assert len(os.fsencode(kept)) <= profile_names.MOST_BYTES


def test_only_folders_that_can_be_profiles_are_listed(tmp_path: Path) -> None:
    for name in ("Work", "beta", "工作", ".removed", "default", "CON", "x" * 50):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    assert profile_names.listed(str(tmp_path)) == ["beta", "Work", "工作"]
    assert profile_names.listed(str(tmp_path / "none")) == []
