"""What the page of the team shows, asks for, and has done."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.fakes.toggl.quota import organization
from tests.ui.team.conftest import PATIENCE_MS, Team
from tests.ui.test_accessible import check


def paths(team: Team) -> list[str]:
    w = f"/api/v9/workspaces/{team.account.workspace_id}/"
    return [f"{each.method} {each.path.removeprefix(w)}" for each in team.server.log]


def test_before_there_is_an_answer_the_keys_belong_to_its_switch(team: Team) -> None:
    team.page.show()
    assert team.page.segments.buttons["activity"].isChecked()
    target = team.page.focusProxy()
    assert target is team.page.segments.buttons["activity"]
    assert target.isVisible()
    team.settle()
    assert team.page.focusProxy() is team.page.view


def test_what_goes_on_is_shown_at_once(team: Team) -> None:
    team.open()
    assert team.titles() == [
        "Active now",
        "Ann Smith",
        "Most active in the last seven days",
        "Ann Smith",
        "王小明",
        "Lately",
        "王小明",
        "Ann Smith",
    ]
    now = team.page.model.rows[1]
    assert now.running
    assert (now.note, "Draw the new icon · Website · since" in now.detail) == ("0:25", True)
    assert team.page.model.rows[4].share is not None
    assert sorted(paths(team)) == [
        "GET dashboard/all_activity",
        "GET dashboard/most_active",
        "GET project_users",
        "GET workspace_users",
    ]
    assert not team.page.add.isVisible()


def test_it_is_not_asked_again_for_a_while(team: Team) -> None:
    team.open()
    team.page.hide()
    team.page.show()
    team.settle()
    assert len(team.server.log) == 4
    team.page.refresh.click()
    team.settle()
    assert len(team.server.log) == 8


def test_members_and_what_can_be_done_with_them(team: Team) -> None:
    team.open()
    team.show("members")
    assert team.titles() == ["Ann Smith", "Test User", "王小明", "carl@example.org"]
    rows = {row.title: row for row in team.page.model.rows}
    assert rows["carl@example.org"].detail == "Invited, not accepted yet"
    assert rows["Test User"].note == "Admin"
    assert rows["Ann Smith"].running
    team.choose("Ann Smith", "Team lead")
    assert rows["Ann Smith"].member is not None
    changed = {row.title: row.note for row in team.page.model.rows}
    assert changed["Ann Smith"] == "Team lead"
    team.choose("Ann Smith", "Deactivate")
    assert "Deactivated" in team.page.model.rows[0].spoken or team.page.model.rows[0].running
    team.choose("王小明", "Remove from the workspace", "Yes, remove 王小明")
    assert "王小明" not in team.titles()


def test_inviting(team: Team) -> None:
    team.open()
    team.show("members")
    team.page.add.click()
    invite = team.page.invite
    QTest.keyClicks(invite.edit, "dora@example.org, ann@example.org nobody")
    assert not invite.accept.isEnabled()
    QTest.keyClicks(invite.edit, "@example.org")
    said = []
    team.online.answered.connect(lambda _: said.append(team.page.state.text))
    QTest.keyClick(invite.edit, Qt.Key.Key_Return)
    team.settle()
    assert any("Not invited" in each and "ann@example.org" in each for each in said)
    assert "dora@example.org" in team.titles()
    assert invite.isHidden()


def test_who_takes_part_in_a_project(team: Team) -> None:
    team.open()
    team.show("projects")
    assert [(row.title, row.note) for row in team.page.model.rows] == [("Ann Smith", "Manager")]
    team.choose("Ann Smith", "No longer manager")
    assert [row.note for row in team.page.model.rows] == ["Member"]
    from tray.ui.team.team_menus import add_menu

    assert team.page.team is not None
    menu = add_menu(team.page, team.page.team, team.page.project.currentData(), team.page.do)
    assert sorted(each.text() for each in menu.actions()) == ["Test User", "王小明"]
    next(each for each in menu.actions() if each.text() == "王小明").trigger()
    team.settle()
    assert team.titles() == ["Ann Smith", "王小明"]
    team.choose("Ann Smith", "Remove from the project")
    assert team.titles() == ["王小明"]


def test_a_short_hour_is_said_before_anything_is_asked(team: Team) -> None:
    team.account.workspace.premium = False
    name = organization(team.account.workspace.organization_id)
    with team.tracking.db.writing():
        from tray.store import quota_rows
        from tray.sync.rate.quota import Bucket

        bucket = Bucket(name, remaining=6, resets_at=int(team.account.now) + 600)
        quota_rows.write(team.tracking.db, name, bucket)
    team.open()
    assert team.page.state.text == ("Looking takes 4 requests, and 6 are left in this hour.")
    assert team.server.log == []
    team.page.state.button.click()
    team.settle()
    assert "Ann Smith" in team.titles()


def test_somebody_who_is_no_administrator(team: Team) -> None:
    team.account.workspace.admin = False
    from tray.store import remote_rows

    known = remote_rows.of_row(team.tracking.db, "workspace", 1)
    assert known is not None
    with team.tracking.db.writing():
        remote_rows.save(team.tracking.db, known._replace(base={**known.base, "admin": 0}))
    team.open()
    team.show("members")
    assert "Ann Smith" in team.titles()
    assert not team.page.add.isVisible()
    assert not team.page.view.has_actions


def test_without_a_network(team: Team) -> None:
    team.server.stop()
    team.open()
    assert "accepts no connections" in team.page.state.text
    assert team.page.state.button.text() == "Try again"
    assert team.titles() == []


def test_what_is_asked_can_be_cancelled(team: Team) -> None:
    team.page.show()
    team.qtbot.waitExposed(team.page)
    assert team.page.state.text == "Asking the server…"
    team.page.state.button.click()
    assert team.page.state.text == "Cancelled."
    team.page.state.button.click()
    team.qtbot.waitUntil(lambda: "Ann Smith" in team.titles(), timeout=PATIENCE_MS)


def test_everything_on_it_has_a_name_and_can_be_reached(team: Team) -> None:
    team.open()
    team.page.activateWindow()
    for view in ("activity", "members", "projects"):
        team.show(view)
        check(team.page, team.qtbot)
