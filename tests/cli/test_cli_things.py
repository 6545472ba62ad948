"""All fields of projects, clients and tasks as typed, what goes with what, and several at once."""

import pytest

from tests.cli.conftest import Cli


def test_a_project_with_all_its_terms(cli: Cli) -> None:
    options = ["--private", "--template", "--auto-estimates", "--estimated-hours", "40"]
    options += ["--rate", "75,5", "--fixed-fee", "1000", "--start-date", "2026-03-01"]
    cli("projects", "create", "Site", *options, "--end-date", "2026-03-31")
    found = cli.json("projects", "show", "site", "--json")["project"]
    assert (found["rate"], found["fixed_fee"], found["estimated_hours"]) == (75.5, 1000.0, 40)
    assert (found["private"], found["template"], found["auto_estimates"]) == (True, True, True)
    assert (found["start_date"], found["end_date"]) == ("2026-03-01", "2026-03-31")
    assert (found["entries"], found["seconds"]) == (0, 0)
    said = cli("projects", "show", "1")
    assert "rate             75.50\n" in said
    assert "private          yes\n" in said
    words = ["--rate", "none", "--end-date", "", "--no-active", "--name", "Page"]
    assert cli("projects", "change", "site", *words) == "Changed project 1: Page\n"
    found = cli.json("projects", "--archived", "--json")["projects"][0]
    assert (found["name"], found["rate"], found["end_date"]) == ("Page", None, None)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--start-date", "tomorrow"], "“tomorrow” is no start date. Write it like 2026-12-24."),
        (
            ["--start-date", "2026-02-02", "--end-date", "2026-02-01"],
            "The end date lies before the start date. Correct one.",
        ),
    ],
)
def test_terms_that_cannot_be(cli: Cli, words: list[str], complaint: str) -> None:
    assert cli.fails(1, "projects", "create", "x", *words) == complaint
    assert cli.json("projects", "--json")["projects"] == []


@pytest.mark.parametrize("option", ["--rate", "--fixed-fee", "--estimated-hours"])
@pytest.mark.parametrize("amount", ["much", "-1", "1.234", "1e99", "nan"])
def test_amounts_that_are_none(cli: Cli, option: str, amount: str) -> None:
    said = cli.misused("projects", "create", "x", f"{option}={amount}")
    assert f"“{amount}” is not a" in said


def test_a_project_like_another(cli: Cli) -> None:
    cli("projects", "create", "Pattern", "--client", "Acme", "--rate", "50", "--template")
    cli("tasks", "create", "Pattern", "Plan", "--estimate", "2h")
    cli("tasks", "create", "Pattern", "Old")
    cli("tasks", "done", "Old")
    cli("projects", "create", "Site", "--like", "pattern", "--rate", "60")
    found = cli.json("projects", "show", "Site", "--json")["project"]
    assert (found["client"], found["rate"], found["template"]) == ("Acme", 60.0, None)
    assert found["tasks"] == ["Plan"]
    assert cli.json("tasks", "show", "Site/Plan", "--json")["task"]["estimated_seconds"] == 7200
    cli("undo")
    assert [each["name"] for each in cli.json("projects", "--json")["projects"]] == ["Pattern"]


def test_which_projects_are_listed(cli: Cli) -> None:
    for name, client in (("Web", "Acme"), ("Shop", "Acme"), ("Web app", "Bolt")):
        cli("projects", "create", name, "--client", client)
    cli("projects", "archive", "Shop")

    def names(*words: str) -> list[str]:
        return [each["name"] for each in cli.json("projects", *words, "--json")["projects"]]

    assert names() == names("--active") == ["Web", "Web app"]
    assert names("--archived") == ["Shop"]
    assert names("--all") == ["Shop", "Web", "Web app"]
    assert names("--client", "acme", "--all") == ["Shop", "Web"]
    assert names("--name", "APP") == ["Web app"]
    assert names("--all", "--per-page", "2", "--page", "2") == ["Web app"]
    assert cli("projects", "--name", "zzz") == (
        "No projects like that. `toggl-tray projects --all` lists them all.\n"
    )
    assert cli("clients", "projects", "acme", "--all").split()[1:3] == ["Shop", "Acme"]


def test_several_are_archived_and_deleted_in_one_step(cli: Cli) -> None:
    for name in ("a", "b", "c"):
        cli("projects", "create", name)
    assert cli("projects", "archive", "a", "b", "1") == (
        "Archived project 1: a\nArchived project 2: b\n"
    )
    assert "There is no project “d”" in cli.fails(1, "projects", "delete", "c", "d")
    assert "Deleted project 2: b\n" in cli("projects", "delete", "a", "b")
    assert [each["id"] for each in cli.json("projects", "--all", "--json")["projects"]] == [3]
    cli("undo")
    assert len(cli.json("projects", "--all", "--json")["projects"]) == 3


@pytest.mark.parametrize("choice", ["keep", "delete"])
def test_a_project_is_deleted_with_or_without_its_entries(cli: Cli, choice: str) -> None:
    cli("add", "x @Site 9:00-10:00", "--new")
    cli("add", "y 10:00-11:00")
    said = cli("projects", "delete", "site", "--entries", choice)
    assert said == "Deleted project 1: Site\n`toggl-tray undo` brings back what was deleted.\n"
    left = [each["description"] for each in cli.json("list", "--json")["entries"]]
    assert sorted(left) == (["x", "y"] if choice == "keep" else ["y"])
    cli("undo")
    assert {each["project"] for each in cli.json("list", "--json")["entries"]} == {"Site", None}


def test_the_notes_of_a_client(cli: Cli) -> None:
    cli("clients", "create", "Acme", "--notes", "pays late", "--reference", "C-7")
    found = cli.json("clients", "show", "acme", "--json")["client"]
    assert (found["notes"], found["reference"], found["projects"]) == ("pays late", "C-7", [])
    assert cli("clients", "change", "acme", "--notes", "") == "Changed client 1: Acme\n"
    assert cli.json("clients", "--json")["clients"][0]["notes"] is None
    assert "Nothing to change was given." in cli.fails(1, "clients", "change", "acme")
    assert "at most 3,000" in cli.fails(1, "clients", "change", "acme", "--notes", "x" * 3001)


def test_tags_and_clients_merge_and_go(cli: Cli) -> None:
    cli("add", "x #a 9:00-10:00")
    cli("tags", "create", "b")
    assert cli("tags", "merge", "a", "b") == "Merged “a” into tag 2: b\n"
    assert cli.json("list", "--json")["entries"][0]["tags"] == ["b"]
    assert "Deleted tag 2: b" in cli("tags", "delete", "b")
    assert cli.json("list", "--json")["entries"][0]["tags"] == []
    assert cli.json("tags", "create", "c", "--json") == {
        "v": 1,
        "tags": [{"id": 3, "name": "c", "archived": False, "workspace": "My workspace"}],
        "remarks": [],
    }
    assert cli.fails(1, "tags", "merge", "c", "c") == "That is the same tag. Choose another."


def test_the_life_of_a_task(cli: Cli) -> None:
    assert cli("tasks") == "No tasks yet. `toggl-tray tasks create PROJECT NAME` makes one.\n"
    cli("projects", "create", "Site")
    cli("projects", "create", "Shop")
    assert cli("tasks", "create", "Site", "Plan") == "Created task 1: Plan\n"
    cli("tasks", "create", "Shop", "Plan", "--estimate", "1:30")
    assert "Which “plan”?" in cli.fails(1, "tasks", "show", "plan")
    assert cli("tasks", "estimate", "site/plan", "2", "45m") == (
        "Changed task 1: Plan\nChanged task 2: Plan\n"
    )
    assert cli("tasks") == "1  Plan  Site  estimate 0:45\n2  Plan  Shop  estimate 0:45\n"
    assert cli("tasks", "assign", "1", "2", "77").startswith("Changed task 1: Plan\n")
    assert "Without an account" in cli.fails(1, "tasks", "assign", "1", "Ann")
    assert "Without an account" in cli.fails(1, "tasks", "assign", "1", "me")
    cli("tasks", "assign", "1", "nobody")
    cli("tasks", "estimate", "1", "none")
    found = cli.json("tasks", "show", "1", "--json")["task"]
    assert (found["assignee"], found["estimated_seconds"], found["done"]) == (None, None, False)
    assert cli("tasks", "done", "1", "2") == "Done: task 1: Plan\nDone: task 2: Plan\n"
    assert cli("tasks") == "All tasks are done. `toggl-tray tasks --all` lists them.\n"
    assert cli("tasks", "reopen", "Shop/Plan") == "Reopened task 2: Plan\n"
    assert cli("tasks", "--project", "site", "--done") == "1  Plan  Site  done\n"
    assert cli("projects", "tasks", "shop") == "2  Plan  Shop  estimate 0:45, for 77\n"
    cli("tasks", "delete", "1", "2")
    assert (
        cli("tasks", "--all") == "No tasks yet. `toggl-tray tasks create PROJECT NAME` makes one.\n"
    )


@pytest.mark.parametrize("words", [["start", "x @Site"], ["add", "x @Site 9:00-9:30"]])
def test_an_entry_of_a_billable_project_need_not_be(cli: Cli, words: list[str]) -> None:
    cli("projects", "create", "Site", "--billable")
    assert cli.json(*words, "--no-billable", "--json")["entry"]["billable"] is False
    assert cli.json(*words, "--billable", "--json")["entry"]["billable"] is True
    assert cli.json(*words, "--json")["entry"]["billable"] is True
