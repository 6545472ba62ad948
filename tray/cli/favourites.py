"""The command for favourites: list, pin, unpin, order, start."""

import argparse

from tray.cli import arguments, formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.cli.messages import print_outcome
from tray.errors import BadLine, NotFound
from tray.language import tr
from tray.model.entities import Favourite
from tray.store import catalogue, entries
from tray.store import favourites as stored
from tray.sync import status_json
from tray.tracker import favourites, timer


def configure_favourites(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``favourites``."""
    parser.add_argument("--json", action="store_true", help=tr("list as JSON"))
    actions = add_actions(parser)
    pin = add_action(
        actions, "pin", explanation=tr("pin what a line describes, or an entry"), run=_pin
    )
    arguments.add_line(pin)
    pin.add_argument("--entry", metavar="ENTRY", help=tr("an entry's number, “last” or “running”"))
    move = add_action(actions, "move", explanation=tr("give a favourite another place"), run=_move)
    for action in (
        add_action(actions, "unpin", explanation=tr("remove a favourite"), run=_unpin),
        move,
        add_action(actions, "start", explanation=tr("start a favourite"), run=_start),
    ):
        action.add_argument("place", type=arguments.count, help=tr("where it is, 1 being the top"))
    move.add_argument("to", type=arguments.count, help=tr("where it goes"))


def run_favourites(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``favourites`` without an action: list them."""
    pinned = stored.everything(context.db)
    names = catalogue.names(context.db)
    if options.json:
        formatting.print_json(
            {
                "v": 1,
                "favourites": [
                    {
                        "place": place,
                        "description": each.what.description,
                        **status_json.project_json(each.what, names),
                        "task": each.what.task_id and names.tasks[each.what.task_id].name,
                        "tags": [names.tags[tag].name for tag in each.what.tag_ids],
                        "billable": each.what.billable,
                    }
                    for place, each in enumerate(pinned, start=1)
                ],
            }
        )
    elif not pinned:
        print(
            tr("No favourites yet. `toggl-tray favourites pin --entry last` pins what you do now.")
        )
    else:
        rows = [
            [str(place), formatting.title(each.what, names)]
            for place, each in enumerate(pinned, start=1)
        ]
        print(formatting.table(rows, right=(0,)))


def _at(context: Context, place: int) -> Favourite:
    """The favourite at a place of the list.

    Raises:
        NotFound: the list is shorter.
    """
    pinned = stored.everything(context.db)
    if not 1 <= place <= len(pinned):
        raise NotFound(tr("There is no favourite {place}.").format(place=place), kind="favourite")
    return pinned[place - 1]


def _pin(context: Context, options: argparse.Namespace) -> None:
    if bool(options.line) == (options.entry is not None):
        raise BadLine(tr("Give either a line such as “Stand-up @Acme”, or --entry last."))
    number = options.line[0] if len(options.line) == 1 and options.line[0].isdecimal() else None
    chosen = options.entry or number
    if chosen is not None:
        what = entries.get(context.db, arguments.entry_id(context, chosen)).what
        favourites.pin(context.db, what, now=context.now)
    else:
        entry = arguments.line(context, options.line)
        if entry.start is not None:
            raise BadLine(tr("A favourite has no times. Leave them out of the line."))
        favourites.pin(context.db, arguments.draft(entry, new=options.new), now=context.now)
    print(tr("Pinned as favourite {count}.").format(count=len(stored.everything(context.db))))


def _unpin(context: Context, options: argparse.Namespace) -> None:
    favourites.unpin(context.db, _at(context, options.place).id, now=context.now)
    print(tr("Removed favourite {place}.").format(place=options.place))


def _move(context: Context, options: argparse.Namespace) -> None:
    favourites.move(context.db, _at(context, options.place).id, options.to, now=context.now)
    run_favourites(context, argparse.Namespace(json=False))


def _start(context: Context, options: argparse.Namespace) -> None:
    outcome = timer.start(context.db, _at(context, options.place).what, now=context.now)
    print_outcome(context, outcome, tr("Started {entry} {times}"))
