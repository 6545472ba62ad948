"""`--client` gives a project that is made with an entry its client."""

import json

from tests.cli.conftest import Cli


def test_the_client_is_made_with_the_project_and_undone_with_it(cli: Cli) -> None:
    assert "Website" in cli("start", "Plan @Website", "--new", "--client", "Acme")
    (project,) = json.loads(cli("projects", "--json"))["projects"]
    assert (project["name"], project["client"]) == ("Website", "Acme")
    assert "Website" in cli("add", "Sketch @Website 9:00-10:00", "--new", "--client", "acme")
    assert len(json.loads(cli("projects", "--json"))["projects"]) == 1
    cli("undo")
    cli("undo")
    assert json.loads(cli("projects", "--json"))["projects"] == []
    assert json.loads(cli("clients", "--json"))["clients"] == []


def test_without_new_nothing_is_made(cli: Cli) -> None:
    assert "Website" in cli.fails(1, "start", "Plan @Website", "--client", "Acme")
    assert json.loads(cli("clients", "--json"))["clients"] == []


def test_a_client_without_a_project_is_a_mistake(cli: Cli) -> None:
    for words in (
        ("Plan", "--client", "Acme"),
        ("Plan @P", "--client", ""),
        ("P @P", "--client", "a)"),
    ):
        assert "--client" in cli.fails(1, "start", *words)
