"""``--refresh`` and ``--mine``: what the server has now, shown and kept nowhere."""

import pytest

from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server


@pytest.fixture(params=["url", "v8_url"])
def there(
    cli: Cli,
    toggl: Server,
    keyring: FakeKeyring,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Cli:
    """Signed in, with a client, two projects and a task."""
    del keyring
    account = toggl.account
    account.workspace.premium = True
    client = account.add_client("Acme")
    site = account.add_project("Site", client_id=client)
    account.add_project("Shop")
    account.add_task(site, "Draw")
    account.add_tag("billed")
    monkeypatch.setenv("TOGGL_API_URL", getattr(toggl, request.param))
    cli.is_typed(account.token)
    cli.with_remarks("login")
    cli.with_remarks("sync")
    return cli


def test_what_was_made_elsewhere_is_listed_and_not_taken_in(there: Cli, toggl: Server) -> None:
    toggl.account.add_project("Farm")
    toggl.account.edit_project(next(iter(toggl.account.projects)), active=False)
    found = there.json("projects", "--refresh", "--json")["projects"]
    assert [(each["name"], each["id"] is None) for each in found] == [
        ("Shop", False),
        ("Farm", True),
    ]
    archived = there.json("projects", "-w", "Workspace", "--archived", "--refresh", "--json")
    assert [(each["name"], each["client"]) for each in archived["projects"]] == [("Site", "Acme")]
    assert "Farm" not in there("projects", "--all")
    assert "Farm" in there("projects", "-w", "Workspace", "--refresh")
    assert "There is no workspace" in there.fails(1, "projects", "-w", "Office", "--refresh")


def test_one_thing_beside_ours(there: Cli, toggl: Server) -> None:
    toggl.account.edit_client(next(iter(toggl.account.clients)), "Acme Ltd")
    assert "On the server" in there("clients", "show", "Acme", "--refresh")
    shown = there.json("clients", "show", "Acme", "--refresh", "--json")
    assert (shown["client"]["name"], shown["server"]["name"]) == ("Acme", "Acme Ltd")
    assert there.json("tasks", "show", "Draw", "--refresh", "--json")["server"]["project"] == "Site"
    toggl.account.delete_project(next(iter(toggl.account.projects)))
    assert "does not exist" in there.fails(1, "projects", "show", "Site", "--refresh")


def test_what_belongs_to_something(there: Cli, toggl: Server) -> None:
    toggl.account.add_task(next(iter(toggl.account.projects)), "Write")
    found = there.json("projects", "tasks", "Site", "--refresh", "--json")["tasks"]
    assert [each["name"] for each in found] == ["Draw", "Write"]
    assert "Site" in there("clients", "projects", "Acme", "--refresh")
    assert "Write" in there("tasks", "--project", "Site", "--refresh")
    assert "Site" in there("projects", "--client", "Acme", "--refresh")
    assert there("tags", "--name", "zz", "--refresh") == "The server has none like that.\n"


def test_those_that_one_takes_part_in(there: Cli, toggl: Server) -> None:
    account = toggl.account
    assert there("projects", "--mine").startswith("No projects like that.")
    shop = next(each.id for each in account.projects.values() if each.name == "Shop")
    account.add_to_project(shop, account.user_id)
    assert there("projects", "--mine") == "2  Shop\n"
    assert "either --mine or" in there.fails(1, "projects", "--mine", "--refresh")


def test_what_runs_elsewhere_is_known_at_once(there: Cli, toggl: Server) -> None:
    there.now += 5
    toggl.account.start("Elsewhere")
    assert "Elsewhere" in there.with_remarks("status", "--refresh")[0]
