"""Team, profile and workspace, the same over v9, through a gateway and over v8."""

from collections.abc import Iterator

import pytest

from tests.api.rig import HOUR, NOW, Rig
from tests.fakes.toggl import Account, serve
from tray.api.address import Auth
from tray.api.connect import connect
from tray.api.remote_api import NotOffered
from tray.api.secret import token_secret
from tray.api.sign_in_session import close_session, open_session, sign_up
from tray.api.team_values import Invitation, SharedWith
from tray.api.toggl_v8 import TogglV8
from tray.api.toggl_v9 import TogglV9
from tray.errors import (
    Gone,
    NoAccess,
    PremiumNeeded,
    QuotaSpent,
    ServerRefused,
    SignInRefused,
)


class TeamRig(Rig):
    """The same with what only works at once."""

    @property
    def at_once(self) -> TogglV8 | TogglV9:
        assert isinstance(self.toggl, TogglV8 | TogglV9)
        return self.toggl


@pytest.fixture(params=["v9", "gateway", "v8"])
def rig(request: pytest.FixtureRequest) -> Iterator[TeamRig]:
    with serve(Account(lambda: NOW, premium=True)) as server:
        rig = TeamRig(request.param, server)
        yield rig
        rig.toggl.close()


def test_a_workspace_and_its_rules(rig: TeamRig) -> None:
    w = rig.account.workspace_id
    before = rig.at_once.workspace(w)
    assert (before.id, before.name, before.admin) == (w, "Workspace", True)
    assert [each.id for each in rig.at_once.all_workspaces()] == [w]
    after = rig.at_once.update_workspace(
        w, {"name": "Office", "rounding": 1, "only_admins_may_create_projects": True}
    )
    assert (after.name, after.rounding, after.only_admins_may_create_projects) == (
        "Office",
        1,
        True,
    )
    assert rig.account.workspace.name == "Office"


def test_who_is_in_it(rig: TeamRig) -> None:
    w, ann = rig.account.workspace_id, rig.account.add_member("ann@example.org", "Ann")
    rig.account.add_member("bob@example.org", joined=False)
    assert {each.name for each in rig.at_once.users(w)} == {"Test User", "Ann"}
    members = {each.label: each for each in rig.at_once.members(w)}
    assert members.keys() == {"Test User", "Ann", "bob@example.org"}
    assert members["Test User"].role == "admin"
    assert not members["bob@example.org"].joined
    rig.at_once.update_member(w, members["Ann"].id, {"role": "admin"})
    assert rig.account.member(ann).role == "admin"
    rig.at_once.remove_member(w, members["Ann"].id)
    assert "Ann" not in {each.label for each in rig.at_once.members(w)}


def test_what_v8_knows_of_a_member_is_less(rig: TeamRig) -> None:
    w, ann = rig.account.workspace_id, rig.account.add_member("ann@example.org", "Ann")
    (member,) = (each.id for each in rig.at_once.members(w) if each.user_id == ann)
    if rig.protocol == "v8":
        with pytest.raises(NotOffered):
            rig.at_once.update_member(w, member, {"rate": 10.0})
        return
    rig.at_once.update_member(w, member, {"rate": 10.0, "inactive": True})
    assert (rig.account.member(ann).rate, rig.account.member(ann).inactive) == (10.0, True)


def test_inviting(rig: TeamRig) -> None:
    rig.account.add_member("ann@example.org", "Ann")
    workspace = rig.at_once.workspace(rig.account.workspace_id)
    if rig.protocol == "v8":
        assert workspace.organization_id is None
    assert rig.at_once.invite(workspace, ["bob@example.org", "Ann@example.org"]) == [
        Invitation("bob@example.org", invited=True),
        Invitation(
            "Ann@example.org", invited=False, message="Ann@example.org is already in this workspace"
        ),
    ]
    with pytest.raises(ServerRefused):
        rig.at_once.invite(workspace, ["nobody"])


def test_who_takes_part_in_a_project(rig: TeamRig) -> None:
    account, w = rig.account, rig.account.workspace_id
    ann, bob = account.add_member("ann@example.org", "Ann"), account.add_member("bob@example.org")
    project, other = account.add_project("Project"), account.add_project("Other")
    account.add_to_project(other, ann)
    added = rig.at_once.add_project_members(w, project, [ann, bob, 77], {"manager": True})
    assert [(each.user_id, each.manager) for each in added.done] == [(ann, True), (bob, True)]
    assert added.failed.keys() == {77}
    assert len(rig.at_once.project_members(w)) == 3
    parts = rig.at_once.project_members(w, project)
    assert [each.user_id for each in parts] == [ann, bob]
    ids = [each.id for each in parts]
    bulk = rig.at_once.update_project_members(w, [*ids, 77], {"manager": False})
    assert (set(bulk.done), set(bulk.failed)) == (set(ids), {77})
    one = rig.at_once.update_project_members(w, ids[:1], {"rate": 20.0})
    assert one.done == (ids[0],)
    assert [each.rate for each in rig.at_once.project_members(w, project)] == [20.0, None]
    assert set(rig.at_once.remove_project_members(w, ids).done) == set(ids)
    assert rig.at_once.project_members(w, project) == []
    (again,) = rig.at_once.add_project_members(w, project, [bob], {}).done
    assert (again.user_id, again.project_id) == (bob, project)
    with pytest.raises(ServerRefused):
        rig.at_once.add_project_members(w, project, [bob], {})


def test_the_dashboard(rig: TeamRig) -> None:
    account = rig.account
    ann, project = account.add_member("ann@example.org", "Ann"), account.add_project("Project")
    account.other_tracks(ann, "Draw", NOW - 3 * HOUR, NOW - HOUR, project_id=project)
    account.other_tracks(ann, "Write", NOW - 600, None)
    account.add(NOW - 2 * HOUR, NOW - HOUR, description="Own")
    found = rig.at_once.dashboard(account.workspace_id)
    assert [(each.user_id, each.seconds) for each in found.most_active] == [
        (ann, 2 * HOUR + 600),
        (account.user_id, HOUR),
    ]
    assert [each.description for each in found.activity] == ["Write", "Own", "Draw"]
    assert [(each.start, each.project_id) for each in found.running] == [(NOW - 600, None)]
    assert (found.activity[2].stop, found.activity[2].project_id) == (NOW - HOUR, project)


def test_groups(rig: TeamRig) -> None:
    ann = rig.account.add_member("ann@example.org", "Ann")
    rig.account.add_group("Designers", ann)
    (group,) = rig.at_once.groups(rig.at_once.workspace(rig.account.workspace_id))
    assert group.name == "Designers"
    assert group.members == (() if rig.protocol == "v8" else ("Ann",))


def test_the_profile(rig: TeamRig) -> None:
    before = rig.at_once.profile()
    assert (before.name, before.time_zone) == ("Test User", "Europe/Berlin")
    assert (before.beginning_of_week, before.timeofday_format) == (1, "H:mm")
    rig.at_once.update_profile(
        {"timezone": "Asia/Tokyo", "date_format": "DD.MM.YYYY", "send_weekly_report": False}
    )
    after = rig.at_once.profile()
    assert (after.time_zone, after.date_format, after.send_weekly_report) == (
        "Asia/Tokyo",
        "DD.MM.YYYY",
        False,
    )
    with pytest.raises(ServerRefused) as refused:
        rig.at_once.update_profile({"timezone": "Nowhere/Town"})
    assert "Invalid timezone" in str(refused.value)


def test_another_password_takes_the_present_one(rig: TeamRig) -> None:
    with pytest.raises(ServerRefused, match="not valid"):
        rig.at_once.update_profile({"password": "new secret", "current_password": "wrong"})
    present = rig.account.password
    rig.at_once.update_profile({"password": "new secret", "current_password": present})
    assert rig.account.password == "new secret"


def test_a_new_token(rig: TeamRig) -> None:
    before = rig.account.token
    assert rig.at_once.reset_token() == rig.account.token != before


def test_all_that_is_known_of_an_entry(rig: TeamRig) -> None:
    account, w = rig.account, rig.account.workspace_id
    ann = account.add_member("ann@example.org", "Ann")
    client = account.add_client("Client")
    project = account.add_project("Project", client_id=client)
    entry = account.add(NOW - HOUR, NOW, description="Report", project_id=project)
    found = rig.at_once.entry_details(entry)
    assert (found.id, found.description, found.project_id) == (entry, "Report", project)
    if rig.protocol == "v8":
        with pytest.raises(NotOffered):
            rig.at_once.share_entry(w, entry, [ann])
        return
    assert (found.client, found.project, found.user_name) == ("Client", "Project", "Test User")
    assert rig.at_once.share_entry(w, entry, [ann]).shared_with == (SharedWith(ann, "Ann"),)
    assert rig.at_once.entry_details(entry).shared_with == (SharedWith(ann, "Ann"),)
    with pytest.raises(Gone):
        rig.at_once.entry_details(7)


def test_a_role_that_is_not_enough(rig: TeamRig) -> None:
    ann = rig.account.add_member("ann@example.org", "Ann")
    project = rig.account.add_project("Project")
    workspace = rig.at_once.workspace(rig.account.workspace_id)
    rig.account.workspace.admin = False
    for refused in (
        lambda: rig.at_once.members(workspace.id),
        lambda: rig.at_once.update_workspace(workspace.id, {"name": "Mine"}),
        lambda: rig.at_once.invite(workspace, ["bob@example.org"]),
        lambda: rig.at_once.add_project_members(workspace.id, project, [ann], {}),
    ):
        with pytest.raises(NoAccess):
            refused()
    assert not rig.at_once.workspace(workspace.id).admin


def test_a_plan_that_is_not_enough(rig: TeamRig) -> None:
    rig.account.workspace.premium = False
    with pytest.raises(PremiumNeeded):
        rig.at_once.update_workspace(rig.account.workspace_id, {"default_currency": "EUR"})
    ann, project = rig.account.add_member("ann@example.org"), rig.account.add_project("Project")
    with pytest.raises(PremiumNeeded):
        rig.at_once.add_project_members(
            rig.account.workspace_id, project, [ann], {"rate": 5.0, "manager": True}
        )
    assert rig.at_once.project_members(rig.account.workspace_id, project) == []


def test_a_request_may_be_held_back(rig: TeamRig) -> None:
    def refuse(bucket: str) -> None:
        raise QuotaSpent(bucket)

    held = connect(rig.address, token_secret(rig.token, rig.address.auth), on_request=refuse)
    w = rig.account.workspace_id
    with pytest.raises(QuotaSpent, match="^user$" if rig.protocol == "v8" else f"^workspace {w}$"):
        held.workspace(w)
    with pytest.raises(QuotaSpent, match=r"^user$"):
        held.profile()
    assert rig.server.log == []


def test_a_session_until_it_is_ended(rig: TeamRig) -> None:
    email, password = rig.account.email, rig.account.password
    if rig.protocol == "gateway":
        with pytest.raises(SignInRefused, match="has no sessions"):
            open_session(rig.address, email, password)
        return
    with pytest.raises(SignInRefused, match="Check the e-mail address"):
        open_session(rig.address, email, "wrong")
    cookie = open_session(rig.address, email, password)
    secret = token_secret(cookie, Auth.SESSION)
    assert cookie.partition("=")[2] not in f"{secret} {secret.scrub(f'<{cookie}>')}"
    toggl = connect(rig.address, secret)
    assert toggl.me().user_id == rig.account.user_id
    close_session(rig.address, cookie)
    with pytest.raises(SignInRefused):
        toggl.me()
    close_session(rig.address, cookie)
    toggl.close()


def test_signing_up(rig: TeamRig) -> None:
    if rig.protocol == "gateway":
        return
    with pytest.raises(ServerRefused, match="already exists"):
        sign_up(rig.address, rig.account.email, "secret 7", "UTC")
    sign_up(rig.address, "new@example.org", "secret 7", "UTC")
    assert rig.account.signed_up == ["new@example.org"]
    rig.account.offers_sign_up = False
    with pytest.raises(ServerRefused, match="offers no sign-up"):
        sign_up(rig.address, "new@example.org", "secret 7", "UTC")
