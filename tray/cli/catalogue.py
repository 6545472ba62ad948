"""What the commands for projects, clients, tags and tasks have in common."""

import argparse
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tray.cli import arguments, formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.errors import NotFound, Refused
from tray.language import described, listed, tr
from tray.model.entities import Client, Project, Task
from tray.model.field_words import kind_word, kinds_word
from tray.model.workspace_names import workspace_label
from tray.sentences import either, together
from tray.store import catalogue as stored
from tray.store import known_people
from tray.store.catalogue import Kind, Names, Thing
from tray.tracker import catalogue, removal
from tray.tracker.naming import did_you_mean, folded
from tray.tracker.outcome import Outcome

if TYPE_CHECKING:
    from tray.cli.commands import Actions


def _past(word: str) -> str:
    """What is said of a thing after ``archive``, ``restore``, ``done`` or ``reopen``."""
    return {
        "archive": tr("Archived {kind} {id}: {name}"),
        "restore": tr("Restored {kind} {id}: {name}"),
        "done": tr("Done: {kind} {id}: {name}"),
        "reopen": tr("Reopened {kind} {id}: {name}"),
    }[word]


def configure(parser: argparse.ArgumentParser, kind: Kind, archived: str = "archived") -> "Actions":
    """Declare how all of a kind is listed, and what every kind can do; returns where to add more.

    `archived` is the word for what is out of use.
    """
    use = parser.add_mutually_exclusive_group()
    use.add_argument("--active", action="store_true", help=tr("only those in use, as without any"))
    use.add_argument(f"--{archived}", dest="archived", action="store_true", help=tr("only those"))
    list_all = tr("list done ones too") if archived == "done" else tr("list archived ones too")
    use.add_argument("--all", action="store_true", help=list_all)
    parser.add_argument(
        "--name", dest="part", metavar="TEXT", help=tr("only with this in their name")
    )
    parser.add_argument("--page", type=arguments.count, metavar="N", help=tr("only this page"))
    parser.add_argument("--per-page", type=arguments.count, metavar="N", help=tr("else 50 on one"))
    parser.add_argument(
        "-w", "--workspace", metavar="NAME", help=tr("only those of this workspace, or number")
    )
    add_refresh(parser)
    parser.add_argument("--json", action="store_true", help=tr("list as JSON"))
    parser.set_defaults(kind=kind)
    actions = add_actions(parser)
    show = add_kind_action(
        actions,
        kind,
        "show",
        tr("all that is known of a {kind}").format(kind=kind_word(kind)),
        _show,
    )
    add_which(show)
    if kind != "tag":  # for one of which there is no call
        add_refresh(show)
    rename = add_kind_action(
        actions,
        kind,
        "rename",
        tr("give a {kind} another name; entries follow").format(kind=kind_word(kind)),
        _rename,
    )
    add_which(rename)
    rename.add_argument("name", help=tr("the new name"))
    return actions


def add_refresh(parser: argparse.ArgumentParser) -> None:
    """Declare that the server is asked."""
    parser.add_argument(
        "--refresh", action="store_true", help=tr("as the server has it now (one request or few)")
    )


def add_archiving(actions: "Actions", kind: Kind) -> None:
    """Declare ``archive`` and ``restore``."""
    for word, explanation in (
        (
            "archive",
            tr("take {kinds} out of use; entries keep them").format(kinds=kinds_word(kind)),
        ),
        ("restore", tr("bring archived {kinds} back into use").format(kinds=kinds_word(kind))),
    ):
        action = add_kind_action(
            actions, kind, word, explanation.format(kinds=kinds_word(kind)), change_use
        )
        action.set_defaults(word=word)
        add_which(action, several=True)


def add_deleting(actions: "Actions", kind: Kind, explanation: str) -> argparse.ArgumentParser:
    """Declare ``delete``; returns its parser."""
    action = add_kind_action(actions, kind, "delete", explanation, _delete)
    add_which(action, several=True)
    return action


def add_merging(actions: "Actions", kind: Kind) -> None:
    """Declare ``merge``."""
    explanation = tr("have all that one {kind} has go to another, and delete it").format(
        kind=kind_word(kind)
    )
    action = add_kind_action(actions, kind, "merge", explanation, _merge)
    add_which(action)
    action.add_argument("into", help=tr("what it goes to: its name or number"))


def add_kind_action(
    actions: "Actions", kind: Kind, word: str, explanation: str, run: Callable[..., None]
) -> argparse.ArgumentParser:
    """Declare an action that knows of which kind it is about, and can tell its result as JSON."""
    action = add_action(actions, word, explanation=explanation, run=run)
    action.set_defaults(kind=kind)
    action.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=tr("tell the result as JSON")
    )
    return action


def add_which(action: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Declare what an action is about."""
    if several:
        action.add_argument("which", nargs="+", help=tr("their names or numbers"))
    else:
        action.add_argument("which", help=tr("its name or number"))


def print_list(
    context: Context, options: argparse.Namespace, fits: Callable[[Thing], bool] = lambda _: True
) -> None:
    """List what there is of a kind, as far as the options and `fits` want it."""
    names = stored.names(context.db)
    there = [each for each, _ in names.labels(options.kind)]
    place = _chosen_workspace(context, options)
    wanted = [
        each
        for each in there
        if _is_wanted(each, options) and fits(each) and place in (None, names.workspace(each).id)
    ]
    shown = _page(wanted, options)
    if options.json:
        found = [as_json(thing, names) for thing in shown]
        formatting.print_json({"v": 1, f"{options.kind}s": found})
    elif not shown:
        print(_nothing(options, there))
    else:
        who = _assignees(context, options.kind)
        print(formatting.table([_row(thing, names, who) for thing in shown], right=(0,)))


def _assignees(context: Context, kind: Kind) -> dict[int, str]:
    """What those are called who are known here, by the server's ids."""
    found = known_people.everyone(context.db) if kind == "task" else ()
    return {each.id: each.label for each in found}


def _chosen_workspace(context: Context, options: argparse.Namespace) -> int | None:
    word = getattr(options, "workspace", None)
    if word is None:
        return None
    from tray.cli.online_calls import workspace_id

    return workspace_id(context, word)


def _is_wanted(thing: Thing, options: argparse.Namespace) -> bool:
    in_use = options.all or thing.archived == options.archived
    return in_use and folded(options.part or "") in folded(thing.name)


def _page(things: Sequence[Thing], options: argparse.Namespace) -> Sequence[Thing]:
    if options.page is None and options.per_page is None:
        return things
    size = options.per_page or 50
    begin = ((options.page or 1) - 1) * size
    return things[begin : begin + size]


def _nothing(options: argparse.Namespace, there: Sequence[Thing]) -> str:
    kind = options.kind
    words = tr("PROJECT NAME") if kind == "task" else "NAME"
    if not there:
        text = tr("No {kinds} yet. `toggl-tray {command} create {words}` makes one.")
    elif not all(each.archived for each in there) or options.archived:
        text = tr("No {kinds} like that. `toggl-tray {command} --all` lists them all.")
    elif kind == "task":
        text = tr("All {kinds} are done. `toggl-tray {command} --all` lists them.")
    else:
        text = tr("All {kinds} are archived. `toggl-tray {command} --all` lists them.")
    return text.format(kinds=kinds_word(kind), command=f"{kind}s", words=words)


def as_json(thing: Thing, names: Names) -> dict[str, object]:
    """A thing in the shape that every ``--json`` uses."""
    plain: dict[str, object] = {"id": thing.id, "name": thing.name, "archived": thing.archived}
    if isinstance(thing, Project):
        client = None if thing.client_id is None else names.clients[thing.client_id].name
        tasks = [task.name for task in names.tasks.values() if task.project_id == thing.id]
        plain |= {"client": client, "colour": thing.colour, "billable": thing.billable}
        plain |= {"tasks": tasks, "private": thing.private, "template": thing.template}
        plain |= {"auto_estimates": thing.auto_estimates, "rate": _amount(thing.rate_cents)}
        plain |= {"estimated_hours": thing.estimated_hours}
        plain |= {"fixed_fee": _amount(thing.fixed_fee_cents)}
        plain |= {"start_date": thing.start_date, "end_date": thing.end_date}
    elif isinstance(thing, Client):
        plain |= {"notes": thing.notes, "reference": thing.external_reference}
    elif isinstance(thing, Task):
        plain |= {"project": names.projects[thing.project_id].name, "done": thing.archived}
        plain |= {"estimated_seconds": thing.estimated_seconds, "assignee": thing.user_id}
    return plain | {"workspace": names.workspace(thing).name}


def _amount(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _row(thing: Thing, names: Names, who: dict[int, str]) -> list[str]:
    out = tr("done") if isinstance(thing, Task) else tr("archived")
    notes = [out] if thing.archived else []
    row = [str(thing.id), thing.name]
    if isinstance(thing, Project):
        row[1] = formatting.coloured(thing.name, thing.colour)
        notes += ["$"] if thing.billable else []
        tasks = [task.name for task in names.tasks.values() if task.project_id == thing.id]
        notes += [tr("tasks: {tasks}").format(tasks=listed(tasks))] if tasks else []
        row.append("" if thing.client_id is None else names.clients[thing.client_id].name)
    elif isinstance(thing, Task):
        row.append(names.project(names.projects[thing.project_id]))
        notes += [_estimate(thing.estimated_seconds)] if thing.estimated_seconds else []
        if thing.user_id:
            assignee = who.get(thing.user_id, str(thing.user_id))
            notes.append(tr("for {name}").format(name=assignee))
    if len(names.workspaces) > 1:
        row.append(workspace_label(names.workspace(thing).name))
    return [*row, formatting.dim(described(notes)) if notes else ""]


def _estimate(seconds: int) -> str:
    from tray.model import formats

    return tr("estimate {length}").format(length=formats.length(seconds))


def which(context: Context, kind: Kind, word: str) -> int:
    """The id of what is named by its name, with or without what tells it apart, or by its number.

    One in use comes before an archived one; a task may be named ``project/task``.

    Raises:
        NotFound: there is none.
        Refused: several have that name.
    """
    names = stored.names(context.db)
    there = names.labels(kind)
    named = [each for each in there if folded(word) in _called(*each, names)]
    fitting = [each for each in named if not each[0].archived] or named
    if len(fitting) > 1:
        numbers = either(str(each.id) for each, _ in fitting)
        raise Refused(
            tr("Which “{word}”? There are several. Give its number: {numbers}.").format(
                word=word, numbers=numbers
            )
        )
    if fitting:
        return fitting[0][0].id
    if arguments.is_id(word):
        found: Thing = stored.get(context.db, kind, int(word))
        return found.id
    meant = did_you_mean(word, [each.name for each, _ in there])
    sentences = (
        tr("There is no {kind} “{word}”.").format(kind=kind_word(kind), word=word),
        meant,
        tr("`toggl-tray {command} --all` lists them.").format(command=f"{kind}s"),
    )
    raise NotFound(together(*sentences))


def _called(thing: Thing, label: str, names: Names) -> set[str]:
    if isinstance(thing, Task):
        label = f"{names.project(names.projects[thing.project_id])}/{thing.name}"
    return {folded(thing.name), folded(label)}


def all_of(context: Context, options: argparse.Namespace) -> list[int]:
    """The ids of everything that is named, each once."""
    found = (which(context, options.kind, word) for word in options.which)
    return list(dict.fromkeys(found))


def _show(context: Context, options: argparse.Namespace) -> None:
    names = stored.names(context.db)
    thing: Thing = stored.get(context.db, options.kind, which(context, options.kind, options.which))
    there = None
    if getattr(options, "refresh", False):
        from tray.cli import server_view

        there = server_view.one(context, options.kind, thing)
    if wants_json(options):
        shape = as_json(thing, names) | _done(context, thing)
        server = {} if there is None else {"server": there}
        formatting.print_json({"v": 1, options.kind: shape, **server})
        return
    from tray.cli import thing_text

    people = _assignees(context, "task") if options.kind == "task" else {}
    print(thing_text.table(as_json(thing, names) | _done(context, thing), people))
    if there is not None:
        print(f"\n{formatting.bold(tr('On the server'))}")
        print(thing_text.table(there, people))


def _done(context: Context, thing: Thing) -> dict[str, object]:
    """How much was done for a thing, and by whom it is to be."""
    from tray.store import totals

    if isinstance(thing, Client):
        projects = [each.name for each in stored.projects(context.db) if each.client_id == thing.id]
        return {"projects": projects}
    assigned: dict[str, object] = {}
    if isinstance(thing, Task) and thing.user_id is not None:
        assigned["assignee_name"] = _assignees(context, "task").get(thing.user_id)
    counted: totals.Counted = (
        "project" if isinstance(thing, Project) else "task" if isinstance(thing, Task) else "tag"
    )
    total = totals.of_one(context.db, counted, thing.id, now=context.now)
    return {**assigned, "entries": total.entries, "seconds": total.seconds}


def _rename(context: Context, options: argparse.Namespace) -> None:
    chosen = which(context, options.kind, options.which)
    outcome = catalogue.rename(context.db, options.kind, chosen, options.name, now=context.now)
    tell(context, options, outcome, tr("Renamed {kind} {id}: {name}"))


def change_use(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``archive``, ``restore``, ``done`` or ``reopen``."""
    ids = all_of(context, options)
    out = options.word in ("archive", "done")
    outcome = catalogue.archive(context.db, options.kind, *ids, now=context.now, archived=out)
    tell(context, options, outcome, _past(options.word), ids=ids)


def _delete(context: Context, options: argparse.Namespace) -> None:
    ids = all_of(context, options)
    names = stored.names(context.db)
    gone: list[Thing] = [stored.get(context.db, options.kind, each) for each in ids]
    if getattr(options, "entries", "keep") == "delete":
        outcome = removal.delete_with_entries(context.db, *ids, now=context.now)
    else:
        outcome = removal.delete(context.db, options.kind, *ids, now=context.now)
    if wants_json(options):
        _print_json(options.kind, gone, names, outcome)
        return
    for each in gone:
        print(_sentence_on(tr("Deleted {kind} {id}: {name}"), options.kind, each))
    print(formatting.dim(tr("`toggl-tray undo` brings back what was deleted.")))


def _merge(context: Context, options: argparse.Namespace) -> None:
    one, other = (which(context, options.kind, word) for word in (options.which, options.into))
    outcome = removal.merge(context.db, options.kind, one, other, now=context.now)
    tell(
        context,
        options,
        outcome,
        tr("Merged “{which}” into {kind} {id}: {name}"),
        ids=[other],
    )


def wants_json(options: argparse.Namespace) -> bool:
    """Whether the result is to be told as JSON."""
    return bool(options.json)


def tell(
    context: Context,
    options: argparse.Namespace,
    outcome: Outcome,
    sentence: str,
    *,
    ids: Iterable[int] = (),
) -> None:
    """Print what became of one or several things, as `sentence` says of each, and remarks."""
    kind: Kind = options.kind
    found: list[Thing] = [
        stored.get(context.db, kind, each) for each in ids or (outcome.created_id,)
    ]
    if wants_json(options):
        _print_json(kind, found, stored.names(context.db), outcome)
        return
    for each in found:
        print(_sentence_on(sentence, kind, each, options))
    for remark in outcome.remarks:
        print_notice(remark)


def _sentence_on(
    sentence: str, kind: Kind, one: Thing, options: argparse.Namespace | None = None
) -> str:
    which = getattr(options, "which", "")
    return sentence.format(kind=kind_word(kind), id=one.id, name=one.name, which=which)


def _print_json(kind: Kind, found: Iterable[Thing], names: Names, outcome: Outcome) -> None:
    listed: Any = [as_json(each, names) for each in found]
    formatting.print_json({"v": 1, f"{kind}s": listed, "remarks": list(outcome.remarks)})
