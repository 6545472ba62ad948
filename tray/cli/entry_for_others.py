"""Adds an entry for somebody else, as an administrator: on the server at once, and not here."""

import argparse
from typing import TYPE_CHECKING

from tray.cli import account as shared
from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.online_calls import online, person, remote_id
from tray.errors import BadLine, NotFound
from tray.language import tr
from tray.model.entities import Project
from tray.store import catalogue
from tray.store.catalogue import Names
from tray.sync import workspace_people
from tray.sync.workspace_rights import rights
from tray.tracker import matching
from tray.tracker.naming import did_you_mean
from tray.tracker.resolve import Draft

if TYPE_CHECKING:
    from tray.api.remote_values import EntryFields


def add(
    context: Context, options: argparse.Namespace, draft: Draft, *, start: int, stop: int
) -> None:
    """Carry out ``add --for``.

    Raises:
        BadLine: it would end before it starts.
        NotFound: no such project, task or member.
        Refused: the account is no administrator, or nobody is signed in.
        RemoteError: of any kind.
    """
    if stop < start:
        raise BadLine(tr("It would end before it starts. Correct one of the times."))
    shared.signed_in_account(context)
    names = catalogue.names(context.db)
    project = None if draft.project is None else _project(draft.project, names)
    home = project.workspace_id if project else catalogue.workspace_of_new(context.db)
    place = rights(context.db, home)
    place.check_admin()
    fields = _fields(context, draft, project, names)
    fields |= {"start": start, "stop": stop}
    with online(context) as server:
        there = workspace_people.users(server, context.db, place.remote_id)
        user = person(there, options.whose)
        made = server.add_entry_for(place.remote_id, fields, user.id)
    who = user.name or user.email
    if options.json:
        formatting.print_json({"v": 1, "user": who, "remote_id": made.id})
    else:
        print(
            tr("Added for {who}: {what}").format(
                who=who, what=made.description or tr("an entry without description")
            )
        )


def _project(name: str, names: Names) -> Project:
    found = matching.project_named(name, names)
    if found is None:
        meant = did_you_mean(name, [each.name for each in names.projects.values()])
        raise NotFound(
            tr("There is no project “{name}”.").format(name=name) + meant, kind="project"
        )
    return found


def _fields(context: Context, draft: Draft, project: Project | None, names: Names) -> "EntryFields":
    fields: EntryFields = {"description": draft.description, "tags": draft.tags}
    if project is None:
        if draft.billable is not None:
            fields["billable"] = draft.billable
        return fields
    fields["project_id"] = remote_id(context, "project", project.id, project.name)
    fields["billable"] = project.billable if draft.billable is None else draft.billable
    if draft.task is not None:
        task = matching.task_named(draft.task, project, names.tasks.values())
        if task is None:
            raise NotFound(
                tr("“{project}” has no task “{name}”.").format(
                    project=project.name, name=draft.task
                ),
                kind="task",
            )
        fields["task_id"] = remote_id(context, "task", task.id, task.name)
    return fields
