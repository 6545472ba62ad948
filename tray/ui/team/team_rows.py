"""What the page of the team lists, as values."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from tray.api.team_values import Member, ProjectMember, TeamActivity
from tray.language import described, mark, tr, tr_marked
from tray.model import formats
from tray.sync.team_overview import TeamOverview

View = Literal["activity", "members", "projects"]
ROLES: Final = {
    "admin": mark("Admin"),
    "user": mark("Member"),
    "projectlead": mark("Project lead"),
    "teamlead": mark("Team lead"),
}


class PersonRow(NamedTuple):
    """One line of the list."""

    title: str
    detail: str = ""
    """Below the title, in small letters."""
    note: str = ""
    """At the end."""
    is_heading: bool = False
    running: bool = False
    share: float | None = None
    """How much of the longest bar."""
    member: Member | None = None
    part: ProjectMember | None = None

    @property
    def initials(self) -> str:
        """One or two letters for the round sign."""
        words = [word for word in self.title.replace("@", " ").split() if word[:1].isalnum()]
        return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()

    @property
    def spoken(self) -> str:
        """The whole line, for somebody who hears it."""
        return described((self.title, self.detail, self.note))


def role_name(role: str) -> str:
    """A role in the user's words."""
    return tr_marked(ROLES[role]) if role in ROLES else role


def members(team: TeamOverview) -> list[PersonRow]:
    """Everyone in the workspace: who is there, who was invited, who may not come in."""
    running = {each.user_id: each for each in team.dashboard.running}
    people = sorted(team.members, key=lambda each: (not each.joined, each.label.casefold()))
    return [_member(each, running.get(each.user_id or 0)) for each in people]


def _member(each: Member, doing: TeamActivity | None) -> PersonRow:
    state = "" if each.joined else tr("Invited, not accepted yet")
    state = tr("Deactivated") if each.inactive else state
    what = tr("Now: {what}").format(what=_what(doing)) if doing else ""
    email = each.email if each.name else ""
    rate = "" if each.rate is None else tr("{rate} an hour").format(rate=formats.amount(each.rate))
    return PersonRow(
        each.label,
        " · ".join(filter(None, (what or state, email))),
        " · ".join(filter(None, (rate, role_name(each.role)))),
        running=doing is not None,
        member=each,
    )


def activity(
    team: TeamOverview, projects: Mapping[int, str], moment: Callable[[int], str], *, now: int
) -> list[PersonRow]:
    """Who is active now, who was most so, and what was done lately.

    Args:
        team: As it was read.
        projects: Names by the server's id.
        moment: How a moment is shown.
        now: Epoch seconds.
    """
    running = [
        _doing(team, each, projects, formats.length(max(0, now - (each.start or now))), moment)
        for each in team.dashboard.running
    ]
    lately = [
        _doing(team, each, projects, formats.length(each.seconds), moment)
        for each in team.dashboard.activity
        if each.start is None
    ]
    longest = max((each.seconds for each in team.dashboard.most_active), default=0) or 1
    most = [
        PersonRow(
            each.name or team.name_of(each.user_id),
            note=formats.length(each.seconds),
            share=each.seconds / longest,
        )
        for each in team.dashboard.most_active
    ]
    return [
        *_under(tr("Active now"), running),
        *_under(tr("Most active in the last seven days"), most),
        *_under(tr("Lately"), lately),
    ]


def _under(heading: str, rows: list[PersonRow]) -> list[PersonRow]:
    return [PersonRow(heading, is_heading=True), *rows] if rows else []


def _doing(
    team: TeamOverview,
    each: TeamActivity,
    projects: Mapping[int, str],
    length: str,
    moment: Callable[[int], str],
) -> PersonRow:
    project = projects.get(each.project_id or 0, "")
    when = ""
    if each.start is not None:
        when = tr("since {time}").format(time=moment(each.start))
    elif each.stop is not None:
        when = tr("until {time}").format(time=moment(each.stop))
    return PersonRow(
        team.name_of(each.user_id),
        " · ".join(filter(None, (_what(each), project, when))),
        length,
        running=each.start is not None,
    )


def _what(each: TeamActivity) -> str:
    return each.description or tr("no description")


def of_project(team: TeamOverview, project_id: int) -> list[PersonRow]:
    """Who takes part in a project, managers first."""
    known = {each.user_id: each for each in team.members}
    parts = [each for each in team.parts if each.project_id == project_id]
    rows = [
        PersonRow(
            team.name_of(each.user_id),
            known[each.user_id].email if each.user_id in known else "",
            " · ".join(
                filter(
                    None,
                    (
                        ""
                        if each.rate is None
                        else tr("{rate} an hour").format(rate=formats.amount(each.rate)),
                        tr("Manager") if each.manager else tr("Member"),
                    ),
                )
            ),
            part=each,
        )
        for each in parts
    ]
    return sorted(rows, key=lambda row: (not (row.part and row.part.manager), row.title.casefold()))
