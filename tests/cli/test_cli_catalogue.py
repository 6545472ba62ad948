"""Projects with their tasks, clients and tags, as typed."""

import pytest

from tests.cli.conftest import Cli

KINDS = ["project", "client", "tag"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_life_of_a_name(cli: Cli, kind: str) -> None:
    command = f"{kind}s"
    assert cli(command) == f"No {kind}s yet. `toggl-tray {command} create NAME` makes one.\n"
    assert cli(command, "create", "two  words") == f"Created {kind} 1: two words\n"
    assert cli(command, "rename", "Two Words", "客户") == f"Renamed {kind} 1: 客户\n"
    assert cli(command) == "1  客户\n"
    assert cli(command, "archive", "1") == f"Archived {kind} 1: 客户\n"
    assert cli(command) == f"All {kind}s are archived. `toggl-tray {command} --all` lists them.\n"
    assert cli(command, "--all").split() == ["1", "客户", "archived"]
    assert cli(command, "restore", "客户") == f"Restored {kind} 1: 客户\n"
    assert cli(command, "--all") == "1  客户\n"


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_cannot_be(cli: Cli, kind: str) -> None:
    command = f"{kind}s"
    cli(command, "create", "Acme")
    taken = f"There is a {kind} called “Acme” already. Choose another name."
    assert cli.fails(1, command, "create", "ACME") == taken
    cli(command, "create", "Other")
    assert cli.fails(1, command, "rename", "other", "acme") == taken
    assert cli.fails(1, command, "create", " ") == (
        f"The name of a {kind} cannot be empty. Give it one."
    )
    assert "at most 255 characters" in cli.fails(1, command, "create", "x" * 256)
    for action in (["rename", "Acma", "x"], ["archive", "Acma"], ["restore", "Acma"]):
        assert cli.fails(1, command, *action) == (
            f"There is no {kind} “Acma”. Did you mean “Acme”? "
            f"`toggl-tray {command} --all` lists them."
        )
    assert cli.fails(1, command, "archive", "7").startswith(f"There is no {kind} 7.")
    assert f"There is no {kind} “111" in cli.fails(1, command, "archive", "1" * 5_000)
    cli(command, "archive", "Acme")
    assert "already (it is archived)" in cli.fails(1, command, "create", "Acme")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["create"], "the following arguments are required: name"),
        (["rename", "x"], "the following arguments are required: name"),
        (["archive"], "the following arguments are required: which"),
        (["destroy", "x"], "argument ACTION: invalid choice: 'destroy'"),
        (["create", "x", "y"], "unrecognized arguments: y"),
    ],
)
def test_a_wrong_command_line(cli: Cli, kind: str, words: list[str], complaint: str) -> None:
    assert cli.misused(f"{kind}s", *words).startswith(complaint)


def test_a_project_with_everything(cli: Cli) -> None:
    cli("projects", "create", "Site", "--client", "Acme", "--colour", "#00FF00", "--billable")
    cli("projects", "add-task", "site", "Text")
    assert cli("projects", "add-task", "1", "Pictures") == "Created task 2: Pictures\n"
    assert cli("projects") == "1  Site  Acme  $, tasks: Pictures, Text\n"
    assert cli.json("projects", "--json") == {
        "v": 1,
        "projects": [
            {
                "id": 1,
                "name": "Site",
                "archived": False,
                "client": "Acme",
                "colour": "#00ff00",
                "billable": True,
                "tasks": ["Pictures", "Text"],
                "private": None,
                "template": None,
                "auto_estimates": None,
                "rate": None,
                "estimated_hours": None,
                "fixed_fee": None,
                "start_date": None,
                "end_date": None,
                "workspace": "My workspace",
            }
        ],
    }
    assert cli("start", "x @site") == "Started x · Site · $ at 12:00\n"
    assert cli.fails(1, "projects", "add-task", "site", "text") == (
        "There is a task called “Text” already. Choose another name."
    )


def test_changing_a_project(cli: Cli) -> None:
    cli("projects", "create", "Site", "--no-client", "--no-billable")
    assert cli("projects", "change", "site", "--client", "Acme") == "Changed project 1: Site\n"
    assert cli("projects") == "1  Site  Acme\n"
    cli("projects", "change", "1", "--no-client", "--color", "#123456", "--billable")
    changed = cli.json("projects", "--json")["projects"][0]
    assert (changed["client"], changed["colour"], changed["billable"]) == (None, "#123456", True)
    cli("projects", "change", "1", "--no-billable")
    assert cli("projects") == "1  Site\n"
    assert cli.fails(1, "projects", "change", "1") == (
        "Nothing to change was given. `toggl-tray projects change --help` shows what can be."
    )
    assert "is not a colour" in cli.fails(1, "projects", "change", "1", "--colour", "red")
    complaint = cli.misused("projects", "change", "1", "--client", "x", "--no-client")
    assert complaint == "argument --no-client: not allowed with argument --client"


def test_clients_and_tags_as_json(cli: Cli) -> None:
    for kind in ("client", "tag"):
        cli(f"{kind}s", "create", "b")
        cli(f"{kind}s", "create", "a")
        cli(f"{kind}s", "archive", "b")
        more = {"notes": None, "reference": None} if kind == "client" else {}
        a = {"id": 2, "name": "a", "archived": False, **more, "workspace": "My workspace"}
        b = {"id": 1, "name": "b", "archived": True, **more, "workspace": "My workspace"}
        assert cli.json(f"{kind}s", "--json") == {"v": 1, f"{kind}s": [a]}
        assert cli.json(f"{kind}s", "--all", "--json") == {"v": 1, f"{kind}s": [a, b]}


def test_projects_of_one_name_are_told_apart(cli: Cli) -> None:
    cli("projects", "create", "Site", "--client", "Acme")
    cli("projects", "create", "Site", "--client", "Bolt")
    cli("projects", "create", "Site")
    assert cli.fails(1, "projects", "archive", "site") == (
        "Which “site”? There are several. Give its number: 1, 2 or 3."
    )
    assert cli("start", '@"Site (Bolt)" x') == "Started x · Site (Bolt) at 12:00\n"
    assert "Which “site”? There are “Site (Acme)”" in cli.fails(1, "start", "x @site")
    cli("projects", "archive", "3")
    cli("projects", "archive", "1")
    assert cli("projects", "archive", "site") == "Archived project 2: Site\n"
    assert "Give its number: 1, 2 or 3." in cli.fails(1, "projects", "restore", "site")


def test_what_is_archived_takes_no_new_entries(cli: Cli) -> None:
    cli("projects", "create", "Site")
    cli("projects", "archive", "Site")
    assert cli.fails(1, "start", "x @Site") == (
        "The project “Site” is archived. Take another, or restore it. "
        "`toggl-tray projects restore 1` does that."
    )


def test_renaming_reaches_entries(cli: Cli) -> None:
    cli("start", "x @Site #t", "--new")
    cli("projects", "rename", "Site", "Page")
    cli("tags", "rename", "t", "u")
    assert cli("status").startswith("x · Page · #u\n")
