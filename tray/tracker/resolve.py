"""From names, as a person types them, to the ids of what they mean; makes what is new."""

from collections.abc import Callable, Sequence

from tray.language import tr
from tray.lean_typing import Final, NamedTuple
from tray.local_errors import NotCreatedYet, Refused
from tray.model import limits
from tray.model.entities import Project, What
from tray.model.field_words import kind_word
from tray.model.limits import clean_name
from tray.sentences import together
from tray.store import catalogue
from tray.store.catalogue import Kind, Thing
from tray.store.database import Database
from tray.store.undo_log import Step
from tray.tracker.naming import did_you_mean, folded

TASK_ALONE: Final = "A task needs a project. Give the project too."


class Draft(NamedTuple):
    """What is to be done, in names."""

    description: str = ""
    project: str | None = None
    task: str | None = None
    tags: tuple[str, ...] = ()
    billable: bool | None = None
    """None takes over what the project says."""
    create_missing: bool = False
    """Whether a project or task that does not exist is made; if not, it is an error."""


class TaggedWhat(NamedTuple):
    """What is to be done, in ids, with tags by name beside those."""

    what: What
    tags: tuple[str, ...]
    """Made where they do not exist."""


def resolve(step: Step, what: Draft | What | TaggedWhat) -> What:
    """Look up, or make, what a draft names; what has ids already is only checked.

    Raises:
        NotFound: no such project, task or tag, and it is not to be made.
        Refused: against a limit, the name fits several projects, or a task without its project.
    """
    if isinstance(what, What):
        limits.check_description(what.description)
        return checked(step, what)
    if isinstance(what, TaggedWhat):
        return _tagged(step, resolve(step, what.what), what.tags)
    if what.task is not None and what.project is None:
        raise Refused(TASK_ALONE, field="task")
    project = (
        None if what.project is None else project_named(step, what.project, what.create_missing)
    )
    default = project is not None and project.billable
    workspace_id = project.workspace_id if project else own_workspace(step.db)
    return What(
        workspace_id,
        clean_description(what.description),
        project.id if project else None,
        task_named(step, project, what.task, create_missing=what.create_missing)
        if project
        else None,
        tags_named(step, what.tags, workspace_id),
        default if what.billable is None else what.billable,
    )


def _tagged(step: Step, what: What, names: Sequence[str]) -> What:
    tag_ids = {*what.tag_ids, *tags_named(step, names, what.workspace_id)}
    limits.check_tags(len(tag_ids))
    return what._replace(tag_ids=tuple(sorted(tag_ids)))


def checked(step: Step, what: What) -> What:
    """`what` with its tags in order, if all that it refers to exists and fits together.

    It belongs to the workspace of its project, and has that workspace's tags of these names.

    Raises:
        NotFound: no such project, task or tag.
        Refused: too many tags, or a task of another project.
    """
    db, workspace_id = step.db, what.workspace_id
    limits.check_tags(len(set(what.tag_ids)))
    if what.project_id is not None:
        workspace_id = catalogue.get(db, "project", what.project_id).workspace_id
    if what.task_id is not None:
        if what.project_id is None:
            raise Refused(TASK_ALONE, field="task")
        task = catalogue.get(db, "task", what.task_id)
        if task.project_id != what.project_id:
            raise Refused(
                tr(
                    "“{name}” is a task of another project. Take one of this project, or none."
                ).format(name=task.name),
                field="task",
            )
    tag_ids = _tags_in(step, what.tag_ids, workspace_id)
    return what._replace(workspace_id=workspace_id, tag_ids=tag_ids)


def _tags_in(step: Step, tag_ids: Sequence[int], workspace_id: int) -> tuple[int, ...]:
    """These tags, or those of their names in a workspace."""
    tags = [catalogue.get(step.db, "tag", tag_id) for tag_id in tag_ids]
    here = {tag.id for tag in tags if tag.workspace_id == workspace_id}
    elsewhere = [tag.name for tag in tags if tag.id not in here]
    return tuple(sorted(here.union(tags_named(step, elsewhere, workspace_id))))


def clean_description(text: str) -> str:
    """`text` as a description is stored: on one line.

    Raises:
        Refused: it is too long.
    """
    clean = limits.one_line(text)
    limits.check_description(clean)
    return clean


def tags_named(step: Step, names: Sequence[str], workspace_id: int) -> tuple[int, ...]:
    """The ids of a workspace's tags by name, ascending; what does not exist is made, as Toggl does.

    Raises:
        Refused: too many, or a name that cannot be.
    """
    if not names:
        return ()
    tags = catalogue.tags(step.db)
    known = {folded(tag.name): tag.id for tag in tags if tag.workspace_id == workspace_id}
    found: set[int] = set()
    for name in names:
        key = folded(clean_name("tag", name))
        if key not in known:
            known[key] = insert_tag(step, name, workspace_id)
        found.add(known[key])
    limits.check_tags(len(found))
    return tuple(sorted(found))


def project_named(step: Step, name: str, create_missing: bool) -> Project:
    """The project of that name, made if it does not exist and `create_missing` says so.

    Raises:
        NotFound: it does not exist.
        Refused: several fit, or only an archived one, or it cannot have that name.
    """
    found = find_project(step.db, name)
    if found:
        return found
    if not create_missing:
        names = [project.name for project in catalogue.projects(step.db) if not project.archived]
        there_is_none = tr("There is no project “{name}”.").format(name=name)
        raise NotCreatedYet(together(there_is_none, did_you_mean(name, names)))
    return catalogue.get(step.db, "project", insert_project(step, name))


def find_project(db: Database, name: str) -> Project | None:
    """The project of that name, whatever its case; an active one before an archived one.

    Several may have that name: what tells them apart says which, behind it in brackets.

    Raises:
        Refused: several fit, or only an archived one.
    """
    from tray.tracker import matching  # of names, which many a start has none of

    return matching.project_named(name, catalogue.names(db))


def task_named(
    step: Step, project: Project, name: str | None, *, create_missing: bool
) -> int | None:
    """The id of the project's task of that name, made if need be and `create_missing` says so.

    Raises:
        NotFound: it does not exist.
        Refused: it is archived, or it cannot have that name.
    """
    if name is None:
        return None
    tasks = [task for task in catalogue.tasks(step.db) if task.project_id == project.id]
    from tray.tracker import matching

    found = matching.task_named(name, project, tasks)
    if found is not None:
        return found.id
    if not create_missing:
        has_none = tr("“{project}” has no task “{name}”.").format(project=project.name, name=name)
        raise NotCreatedYet(together(has_none, did_you_mean(name, [task.name for task in tasks])))
    return insert_task(step, project.id, name)


def insert_project(current: Step, name: str) -> int:
    """Make a project as part of another step, with the client its name tells of; return its id."""
    workspace_id = own_workspace(current.db)
    here = {
        folded(client.name): client
        for client in catalogue.clients(current.db)
        if client.workspace_id == workspace_id and not client.archived
    }
    from tray.model.new_project import read_new_project  # which only a new project needs

    new = read_new_project(name, (client.name for client in here.values()))
    values = project_values(current.db, new.name, workspace_id)
    if new.client:
        known = here.get(folded(new.client))
        values["client_id"] = (
            known.id if known else insert_client(current, new.client, workspace_id)
        )
    return inserted(current, "project", values)


def insert_task(current: Step, project_id: int, name: str) -> int:
    """Make a task as part of another step; return its id."""
    values = {"project_id": project_id, "name": clean_name("task", name)}
    return inserted(current, "task", values)


def insert_client(current: Step, name: str, workspace_id: int) -> int:
    """Make a client as part of another step; return its id."""
    values = {"workspace_id": workspace_id, "name": clean_name("client", name)}
    return inserted(current, "client", values)


def insert_tag(current: Step, name: str, workspace_id: int) -> int:
    """Make a tag as part of another step; return its id."""
    values = {"workspace_id": workspace_id, "name": clean_name("tag", name)}
    return inserted(current, "tag", values)


def inserted(current: Step, kind: Kind, values: dict[str, object]) -> int:
    """Make something of that kind; return its id.

    Raises:
        Refused: its name is taken.
    """
    check_free(current.db, kind, values)
    _check_role(current.db, kind, values)
    return current.insert(kind, values)


def _check_role(db: Database, kind: Kind, values: dict[str, object]) -> None:
    """Raise `Refused` if only administrators of the workspace may make such a thing."""
    workspace = values.get("workspace_id")
    if not isinstance(workspace, int) or kind not in ("project", "tag"):
        return
    from tray.store import workspace_rules

    rules = workspace_rules.read(db, workspace)
    if not (rules.may_create_projects if kind == "project" else rules.may_create_tags):
        raise Refused(
            (
                tr(
                    "Only administrators of “{name}” may make projects. Ask one of them, or take "
                    "a project that is there."
                )
                if kind == "project"
                else tr(
                    "Only administrators of “{name}” may make tags. Ask one of them, or take a "
                    "tag that is there."
                )
            ).format(name=rules.name),
            field=kind,
        )


def project_values(db: Database, name: str, workspace_id: int) -> dict[str, object]:
    """The columns of a new project, in a colour that is little used."""
    from tray.model import colours

    used = [project.colour for project in catalogue.projects(db) if not project.archived]
    return {
        "workspace_id": workspace_id,
        "name": clean_name("project", name),
        "colour": colours.next_colour(used),
    }


_LISTS: Final[dict[Kind, Callable[[Database], Sequence[Thing]]]] = {
    "client": catalogue.clients,
    "project": catalogue.projects,
    "task": catalogue.tasks,
    "tag": catalogue.tags,
}
_SCOPE: Final = {
    "client": ("workspace_id",),
    "project": ("workspace_id", "client_id"),
    "task": ("project_id",),
    "tag": ("workspace_id",),
}
"""Within what a name is unique, as Toggl has it."""


def check_free(db: Database, kind: Kind, values: dict[str, object], *, but: int = 0) -> None:
    """Raise `Refused` if another thing of this kind has the name of `values` already."""
    scope = _SCOPE[kind]
    wanted = folded(str(values["name"]))
    for thing in _LISTS[kind](db):
        if thing.id == but or folded(thing.name) != wanted:
            continue
        if all(getattr(thing, column) == values.get(column) for column in scope):
            text = tr("There is a {kind} called “{name}” already. Choose another name.")
            if thing.archived:
                text = tr(
                    "There is a {kind} called “{name}” already (it is archived). Choose another "
                    "name."
                )
            raise Refused(text.format(kind=kind_word(kind), name=thing.name), field="name")


def workspace_of(db: Database, kind: Kind, thing_id: int) -> int:
    """The id of the workspace that a thing belongs to.

    Raises:
        NotFound: no such thing.
    """
    if kind != "task":
        return catalogue.get(db, kind, thing_id).workspace_id
    return catalogue.get(db, "project", catalogue.get(db, "task", thing_id).project_id).workspace_id


def own_workspace(db: Database) -> int:
    """The id of the workspace that new things belong to."""
    return catalogue.workspace_of_new(db)
