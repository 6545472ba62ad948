"""Which client a project gets by the name it is typed by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.new_project import NewProject, known_by, read_new_project, with_new_client

CLIENTS = ("Acme", "Büro & Sohn")
names = st.text(
    st.characters(exclude_characters="()（）+＋", exclude_categories=("C", "Z")), min_size=1
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Website", NewProject("Website")),
        ("Website (acme)", NewProject("Website", "acme")),
        ("Website （Acme）", NewProject("Website", "Acme")),
        ("Website (Büro & Sohn)", NewProject("Website", "Büro & Sohn")),
        ("Relaunch (2024)", NewProject("Relaunch (2024)")),
        ("Relaunch (+2024)", NewProject("Relaunch", "2024", makes_client=True)),
        ("Website (+ Acme )", NewProject("Website", "Acme")),
        ("A (b) (Acme)", NewProject("A (b)", "Acme")),
        ("(Acme)", NewProject("(Acme)")),
        ("Website ()", NewProject("Website ()")),
        ("Website (+)", NewProject("Website (+)")),
        ("Website (Acme", NewProject("Website (Acme")),
    ],
)
def test_brackets_name_a_client_only_if_there_is_one_or_a_plus(
    typed: str, meant: NewProject
) -> None:
    assert read_new_project(typed, CLIENTS) == meant


@given(names, names)
def test_what_is_offered_is_read_as_it_was_meant(name: str, client: str) -> None:
    offered = with_new_client(f"{name} ({client})")
    assert offered == NewProject(name, client, makes_client=True)
    assert read_new_project(offered.label, ()) == offered
    assert read_new_project(known_by(offered.label), (client,)) == NewProject(name, client)


@given(st.text())
def test_any_text_can_be_typed(typed: str) -> None:
    meant = read_new_project(typed, ())
    assert meant.name.strip() or not typed.strip()
    assert known_by(known_by(typed)) == known_by(typed)
