"""Which rows are listed, and in which order."""

from tray.model.entities import Client, Project, Tag, Task, Workspace
from tray.store.catalogue import Names
from tray.store.totals import Total
from tray.ui.projects.rows import Wanted, of_clients, rows

HERE, THERE = Workspace(1, "Here"), Workspace(2, "There")
NAMES = Names(
    {
        1: Project(1, 1, "Web", 1, "#0b83d9", billable=True),
        2: Project(2, 1, "算法研究", None, "#9e5bd9"),
        3: Project(3, 1, "alpha", 2, "#d94182"),
        4: Project(4, 1, "Old", 1, archived=True),
    },
    {1: Client(1, 1, "Acme"), 2: Client(2, 1, "Zoo")},
    {1: Task(1, 1, "Design")},
    {1: Tag(1, 1, "deep")},
    {1: HERE},
)
TOTALS = {1: Total(2, 900, 300), 2: Total(1, 1_000, 100), 4: Total(9, 9_000, 9_000)}


def names(wanted: Wanted, of: Names = NAMES) -> list[str]:
    return [row.name for row in rows(of, TOTALS, wanted)]


def test_names_go_by_the_alphabet_and_the_archived_come_last() -> None:
    assert names(Wanted()) == ["alpha", "Web", "算法研究"]
    assert names(Wanted(archived=True)) == ["alpha", "Web", "算法研究", "Old"]


def test_what_took_most_time_comes_first() -> None:
    assert names(Wanted(sort_by="total", archived=True)) == ["算法研究", "Web", "alpha", "Old"]
    assert names(Wanted(sort_by="month")) == ["Web", "算法研究", "alpha"]


def test_words_are_looked_for_in_names_and_beside_them() -> None:
    assert names(Wanted(words="ACME")) == ["Web"]
    assert names(Wanted(words="w ac")) == ["Web"]
    assert names(Wanted(words="suanfa")) == ["算法研究"]
    assert names(Wanted(words="nothing")) == []


def test_a_row_says_what_its_thing_has() -> None:
    web = rows(NAMES, TOTALS, Wanted())[1]
    assert (web.beside, web.colour, web.billable, web.total.seconds) == (
        "Acme",
        "#0b83d9",
        True,
        900,
    )
    (task,) = rows(NAMES, {}, Wanted("task"))
    assert (task.beside, task.colour) == ("Web", "#0b83d9")


def test_only_where_there_are_several_workspaces_they_are_named() -> None:
    assert [row.beside for row in rows(NAMES, {}, Wanted("tag"))] == [""]
    both = NAMES._replace(workspaces={1: HERE, 2: THERE})
    assert [row.beside for row in rows(both, {}, Wanted("tag"))] == ["Here"]
    assert names(Wanted("tag", workspace_id=2), both) == []
    assert names(Wanted("task", workspace_id=1), both) == ["Design"]


def test_a_client_has_what_its_projects_have() -> None:
    assert of_clients(NAMES, TOTALS) == {1: Total(11, 9_900, 9_300), 2: Total()}
