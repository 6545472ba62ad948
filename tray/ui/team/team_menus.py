"""What can be done with a row of the team: the menus of members and of project members."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from tray.api.team_values import Member, ProjectMember
from tray.language import tr
from tray.sync.team_overview import TeamOverview
from tray.ui import plain_text
from tray.ui.team.team_rows import ROLES, PersonRow, role_name
from tray.ui.team.team_work import TeamWork

Do = Callable[[TeamWork], None]


def row_menu(parent: QWidget, team: TeamOverview, row: PersonRow, do: Do) -> QMenu:
    """The menu of a row."""
    menu = QMenu(parent)
    if row.member is not None:
        _fill_member(menu, team, row.member, do)
    elif row.part is not None:
        _fill_part(menu, team, row.part, row.title, do)
    return menu


def _fill_member(menu: QMenu, team: TeamOverview, member: Member, do: Do) -> None:
    there = team.workspace.remote_id
    for role in ROLES:
        action = menu.addAction(role_name(role))
        action.setCheckable(True)
        action.setChecked(role == member.role)
        action.triggered.connect(
            lambda _=False, role=role: do(TeamWork.change_member(there, member, {"role": role}))
        )
    menu.addSeparator()
    word = tr("Let in again") if member.inactive else tr("Deactivate")
    keep_out = not member.inactive
    menu.addAction(word).triggered.connect(
        lambda: do(TeamWork.change_member(there, member, {"inactive": keep_out}))
    )
    remove = menu.addMenu(tr("Remove from the workspace"))
    name = plain_text.button(member.label)
    remove.addAction(tr("Yes, remove {name}").format(name=name)).triggered.connect(
        lambda: do(TeamWork.remove_member(there, member))
    )


def _fill_part(menu: QMenu, team: TeamOverview, part: ProjectMember, name: str, do: Do) -> None:
    there = team.workspace.remote_id
    word = tr("No longer manager") if part.manager else tr("Make manager")
    manager = not part.manager
    menu.addAction(word).triggered.connect(
        lambda: do(TeamWork.change_part(there, part, name, {"manager": manager}))
    )
    menu.addAction(tr("Remove from the project")).triggered.connect(
        lambda: do(TeamWork.remove_part(there, part, name))
    )


def add_menu(parent: QWidget, team: TeamOverview, project_id: int, do: Do) -> QMenu:
    """Everyone who takes no part in a project yet."""
    menu = QMenu(parent)
    there = team.workspace.remote_id
    inside = {each.user_id for each in team.parts if each.project_id == project_id}
    for member in team.members:
        if member.user_id in inside or not member.joined or member.user_id is None:
            continue
        menu.addAction(plain_text.button(member.label)).triggered.connect(
            lambda _=False, member=member: do(TeamWork.add_to_project(there, project_id, member))
        )
    if menu.isEmpty():
        menu.addAction(tr("Everyone takes part already")).setEnabled(False)
    return menu
