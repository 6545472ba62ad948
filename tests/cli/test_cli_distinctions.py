"""What has one name for several clients or workspaces, as a terminal shows and takes it."""

import os

import pytest

from tests.cli.conftest import Cli
from tests.fakes.pseudo_language import speaking_pseudo
from tray.cli.completed_line import lines
from tray.cli.context import Context
from tray.language import tr
from tray.model.workspace_names import FIRST_WORKSPACE
from tray.store.opening import open_database


@pytest.fixture
def twins(cli: Cli) -> Cli:
    """Three projects “Web”, of two clients and of two workspaces, and a tag “call” in each."""
    cli("projects", "create", "Web", "--client", "Acme")
    cli("projects", "create", "Web", "--client", "Initech")
    cli("tags", "create", "call")
    with open_database(f"{cli.home}/toggl-tray.db") as db:
        db.run("INSERT INTO workspace (id, name) VALUES (2, 'Work')")
        db.run("UPDATE workspace SET name = 'Home' WHERE id = 1")
        db.run("INSERT INTO client (workspace_id, name) VALUES (2, 'Acme')")
        db.run(
            "INSERT INTO project (workspace_id, name, client_id, colour) "
            "VALUES (2, 'Web', 3, '#0b83d9')"
        )
        db.run("INSERT INTO tag (workspace_id, name) VALUES (2, 'call'), (2, 'mail')")
    return cli


def test_a_new_workspace_is_called_in_the_language_and_stored_as_ever(cli: Cli) -> None:
    cli("projects", "create", "Web")
    with speaking_pseudo():
        name = tr(FIRST_WORKSPACE)
        assert name in cli("workspaces")
        assert name in cli("projects", "show", "Web")
        for given in (name, FIRST_WORKSPACE):
            assert name in cli("workspaces", "use", given)
            assert "Web" in cli("projects", "--workspace", given)
        assert cli.json("workspaces", "--json")["workspaces"][0]["name"] == FIRST_WORKSPACE
        assert cli.json("projects", "--json")["projects"][0]["workspace"] == FIRST_WORKSPACE
        cli("export", f"{cli.home}/out.json")
    assert FIRST_WORKSPACE in (cli.home / "out.json").read_text()


def test_lists_and_status_say_which(twins: Cli) -> None:
    twins("start", 'Review @"Web (Acme, Work)" #call')
    assert "Review · Web (Acme, Work) · #call" in twins("status")
    twins("stop")
    assert "Review · Web (Acme, Work) · #call" in twins("list")
    twins("favourites", "pin", "--entry", "last")
    assert "Review · Web (Acme, Work)" in twins("favourites")


def test_json_says_whose_and_where(twins: Cli) -> None:
    twins("add", 'Review @"Web (Initech)" -45m')
    [entry] = twins.json("list", "--json")["entries"]
    assert (entry["project"], entry["client"], entry["workspace"]) == ("Web", "Initech", "Home")
    twins("favourites", "pin", "--entry", "last")
    [pinned] = twins.json("favourites", "--json")["favourites"]
    assert (pinned["project"], pinned["client"], pinned["workspace"]) == ("Web", "Initech", "Home")
    found = twins.json("projects", "--json")["projects"]
    assert [(each["client"], each["workspace"]) for each in found] == [
        ("Acme", "Home"),
        ("Initech", "Home"),
        ("Acme", "Work"),
    ]


def test_the_catalogue_says_where_once_there_are_several_workspaces(twins: Cli) -> None:
    assert [line.split()[1:] for line in twins("projects").splitlines()] == [
        ["Web", "Acme", "Home"],
        ["Web", "Initech", "Home"],
        ["Web", "Acme", "Work"],
    ]
    assert [line.split()[1:] for line in twins("tags").splitlines()] == [
        ["call", "Home"],
        ["call", "Work"],
        ["mail", "Work"],
    ]


def test_what_is_ambiguous_is_refused_with_the_names_that_are_not(twins: Cli) -> None:
    refusal = twins.fails(1, "start", "Review @Web")
    assert "“Web (Acme, Home)”, “Web (Initech)”, “Web (Acme, Work)”" in refusal
    twins("projects", "archive", "Web (Acme, Work)")
    twins("clients", "rename", "acme (work)", "Globex")
    assert "Globex" in twins("clients")


def test_a_line_goes_on_with_names_that_say_which(twins: Cli) -> None:
    twins("add", 'Review @"Web (Initech)" -45m')
    context = Context(os.environ)
    assert lines(context, 'x @"') == [
        'x @"Web (Acme, Home)"',
        'x @"Web (Initech)"',
        'x @"Web (Acme, Work)"',
    ]
    in_work = 'x @"Web (Acme, Work)"'
    assert lines(context, f"{in_work} #") == [f"{in_work} #call", f"{in_work} #mail"]
    assert lines(context, "x #") == ["x #call", "x #mail"]
    assert lines(context, "Rev") == ['Review @"Web (Initech)"']
    context.close()
