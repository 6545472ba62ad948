"""The same promises, kept over v9, through a gateway and over v8, by a server with a memory."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.api.rig import DAY, HOUR, NOW, Rig
from tests.fakes.toggl import Account, MountedAdapter, serve
from tray.api.remote_api import NotOffered
from tray.api.remote_values import EntryFields, ResponseInfo
from tray.api.toggl_v9 import TogglV9
from tray.errors import (
    AlreadyStopped,
    BadReply,
    EndpointGone,
    GatewayRefused,
    Gone,
    NoAccess,
    NoAnswer,
    Offline,
    PremiumNeeded,
    QuotaSpent,
    RemoteError,
    ServerFailed,
    ServerRefused,
    SignInRefused,
    TooFast,
    TooLong,
)

FAULTS: Final[dict[str, type[RemoteError]]] = {
    "drop_before_commit": NoAnswer,
    "drop_after_commit": NoAnswer,
    "reset_before_commit": NoAnswer,
    "reset_after_commit": NoAnswer,
    "late": NoAnswer,
    "truncated": NoAnswer,
    "html_502_before": ServerFailed,
    "html_502_after": ServerFailed,
    "html_429": TooFast,
    "wrong_type": BadReply,
    "huge": TooLong,
}


@pytest.fixture(params=["v9", "gateway", "v8"])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    account = Account(lambda: NOW)
    with serve(account) as server:
        server.quota.enforced = False
        rig = Rig(request.param, server)
        yield rig
        rig.toggl.close()


class TestContract:
    """What `Toggl` promises, whatever is spoken."""

    def test_me_tells_all_that_belongs_to_the_account(self, rig: Rig) -> None:
        account = rig.account
        client = account.add_client("Client")
        project = account.add_project("Project", client_id=client, color="#06a893")
        tag = account.add_tag("tag")
        entry = account.add(NOW - HOUR, NOW, description="Entry", project_id=project, tags=["tag"])
        me = rig.toggl.me()
        assert me.user_id == account.user_id
        assert me.default_workspace_id == account.workspace_id
        assert me.email == account.email
        assert me.api_token == ("" if rig.protocol == "gateway" else account.token)
        assert [each.id for each in me.workspaces] == [account.workspace_id]
        assert [(each.id, each.name) for each in me.clients] == [(client, "Client")]
        assert [(each.id, each.client_id, each.colour) for each in me.projects] == [
            (project, client, "#06a893")
        ]
        assert [(each.id, each.name) for each in me.tags] == [(tag, "tag")]
        assert [each.id for each in me.entries] == [entry]
        assert me.entries[0] == rig.as_kept(me.entries[0])
        assert me.tasks == ()

    def test_an_entry_is_kept_as_it_was_made(self, rig: Rig) -> None:
        project = rig.account.add_project("Project")
        made = rig.create(description="Écriture ✓", project_id=project, tags=("new", "other"))
        assert (made.description, made.project_id) == ("Écriture ✓", project)
        assert sorted(made.tags) == ["new", "other"]
        assert made.id > 2**31
        assert made.at > 0
        assert made == rig.as_kept(made)
        assert rig.toggl.entry(made.id)._replace(at=made.at) == made
        assert len(rig.account.entries()) == 1

    def test_an_entry_runs_until_it_is_stopped(self, rig: Rig) -> None:
        assert rig.toggl.current() is None
        made = rig.create(start=NOW - 60, stop=None)
        assert made.stop is None
        current = rig.toggl.current()
        assert current is not None
        assert (current.id, current.start, current.stop) == (made.id, NOW - 60, None)
        stopped = rig.toggl.stop_entry(made.workspace_id, made.id)
        assert (stopped.start, stopped.stop) == (NOW - 60, NOW)
        assert rig.toggl.current() is None
        with pytest.raises(AlreadyStopped):
            rig.toggl.stop_entry(made.workspace_id, made.id)

    def test_what_another_device_started_is_seen_to_run(self, rig: Rig) -> None:
        entry = rig.account.start("On the phone")
        current = rig.toggl.current()
        assert current is not None
        assert current == rig.as_kept(current)
        assert (current.id, current.stop) == (entry, None)

    def test_a_second_start_stops_the_first(self, rig: Rig) -> None:
        first = rig.create(start=NOW - 60, stop=None)
        second = rig.create(start=NOW - 30, stop=None)
        assert rig.toggl.entry(first.id).stop == NOW
        assert rig.toggl.entry(second.id).stop is None

    def test_each_field_can_be_changed_and_cleared(self, rig: Rig) -> None:
        project = rig.account.add_project("Project")
        made = rig.create(description="x", project_id=project, tags=("a",))
        changes: list[EntryFields] = [
            {"description": "y"},
            {"description": ""},
            {"project_id": None},
            {"project_id": project},
            {"tags": ("b", "c")},
            {"tags": ()},
            {"start": NOW - 3 * HOUR, "stop": NOW - 2 * HOUR},
            {"start": NOW - 3 * HOUR, "stop": NOW - 3 * HOUR},
            {"start": NOW - 3 * HOUR, "stop": None},
            {"start": NOW - 4 * HOUR, "stop": NOW, "description": "end"},
        ]
        expected = made
        for change in changes:
            changed = rig.toggl.update_entry(made.workspace_id, made.id, change)
            expected = expected._replace(**change)
            plain = {"at": 0, "tag_ids": ()}
            assert changed._replace(**plain) == expected._replace(**plain)  # type: ignore[arg-type]
            assert changed == rig.as_kept(changed)

    def test_what_is_deleted_is_gone(self, rig: Rig) -> None:
        made = rig.create()
        rig.toggl.delete_entry(made.workspace_id, made.id)
        assert rig.account.deleted() == [made.id]
        for ask in (
            lambda: rig.toggl.delete_entry(made.workspace_id, made.id),
            lambda: rig.toggl.entry(made.id),
            lambda: rig.toggl.update_entry(made.workspace_id, made.id, {"description": "x"}),
            lambda: rig.toggl.stop_entry(made.workspace_id, made.id),
        ):
            with pytest.raises(Gone):
                ask()

    def test_a_time_has_the_entries_that_start_in_it(self, rig: Rig) -> None:
        begin, end = NOW - 30 * DAY, NOW - 29 * DAY
        starts = (begin - 1, begin, begin + HOUR, end - 1, end)
        ids = [rig.account.add(start, start + 60) for start in starts]
        page = rig.toggl.entries_between(begin, end)
        assert [each.id for each in page.entries] == [ids[3], ids[2], ids[1]]
        assert page.complete
        assert rig.toggl.entries_between(end + DAY, end + 2 * DAY).entries == ()

    def test_no_entry_is_left_out_in_silence(self, rig: Rig) -> None:
        begin = NOW - 10 * DAY
        ids = [rig.account.add(begin + 60 * number, begin + 60 * number) for number in range(1_500)]
        page = rig.toggl.entries_between(begin, NOW)
        found = {each.id: each for each in page.entries}
        while not page.complete:
            page = rig.toggl.entries_between(begin, page.entries[-1].start + 1)
            found |= {each.id: each for each in page.entries}
        assert sorted(found) == ids

    def test_deletions_are_told_or_it_is_said_that_they_are_not(self, rig: Rig) -> None:
        kept, gone = (rig.account.add(NOW - HOUR, NOW) for _ in range(2))
        rig.account.delete(gone)
        if not rig.toggl.reports_deletions:
            with pytest.raises(NotOffered):
                rig.toggl.entries_since(NOW - 10)
            return
        page = rig.toggl.entries_since(NOW - 10)
        assert {each.id: each.deleted for each in page.entries} == {kept: False, gone: True}
        assert page.complete
        with pytest.raises(ServerRefused) as caught:
            rig.toggl.entries_since(NOW - 200 * DAY)
        assert caught.value.field == "since"

    def test_too_long_ago_is_told(self, rig: Rig) -> None:
        if rig.protocol == "v8":
            assert rig.toggl.entries_between(NOW - 400 * DAY, NOW).complete
            return
        with pytest.raises(ServerRefused) as caught:
            rig.toggl.entries_between(NOW - 400 * DAY, NOW)
        assert caught.value.field == "start_date"
        assert "earlier than 2026-03-11" in caught.value.server_message

    def test_projects_are_made_changed_archived_and_deleted(self, rig: Rig) -> None:
        workspace = rig.account.workspace_id
        assert rig.toggl.projects(workspace) == []
        client = rig.toggl.create_client(workspace, {"name": "Client"})
        made = rig.toggl.create_project(
            workspace, {"name": "One", "client_id": client.id, "colour": "#d94182"}
        )
        assert (made.name, made.client_id, made.colour) == ("One", client.id, "#d94182")
        assert not made.archived
        entry = rig.account.add(NOW - HOUR, NOW, project_id=made.id)
        changed = rig.toggl.update_project(workspace, made.id, {"name": "Two", "client_id": None})
        assert (changed.name, changed.client_id, changed.colour) == ("Two", None, "#d94182")
        assert rig.toggl.update_project(workspace, made.id, {"archived": True}).archived
        assert [each.archived for each in rig.toggl.projects(workspace)] == [True]
        rig.toggl.delete_project(workspace, made.id)
        assert rig.toggl.projects(workspace) == []
        assert rig.toggl.entry(entry).project_id is None
        with pytest.raises(Gone):
            rig.toggl.update_project(workspace, made.id, {"name": "Three"})

    def test_more_projects_than_a_page_holds(self, rig: Rig) -> None:
        ids = {rig.account.add_project(f"Project {number}") for number in range(401)}
        assert {each.id for each in rig.toggl.projects(rig.account.workspace_id)} == ids

    def test_a_name_that_is_taken_is_told(self, rig: Rig) -> None:
        workspace = rig.account.workspace_id
        for make in (
            lambda: rig.toggl.create_project(workspace, {"name": "Same"}),
            lambda: rig.toggl.create_client(workspace, {"name": "Same"}),
            lambda: rig.toggl.create_tag(workspace, "Same"),
        ):
            make()
            with pytest.raises(ServerRefused) as caught:
                make()
            assert caught.value.field == "name"

    def test_clients_and_tags(self, rig: Rig) -> None:
        workspace = rig.account.workspace_id
        assert rig.toggl.clients(workspace) == []
        assert rig.toggl.tags(workspace) == []
        client = rig.toggl.create_client(workspace, {"name": "Client"})
        assert rig.toggl.update_client(workspace, client.id, {"name": "Other"}).name == "Other"
        assert [each.name for each in rig.toggl.clients(workspace)] == ["Other"]
        tag = rig.toggl.create_tag(workspace, "tag")
        assert rig.toggl.rename_tag(workspace, tag.id, "other").name == "other"
        assert [each.name for each in rig.toggl.tags(workspace)] == ["other"]
        entry = rig.create(tags=("other",))
        rig.toggl.delete_tag(workspace, tag.id)
        assert rig.toggl.entry(entry.id).tags == ()
        rig.toggl.delete_client(workspace, client.id)
        assert (rig.toggl.clients(workspace), rig.toggl.tags(workspace)) == ([], [])
        with pytest.raises(Gone):
            rig.toggl.delete_tag(workspace, tag.id)

    def test_with_a_paid_plan_there_are_tasks_and_archived_clients(self, rig: Rig) -> None:
        rig.account.workspace.premium = True
        workspace = rig.account.workspace_id
        project = rig.account.add_project("Project")
        task = rig.toggl.create_task(workspace, project, {"name": "Task"})
        assert (task.project_id, task.name, task.archived) == (project, "Task", False)
        assert rig.create(project_id=project, task_id=task.id, billable=True).task_id == task.id
        changed = rig.toggl.update_task(
            workspace, project, task.id, {"name": "New", "archived": True}
        )
        assert (changed.name, changed.archived) == ("New", True)
        rig.toggl.delete_task(workspace, project, task.id)
        assert rig.account.tasks[task.id].deleted_at is not None
        client = rig.account.add_client("Client")
        if rig.protocol == "v8":
            with pytest.raises(NotOffered):
                rig.toggl.archive_client(workspace, client, archived=True)
            return
        for archived in (True, False):
            rig.toggl.archive_client(workspace, client, archived=archived)
            assert [each.archived for each in rig.toggl.clients(workspace)] == [archived]

    def test_what_needs_a_paid_plan_is_told_with_its_field(self, rig: Rig) -> None:
        workspace = rig.account.workspace_id
        if rig.protocol == "v8":
            assert not rig.create(billable=True).billable, "v8 passes over it"
            made = rig.toggl.create_project(workspace, {"name": "P", "colour": "#0b83da"})
            assert made.colour == "#0b83d9", "v8 has numbers for colours"
            return
        with pytest.raises(PremiumNeeded) as caught:
            rig.create(billable=True)
        assert caught.value.field == "billable"
        with pytest.raises(PremiumNeeded) as caught:
            rig.toggl.create_project(workspace, {"name": "P", "colour": "#123456"})
        assert caught.value.field == "colour"
        rig.account.billable_refusal = 400
        with pytest.raises(ServerRefused) as refused:
            rig.create(billable=True)
        assert refused.value.field == "billable"

    def test_the_tags_of_many_entries_at_once(self, rig: Rig) -> None:
        ids = [rig.create(tags=("old",)).id for _ in range(3)]
        bulk = rig.toggl.update_entries(rig.account.workspace_id, ids, {"tags": ("a", "b")})
        assert sorted(bulk.done) == ids
        assert bulk.failed == {}
        assert [each.tags for each in rig.account.entries()] == [("a", "b")] * 3

    def test_a_bulk_change_goes_on_after_a_failure(self, rig: Rig) -> None:
        one, gone = rig.create().id, rig.create().id
        rig.account.delete(gone)
        workspace = rig.account.workspace_id
        if rig.protocol == "v8":
            with pytest.raises(NotOffered):
                rig.toggl.update_entries(workspace, [one, gone], {"description": "x"})
            return
        bulk = rig.toggl.update_entries(workspace, [one, gone], {"description": "x"})
        assert bulk.done == (one,)
        assert list(bulk.failed) == [gone]
        assert rig.account.entry(one).description == "x"

    def test_a_wrong_entry_is_refused_with_its_field(self, rig: Rig) -> None:
        cases: list[tuple[EntryFields, str]] = [
            ({"start": NOW, "stop": NOW - 60}, "stop"),
            ({"start": NOW, "stop": NOW + 1_000 * HOUR}, "stop"),
            ({"start": 1_000_000_000, "stop": 1_000_000_060}, "start"),
            ({"project_id": 5}, "project_id"),
            ({"description": "x" * 3_001}, "description"),
        ]
        for fields, field in cases:
            with pytest.raises(ServerRefused) as caught:
                rig.create(**fields)
            assert caught.value.field == field
        assert rig.account.entries() == []

    def test_a_workspace_that_is_not_ours(self, rig: Rig) -> None:
        with pytest.raises((NoAccess, ServerRefused)):
            rig.toggl.create_entry(5, {"start": NOW, "stop": NOW})

    def test_a_wrong_token_is_told(self, rig: Rig) -> None:
        stranger = rig.client("f" * 32)
        with pytest.raises(GatewayRefused if rig.protocol == "gateway" else SignInRefused):
            stranger.me()
        stranger.close()

    def test_the_quota_is_seen_and_respected(self, rig: Rig) -> None:
        rig.toggl.me()
        if not rig.toggl.has_quota:
            assert [each.remaining for each in rig.seen] == [None]
            with pytest.raises(NotOffered):
                rig.toggl.quota()
            return
        assert rig.seen == [ResponseInfo("user", 200, 29, HOUR, NOW)]
        rig.toggl.tags(rig.account.workspace_id)
        assert rig.seen[-1].bucket == f"workspace {rig.account.workspace_id}"
        organization = rig.account.workspace.organization_id
        buckets = {each.bucket: each for each in rig.toggl.quota()}
        assert set(buckets) == {"user", f"organization {organization}"}
        assert buckets[f"organization {organization}"].remaining == 29
        assert buckets["user"].resets_in_seconds == HOUR
        rig.server.quota.enforced = True
        rig.server.quota.spend("user", NOW)
        with pytest.raises(QuotaSpent) as caught:
            rig.toggl.current()
        assert caught.value.wait_seconds == HOUR
        assert rig.seen[-1][:3] == ("user", 402, 0)
        assert rig.toggl.tags(rig.account.workspace_id) == []

    def test_older_history_has_every_entry_once(self, rig: Rig) -> None:
        workspace, begin = rig.account.workspace_id, NOW - 300 * DAY
        ids = [
            rig.account.add(
                begin + DAY * number, begin + DAY * number + 60, description=f"{number}"
            )
            for number in range(250)
        ]
        end = begin + 250 * DAY
        if rig.protocol == "v8":
            with pytest.raises(NotOffered):
                rig.toggl.older_entries(workspace, begin, end)
            return
        older = rig.toggl.older_entries(workspace, begin, end)
        found = list(older.entries)
        while older.next:
            older = rig.toggl.older_entries(workspace, begin, end, older.next)
            found += older.entries
        assert sorted(each.id for each in found) == ids
        assert all(each == rig.as_kept(each) for each in found)
        with pytest.raises(PremiumNeeded):
            rig.toggl.older_entries(workspace, NOW - 800 * DAY, NOW)

    @pytest.mark.parametrize(("fault", "error"), FAULTS.items())
    def test_each_fault_has_its_error_and_the_next_request_works(
        self, rig: Rig, fault: str, error: type[RemoteError]
    ) -> None:
        rig.server.faults.next(fault)
        with pytest.raises(error) as caught:
            rig.create()
        assert type(caught.value) is error
        assert rig.toggl.current() is None

    @pytest.mark.parametrize(("fault", "error"), FAULTS.items())
    def test_without_sockets_a_fault_has_the_same_error(
        self, rig: Rig, fault: str, error: type[RemoteError]
    ) -> None:
        adapter = MountedAdapter(rig.server.service)
        rig.toggl.close()
        rig.toggl = rig.client(adapter=adapter)
        adapter.faults.next(fault)
        with pytest.raises(error) as caught:
            rig.create()
        assert type(caught.value) is error
        assert rig.toggl.current() is None
        adapter.online = False
        with pytest.raises(Offline):
            rig.toggl.current()

    def test_a_request_that_was_carried_out_twice_leaves_two(self, rig: Rig) -> None:
        rig.server.faults.next("doubled")
        rig.create()
        assert len(rig.account.entries()) == 2, "nothing of ours can prevent it: look for twins"

    def test_an_outage_is_offline_and_over_when_it_is_over(self, rig: Rig) -> None:
        rig.toggl.current()
        rig.server.stop()
        with pytest.raises(Offline):
            rig.toggl.current()
        rig.server.start_again()
        assert rig.toggl.current() is None

    def test_a_wrong_clock_of_the_server_is_seen(self, rig: Rig) -> None:
        rig.server.faults.next("clock_skew")
        rig.toggl.current()
        assert rig.seen[-1].server_time == 1_577_836_800

    def test_an_api_that_is_switched_off_says_so(self, rig: Rig) -> None:
        if rig.protocol != "v8":
            assert rig.toggl.current() is None
            return
        for status in (410, 418):
            rig.server.service.v8_gone = status
            with pytest.raises(EndpointGone, match="Version 8 of the API is switched off"):
                rig.toggl.me()

    def test_every_request_is_sent_once(self, rig: Rig) -> None:
        rig.create()
        rig.toggl.current()
        assert [each.method for each in rig.server.log] == ["POST", "GET"]


@pytest.fixture
def gateway() -> Iterator[Rig]:
    with serve(Account(lambda: NOW)) as server:
        rig = Rig("gateway", server)
        yield rig
        rig.toggl.close()


def test_the_gateways_own_errors_are_told_apart(gateway: Rig) -> None:
    gateway.server.service.gateway.limited = True
    with pytest.raises(TooFast, match="The gateway got too many"):
        gateway.toggl.me()
    gateway.server.service.gateway.limited = False
    gateway.server.service.gateway.connected = False
    with pytest.raises(GatewayRefused, match="no connection to your Toggl account"):
        gateway.toggl.me()
    with pytest.raises(GatewayRefused, match="does not accept its key"):
        gateway.client("wrong").me()


def test_a_gateway_may_hide_the_quota(gateway: Rig) -> None:
    gateway.server.service.gateway.passes_quota = False
    gateway.toggl.me()
    assert gateway.seen == [ResponseInfo("user", 200, server_time=NOW)]


def test_what_only_v9_has_works_too(gateway: Rig) -> None:
    toggl = gateway.toggl
    assert isinstance(toggl, TogglV9)
    workspace = gateway.account.workspace_id
    project = gateway.account.add_project("Project")
    entry = gateway.account.add(NOW - HOUR, NOW, project_id=project)
    (full,) = toggl.time_entries(since=NOW - 10, meta=True)
    assert (full.id, full.project_name) == (entry, "Project")
    assert [each.id for each in toggl.entries_before(NOW).entries] == [entry]
    assert [each.id for each in toggl.all_workspaces()] == [workspace]
    assert [each.id for each in toggl.project_page(workspace, name="proj")] == [project]
    assert toggl.project_page(workspace, active=False) == []
