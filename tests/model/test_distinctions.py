"""Names that several have, and what is written behind them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model.distinctions import distinguish, labelled
from tray.model.entities import Client, Project, Tag, Workspace

WORKSPACES = {1: Workspace(1, "Home"), 2: Workspace(2, "Work")}
CLIENTS = {1: Client(1, 1, "Acme"), 2: Client(2, 1, "Initech"), 3: Client(3, 2, "Acme")}


@pytest.mark.parametrize(
    ("projects", "labels"),
    [
        ([Project(1, 1, "Web", 1), Project(2, 2, "Site", 3)], ["Web", "Site"]),
        ([Project(1, 1, "Web", 1), Project(2, 1, "web", 2)], ["Web (Acme)", "web (Initech)"]),
        ([Project(1, 1, "Web", 1), Project(2, 1, "Web")], ["Web (Acme)", "Web (no client)"]),
        ([Project(1, 1, "Web"), Project(2, 2, "Web")], ["Web (Home)", "Web (Work)"]),
        ([Project(1, 1, "Web", 1), Project(2, 2, "Web", 3)], ["Web (Home)", "Web (Work)"]),
        (
            [Project(1, 1, "Web", 1), Project(2, 2, "Web", 3), Project(3, 1, "Web", 2)],
            ["Web (Acme, Home)", "Web (Acme, Work)", "Web (Initech)"],
        ),
        ([Project(1, 1, "Web"), Project(2, 1, "Web", archived=True)], ["Web", "Web"]),
    ],
    ids=["unique", "client", "no client", "workspace", "same client", "both", "nothing"],
)
def test_projects_by_client_then_by_workspace(projects: list[Project], labels: list[str]) -> None:
    told = distinguish(projects, WORKSPACES, CLIENTS)
    assert [labelled(each.name, told.get(each.id, "")) for each in projects] == labels


def test_clients_and_tags_by_workspace() -> None:
    assert distinguish(CLIENTS.values(), WORKSPACES, {}) == {1: "Home", 3: "Work"}
    tags = [Tag(1, 1, "call"), Tag(2, 2, "Call"), Tag(3, 2, "mail")]
    assert distinguish(tags, WORKSPACES, {}) == {1: "Home", 2: "Work"}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 2), st.integers(0, 3))))
def test_two_read_alike_only_if_name_client_and_workspace_are_alike(
    made: list[tuple[str, int, int]],
) -> None:
    projects = [
        Project(number, workspace, name, client or None)
        for number, (name, workspace, client) in enumerate(made, 1)
    ]
    told = distinguish(projects, WORKSPACES, CLIENTS)
    labels = Counter(labelled(each.name, told.get(each.id, "")) for each in projects)
    whole = Counter(
        (each.name, each.client_id and CLIENTS[each.client_id].name, each.workspace_id)
        for each in projects
    )
    assert sorted(labels.values()) == sorted(whole.values())
