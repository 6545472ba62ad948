"""Workspaces, members, invitations, groups, the dashboard and who takes part in a project."""

import json

import pytest

from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server

HOUR = 3600


@pytest.fixture
def team(signed_in: Cli, toggl: Server) -> Cli:
    """A paid workspace with Ann and Bob in it, and a project here and there."""
    toggl.account.workspace.premium = True
    toggl.account.add_member("ann@example.org", "Ann Smith")
    toggl.account.add_member("bob@example.org", "Bob")
    toggl.account.add_project("Website")
    signed_in("sync")
    return signed_in


def user_id(toggl: Server, name: str) -> int:
    return next(each.user_id for each in toggl.account.memberships.values() if each.name == name)


def test_the_workspaces_are_listed_without_a_request(team: Cli, toggl: Server) -> None:
    before = len(toggl.log)
    assert team("workspaces") == "1  Workspace  new things go here, admin, paid plan\n"
    (only,) = team.json("workspaces", "--json")["workspaces"]
    assert only == {
        "id": 1,
        "name": "Workspace",
        "used_for_new": True,
        "role": "admin",
        "paid": True,
    }
    assert len(toggl.log) == before
    assert team("workspaces", "--refresh") == "Workspace  admin  paid plan\n"
    assert toggl.log[-1].path == "/api/v9/me/workspaces"


def test_before_there_is_an_account(cli: Cli) -> None:
    assert "on this computer only" in cli("workspaces")
    assert cli.fails(1, "members").startswith("Nobody is signed in.")


def test_new_things_go_elsewhere(team: Cli, toggl: Server) -> None:
    toggl.account.add_workspace("Other")
    team.now += 4000
    team("sync")
    assert team("workspaces", "use", "other") == (
        "New entries, projects, clients and tags go to Other.\n"
    )
    assert "Did you mean" in team.fails(1, "workspaces", "use", "Othre")
    assert team.json("workspaces", "--json")["workspaces"][1]["used_for_new"]


def test_the_rules_of_a_workspace(team: Cli, toggl: Server) -> None:
    said = team(
        *("workspaces", "change", "--name", "Office", "--currency", "EUR", "--rate", "50"),
        *("--rounding", "up", "--rounding-minutes", "15", "--projects", "admins"),
    )
    assert "rounding             up, to 15 min" in said
    assert toggl.account.workspace.name == "Office"
    assert "Office" in team("workspaces")
    shown = team.json("workspaces", "show", "Office", "--json")["workspace"]
    assert (shown["id"], shown["default_currency"], shown["only_admins_may_create_projects"]) == (
        1,
        "EUR",
        True,
    )
    assert team.fails(1, "workspaces", "change").startswith("Name at least one thing")
    assert "ann@example.org" in team("workspaces", "users")
    assert len(team.json("workspaces", "users", "--json")["users"]) == 3


def test_members(team: Cli, toggl: Server) -> None:
    assert "Ann Smith" in team("members")
    assert team("members", "role", "ann", "admin") == "Ann Smith is admin now.\n"
    assert team("members", "rate", "ann@example.org", "12.5") == (
        "Ann Smith costs 12.5 an hour now.\n"
    )
    assert "what they tracked stays" in team("members", "deactivate", "Ann Smith")
    member = toggl.account.member(user_id(toggl, "Ann Smith"))
    assert (member.role, member.rate, member.inactive) == ("admin", 12.5, True)
    assert "let in again" in team("members", "activate", str(member.id))
    assert "Nothing was changed." in team.fails(1, "members", "remove", "bob")
    assert team("members", "remove", "bob", "--yes") == "Bob is no longer in Workspace.\n"
    names = [each["name"] for each in team.json("members", "--json")["members"]]
    assert sorted(names) == ["Ann Smith", "Test User"]
    assert "Nobody called “bob”" in team.fails(1, "members", "role", "bob", "user")


def test_a_name_that_could_be_two(team: Cli, toggl: Server) -> None:
    toggl.account.add_member("anna@example.org", "Anna Jones")
    assert "It could be Ann Smith <ann@example.org> or Anna Jones" in team.fails(
        1, "members", "role", "an", "admin"
    )


def test_invitations(team: Cli, toggl: Server) -> None:
    assert team("invite", "carl@example.org") == "carl@example.org  invited\n"
    said, sentence = team.half_done(1, "invite", "dora@example.org", "ann@example.org")
    assert said.splitlines() == [
        "dora@example.org  invited",
        "ann@example.org   not invited  ann@example.org is already in this workspace",
    ]
    assert sentence == "Not invited: ann@example.org."
    assert "no e-mail address" in team.fails(1, "invite", "nobody")
    invited = [each.email for each in toggl.account.memberships.values() if not each.joined]
    assert invited == ["carl@example.org", "dora@example.org"]
    assert "invited" in team("members")
    (one,) = team.json("invite", "--json", "eve@example.org")["invitations"]
    assert one == {"email": "eve@example.org", "invited": True, "message": ""}


def test_groups(team: Cli, toggl: Server) -> None:
    assert team("groups") == "Workspace has no groups.\n"
    toggl.account.add_group("Designers", user_id(toggl, "Bob"))
    assert team("groups") == "Designers  Bob\n"
    assert team.json("groups", "--json")["groups"][0]["members"] == ["Bob"]


def test_the_dashboard(team: Cli, toggl: Server) -> None:
    assert team("dashboard") == "Nothing was tracked in the last days.\n"
    ann, now = user_id(toggl, "Ann Smith"), team.now
    (project,) = toggl.account.projects
    toggl.account.other_tracks(ann, "Draw", now - 3 * HOUR, now - HOUR, project_id=project)
    toggl.account.other_tracks(ann, "", now - 600, None)
    assert team("dashboard").splitlines() == [
        "Most active in the last seven days",
        "Ann Smith  2:10",
        "",
        "Now",
        "Ann Smith  (no description)    0:10  since 11:50",
        "",
        "Lately",
        "Ann Smith  Draw  Website  2:00  until 11:00",
    ]
    found = team.json("dashboard", "--json", "-n", "1")
    assert found["most_active"] == [{"user": "Ann Smith", "seconds": 7800}]
    assert [each["running"] for each in found["activity"]] == [True]


def test_who_takes_part_in_a_project(team: Cli, toggl: Server) -> None:
    assert team("projects", "users", "Website") == "Nobody was added to Website.\n"
    assert team("projects", "users", "Website", "add", "ann", "bob", "--manager") == (
        "Added to Website: Ann Smith, Bob.\n"
    )
    before = len(toggl.log)
    assert "Changed" in team("projects", "users", "website", "change", "ann", "bob", "--no-manager")
    paths = [each.method for each in toggl.log[before:]]
    assert paths == ["GET", "GET", "PATCH"]
    assert "Changed" in team("projects", "users", "Website", "change", "ann", "--rate", "20")
    assert team("projects", "users", "Website").splitlines() == [
        "Ann Smith  ann@example.org  20 an hour",
        "Bob        bob@example.org",
    ]
    said, sentence = team.half_done(1, "projects", "users", "Website", "add", "ann", "test user")
    assert said == "Added to Website: Test User.\n"
    assert sentence == ("The server did not do it for Ann Smith (Project user already exists).")
    assert "Removed" in team("projects", "users", "Website", "remove", "ann", "bob")
    (left,) = team.json("projects", "users", "Website", "--json")["users"]
    assert (left["name"], left["manager"]) == ("Test User", False)
    change = ("projects", "users", "Website", "change")
    assert "takes no part" in team.fails(1, *change, "bob", "--manager")
    assert team.fails(1, "projects", "users", "Website", "add") == (
        "Name at least one user, by name or e-mail address."
    )


def test_a_project_that_is_only_here(team: Cli) -> None:
    team("projects", "create", "New")
    assert team.fails(1, "projects", "users", "New") == (
        "“New” is not in the account yet. `toggl-tray sync` sends it."
    )


COMMANDS = [
    ["workspaces", "change", "--name", "Mine"],
    ["members"],
    ["members", "role", "ann", "admin"],
    ["invite", "carl@example.org"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_role_that_is_not_enough(team: Cli, toggl: Server, words: list[str]) -> None:
    toggl.account.workspace.admin = False
    if words != ["members", "role", "ann", "admin"]:
        assert "not allowed to your account" in team.fails(1, *words)
    team.now += 4000
    team("sync")
    before = len(toggl.log)
    assert team.fails(1, *words).startswith("Only administrators of “Workspace” may do that")
    assert len(toggl.log) == before
    assert toggl.account.workspace.name == "Workspace"


@pytest.mark.parametrize(
    "words",
    [
        ["workspaces", "change", "--currency", "EUR"],
        ["members", "rate", "ann", "5"],
        ["projects", "users", "Website", "add", "ann", "--rate", "5"],
    ],
    ids=" ".join,
)
def test_a_plan_that_is_not_enough(team: Cli, toggl: Server, words: list[str]) -> None:
    toggl.account.workspace.premium = False
    assert "127.0.0.1 wants a paid plan for this" in team.fails(1, *words)
    assert not toggl.account.project_parts
    assert "default_currency" not in toggl.account.workspace.rules


@pytest.mark.parametrize(
    "words", [["dashboard"], ["workspaces", "show"], ["invite", "carl@example.org"]], ids=" ".join
)
def test_without_a_network_and_without_requests(team: Cli, toggl: Server, words: list[str]) -> None:
    organization = f"organization {toggl.account.workspace.organization_id}"
    toggl.quota.spend(organization, team.now)
    assert "used up" in team.fails(5, *words)
    before = len(toggl.log)
    assert "There are new ones in" in team.fails(5, *words)
    assert len(toggl.log) == before
    team.now += 4000
    toggl.stop()
    sentence = team.fails(5, *words)
    assert "accepts no connections" in sentence
    assert "tried again" not in sentence


def test_what_v8_has_not(
    cli: Cli, toggl: Server, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_URL", toggl.v8_url)
    toggl.account.workspace.premium = True
    toggl.account.add_member("ann@example.org", "Ann Smith")
    cli.is_typed(toggl.account.token)
    cli("login")
    assert "does not offer this: v8 changes nothing of a member" in cli.fails(
        1, "members", "deactivate", "ann"
    )
    assert "is admin now" in cli("members", "role", "ann", "admin")
    assert json.loads(cli("dashboard", "--json"))["activity"] == []


def test_an_entry_is_added_for_somebody_else_and_not_kept_here(team: Cli, toggl: Server) -> None:
    before = team("list", "all")
    line = "Call @Website #urgent 9:00-9:30"
    assert team("add", line, "--for", "ann") == "Added for Ann Smith: Call\n"
    body = json.loads(toggl.log[-1].request.body)
    assert body["user_id"] == user_id(toggl, "Ann Smith")
    assert (body["description"], body["tags"], body["duration"]) == ("Call", ["urgent"], 1800)
    assert body["project_id"] == next(iter(toggl.account.projects))
    assert team("list", "all") == before
    assert "There is no project “Webste”." in team.fails(
        1, "add", "x @Webste 9:00-9:30", "--for", "ann"
    )
    assert "no task “Draw”" in team.fails(1, "add", "x @Website/Draw 9:00-9:30", "--for", "ann")
    assert team.fails(1, "add", "x 9:00-9:30", "--for", "zoe").startswith("Nobody called “zoe”")
