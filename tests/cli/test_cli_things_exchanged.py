"""Projects, clients, tags and tasks from the terminal to the server, with plan, role and faults."""

import re

import pytest

from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server


def test_all_fields_reach_the_server(signed_in: Cli, toggl: Server) -> None:
    account = toggl.account
    account.workspace.premium = True
    signed_in("sync")
    signed_in("clients", "create", "Acme", "--notes", "pays late", "--reference", "C-7")
    terms = ["--estimated-hours", "40", "--rate", "75.5", "--fixed-fee", "1000", "--template"]
    dates = ["--start-date", "2026-03-01", "--end-date", "2026-03-31", "--no-private"]
    signed_in("projects", "create", "Site", "--client", "Acme", *terms, *dates)
    signed_in("tasks", "create", "Site", "Plan", "--estimate", "1:30", "--assign", "me")
    signed_in("sync")
    (client,), (project,) = account.clients.values(), account.projects.values()
    (task,) = account.tasks.values()
    assert (client.notes, client.external_reference) == ("pays late", "C-7")
    assert (project.rate, project.fixed_fee, project.estimated_hours) == (75.5, 1000, 40)
    assert (project.template, project.is_private, project.client_id) == (True, False, client.id)
    assert (project.start_date, project.end_date) == ("2026-03-01", "2026-03-31")
    assert (task.estimated_seconds, task.user_id) == (5_400, account.user_id)
    account.edit_project(project.id, rate=80.25, end_date=None)
    signed_in.now += 5
    signed_in("sync")
    found = signed_in.json("projects", "show", "Site", "--json")["project"]
    assert (found["rate"], found["end_date"], found["private"]) == (80.25, None, False)
    mine = signed_in("tasks", "--mine")
    assert mine == f"1  Plan  Site  estimate 1:30, for {account.user_id}\n"


def test_a_task_is_assigned_by_name_which_is_asked_for_once(signed_in: Cli, toggl: Server) -> None:
    ann = toggl.account.add_member("ann@example.org", "Ann Smith")
    toggl.account.add_member("anton@example.org", "Anton")
    toggl.account.workspace.premium = True
    signed_in("sync")
    signed_in("projects", "create", "Site")
    before = len(toggl.log)
    signed_in("tasks", "create", "Site", "Plan", "--assign", "ann@example.org")
    signed_in("tasks", "assign", "Plan", "Anton")
    signed_in("tasks", "assign", "Plan", "smith")
    assert len(toggl.log) == before + 1
    assert signed_in("tasks") == "1  Plan  Site  for Ann Smith\n"
    shown = signed_in.json("tasks", "show", "Plan", "--json")["task"]
    assert (shown["assignee"], shown["assignee_name"]) == (ann, "Ann Smith")
    assert re.search("^assignee +Ann Smith$", signed_in("tasks", "show", "Plan"), re.MULTILINE)
    assert "It could be" in signed_in.fails(1, "tasks", "assign", "Plan", "an")
    assert "Nobody called “Zoe”" in signed_in.fails(1, "tasks", "assign", "Plan", "Zoe")
    signed_in("sync")
    assert [task.user_id for task in toggl.account.tasks.values()] == [ann]


def test_several_changes_are_one_request(signed_in: Cli, toggl: Server) -> None:
    signed_in("projects", "create", "Site")
    signed_in("sync")
    before = len(toggl.log)
    signed_in("projects", "change", "Site", "--name", "Page", "--start-date", "2026-03-01")
    signed_in("projects", "archive", "Page")
    signed_in("projects", "restore", "Page")
    signed_in("clients", "create", "Zoo")
    signed_in("clients", "delete", "Zoo")
    signed_in("sync")
    sent = [each.method for each in toggl.log[before:] if each.method != "GET"]
    assert sent == ["PUT"]


@pytest.fixture
def by_gateway(
    cli: Cli, toggl: Server, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> Cli:
    """A command line that is signed in through a gateway, behind which Toggl itself is."""
    monkeypatch.setenv("TOGGL_API_URL", toggl.gateway_url)
    cli.is_typed(toggl.service.gateway.key)
    cli("login")
    assert keyring.secrets
    return cli


def test_what_the_plan_lacks_is_said_before_and_stays_here(by_gateway: Cli, toggl: Server) -> None:
    signed_in = by_gateway
    signed_in("sync")
    said, remark = signed_in.with_remarks("projects", "create", "Site", "--rate", "50")
    assert said == "Created project 1: Site\n"
    sentence = "The workspace's plan has no hourly rate, so that stays on this computer."
    assert remark == f"toggl-tray: {sentence}\n"
    _, remark = signed_in.with_remarks("tasks", "create", "Site", "Plan")
    assert "The workspace's plan has no tasks" in remark
    found = signed_in.json("projects", "change", "Site", "--fixed-fee", "9", "--json")
    assert "no fixed fee" in found["remarks"][0]
    signed_in("clients", "create", "Acme")
    _, remark = signed_in.with_remarks("clients", "archive", "Acme")
    assert "no archived clients" in remark
    signed_in("sync")
    assert {each.status for each in toggl.log} == {200}
    (project,) = toggl.account.projects.values()
    assert (project.name, project.rate, project.fixed_fee) == ("Site", None, None)
    assert signed_in.json("projects", "show", "Site", "--json")["project"]["rate"] == 50


def test_a_role_that_is_lacking_is_said_before(signed_in: Cli, toggl: Server) -> None:
    toggl.account.workspace.rules["only_admins_may_create_projects"] = True
    toggl.account.workspace.admin = False
    signed_in("sync")
    before = len(toggl.log)
    said = signed_in.fails(1, "projects", "create", "Site")
    assert said.startswith("Only administrators of “")
    assert said.endswith("may make projects. Ask one of them, or take a project that is there.")
    assert signed_in.json("projects", "--all", "--json")["projects"] == []
    assert len(toggl.log) == before


def test_what_is_gone_there_counts_as_deleted(signed_in: Cli, toggl: Server) -> None:
    for kind in ("projects", "clients", "tags"):
        signed_in(kind, "create", "x")
    signed_in("sync")
    account = toggl.account
    for table, delete in (
        (account.projects, account.delete_project),
        (account.clients, account.delete_client),
        (account.tags, account.delete_tag),
    ):
        delete(next(iter(table)))
    for kind in ("projects", "clients", "tags"):
        signed_in(kind, "delete", "x")
    signed_in("sync")
    assert signed_in("problems") == "Nothing waits for you.\n"
    assert signed_in.json("status", "--json")["sync"]["pending"] == 0


@pytest.mark.parametrize("choice", ["keep", "delete"])
def test_entries_stay_or_go_with_their_project(signed_in: Cli, toggl: Server, choice: str) -> None:
    for hour in range(9, 12):
        signed_in("add", f"x @Site {hour}:00-{hour}:30", "--new")
    signed_in("sync")
    signed_in("projects", "delete", "Site", "--entries", choice)
    signed_in("sync")
    assert [each.deleted_at is None for each in toggl.account.projects.values()] == [False]
    left = [each.project_id for each in toggl.account.entries()]
    assert left == ([None] * 3 if choice == "keep" else [])


def test_without_a_line_all_is_kept_and_sent_later(signed_in: Cli, toggl: Server) -> None:
    signed_in("sync")
    place = toggl.account.workspace.organization_id
    toggl.quota.spend(f"organization {place}", signed_in.now, 30)
    signed_in("clients", "create", "Acme")
    signed_in("projects", "create", "Site", "--client", "Acme")
    assert "requests" in signed_in.half_done(5, "sync")[1]
    assert signed_in.json("status", "--json")["sync"]["pending"] == 2
    signed_in.now += 3_700
    signed_in("sync")
    assert [each.name for each in toggl.account.projects.values()] == ["Site"]
