"""The command that lists what the exchange leaves to the user, and takes the user's decisions."""

import argparse

from tray.cli import formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.errors import Refused
from tray.language import listed, tr, tr_marked
from tray.sentences import either, together
from tray.sync import problems
from tray.sync.problems import SyncProblem

_CHOICES = {
    "refused": ("retry", "drop"),
    "gone": ("recreate", "drop"),
    "conflict": ("keep", "take"),
    "copy": ("keep", "take", "drop"),
}


_CORRECTIONS = {
    "entry": "edit",
    "project": "projects rename",
    "client": "clients rename",
    "tag": "tags rename",
}
"""What corrects a thing that was refused."""


def configure_problems(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``problems``."""
    parser.add_argument("--json", action="store_true", help=tr("list as JSON"))
    actions = add_actions(parser)
    for word, run, explanation in (
        ("retry", _retry, tr("send a refused change again")),
        (
            "drop",
            _drop,
            tr("let a refused change be, an entry that was deleted elsewhere go, or a copy"),
        ),
        ("recreate", _recreate, tr("make an entry that was deleted elsewhere anew")),
        ("take", _take, tr("take the other value of a field changed on both sides, or the copy")),
        ("keep", _keep, tr("leave such a field as it is, or both entries")),
    ):
        action = add_action(actions, word, explanation=explanation, run=run)
        action.add_argument("problem", metavar="ID", help=tr("as `toggl-tray problems` shows it"))
    parser.epilog = tr(
        "A refused new entry that is dropped stays on this computer; a refused change is taken\n"
        "back, but nothing runs again by it: what still runs in the account is then stopped on\n"
        "this computer only. `edit` corrects an entry; what is edited is sent again by itself."
    )


def everything(context: Context) -> list[SyncProblem]:
    """All of them, with times as the user reads them."""
    return problems.every(context.db, moment=lambda when: formatting.moment(context, when))


def run_problems(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``problems`` without an action: list them."""
    found = everything(context)
    if options.json:
        formatting.print_json({"v": 1, "problems": [_json(each) for each in found]})
    elif found:
        rows = [[each.key, together(each.sentence, _hint(each))] for each in found]
        print(formatting.table(rows, right=(0,)))
    else:
        print(tr("Nothing waits for you."))


def _hint(problem: SyncProblem) -> str:
    choices = listed(_CHOICES[problem.kind])
    correction = _CORRECTIONS.get(problem.table) if problem.here else None
    if correction is None:
        return formatting.dim(tr("({choices})").format(choices=choices))
    text = tr("({choices}, or {correction} {number})")
    return formatting.dim(
        text.format(choices=choices, correction=correction, number=problem.row_id)
    )


def _json(problem: SyncProblem) -> dict[str, object]:
    return {
        "id": problem.key,
        "kind": problem.kind,
        "thing": problem.table,
        "thing_id": problem.row_id,
        "field": problem.field or None,
        "said": problem.sentence,
        "choices": list(_CHOICES[problem.kind]),
    }


def _retry(context: Context, options: argparse.Namespace) -> None:
    found = _found(context, options, "refused")
    problems.retry(context.db, found, now=context.now)
    print(tr("{name} will be sent again.").format(name=found.name))


def _drop(context: Context, options: argparse.Namespace) -> None:
    found = _found(context, options, "refused", "gone", "copy")
    if found.kind == "copy":
        _remove_one(context, found, copy=True)
        return
    if found.kind == "gone":
        problems.let_go(context.db, found, now=context.now)
        print(
            tr("{name} is deleted here, too. `toggl-tray undo` brings it back.").format(
                name=found.name
            )
        )
        return
    runs_on = problems.give_up(context.db, found, now=context.now)
    if runs_on:
        text = tr(
            "{name} is again as the account has it, but stopped here; in the account it still runs."
        )
    else:
        text = {
            "create": tr("{name} stays on this computer only."),
            "update": tr("{name} is again as the account has it."),
            "delete": tr("{name} is back."),
        }[found.action]
    print(text.format(name=found.name))


def _recreate(context: Context, options: argparse.Namespace) -> None:
    found = _found(context, options, "gone")
    problems.recreate(context.db, found)
    print(tr("{name} will be made anew in the account.").format(name=found.name))


def _take(context: Context, options: argparse.Namespace) -> None:
    found = _found(context, options, "conflict", "copy")
    if found.kind == "copy":
        _remove_one(context, found, copy=False)
        return
    problems.take_other(context.db, found, now=context.now)
    print(
        tr("The {field} of {name} is {other} now.").format(
            field=tr_marked(found.field), name=found.name, other=found.other
        )
    )


def _keep(context: Context, options: argparse.Namespace) -> None:
    found = _found(context, options, "conflict", "copy")
    problems.keep(context.db, found)
    if found.kind == "copy":
        print(tr("{name} and {other} both stay.").format(name=found.kept, other=found.other))
        return
    print(tr("The {field} of {name} stays as it is.").format(field=found.field, name=found.name))


def _remove_one(context: Context, found: SyncProblem, *, copy: bool) -> None:
    problems.remove_one(context.db, found, copy=copy, now=context.now)
    print(
        tr("{name} is deleted. `toggl-tray undo` brings it back.").format(
            name=found.other if copy else found.kept
        )
    )


def _found(context: Context, options: argparse.Namespace, *kinds: str) -> SyncProblem:
    """The problem that is meant.

    Raises:
        NotFound: there is none.
        Refused: it takes other decisions.
    """
    found = problems.find(
        context.db, options.problem, moment=lambda when: formatting.moment(context, when)
    )
    if found.kind not in kinds:
        can_be = tr("What can be done is: {choices}.").format(choices=either(_CHOICES[found.kind]))
        raise Refused(together(found.sentence, can_be))
    return found
