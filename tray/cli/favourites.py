"""The command for favourites: list, pin, unpin, order, start."""

import argparse
from collections.abc import Callable

from tray.cli import asked, show
from tray.cli.context import Context
from tray.cli.said import say
from tray.errors import BadLine, NotFound
from tray.model.entities import Favourite
from tray.store import catalogue, entries
from tray.store import favourites as stored
from tray.tracker import favourites, timer


def configure_favourites(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``favourites``."""
    parser.add_argument("--json", action="store_true", help="list as JSON")
    actions = parser.add_subparsers(metavar="ACTION", title="actions (none: list them)")

    def action(name: str, explanation: str, run: Callable[..., None]) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=explanation, description=explanation)
        made.set_defaults(run=run)
        return made

    pin = action("pin", "pin what a line describes, or an entry", _pin)
    asked.add_line(pin)
    pin.add_argument("--entry", metavar="ENTRY", help="an entry's number, “last” or “running”")
    action("unpin", "remove a favourite", _unpin).add_argument("place", type=int)
    move = action("move", "give a favourite another place", _move)
    move.add_argument("place", type=int, help="where it is, 1 being the top")
    move.add_argument("to", type=int, help="where it goes")
    action("start", "start a favourite", _start).add_argument("place", type=int)


def run_favourites(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``favourites`` without an action: list them."""
    pinned = stored.everything(context.db)
    names = catalogue.names(context.db)
    if options.json:
        show.print_json(
            {
                "v": 1,
                "favourites": [
                    {
                        "place": place,
                        "description": each.what.description,
                        "project": each.what.project_id
                        and names.projects[each.what.project_id].name,
                        "task": each.what.task_id and names.tasks[each.what.task_id].name,
                        "tags": [names.tags[tag].name for tag in each.what.tag_ids],
                        "billable": each.what.billable,
                    }
                    for place, each in enumerate(pinned, start=1)
                ],
            }
        )
    elif not pinned:
        print("No favourites yet. `toggl-tray favourites pin --entry last` pins what you do now.")
    else:
        rows = [
            [str(place), show.title(each.what, names)] for place, each in enumerate(pinned, start=1)
        ]
        print(show.table(rows, right=(0,)))


def _at(context: Context, place: int) -> Favourite:
    """The favourite at a place of the list.

    Raises:
        NotFound: the list is shorter.
    """
    pinned = stored.everything(context.db)
    if not 1 <= place <= len(pinned):
        raise NotFound(f"There is no favourite {place}. `toggl-tray favourites` lists them.")
    return pinned[place - 1]


def _pin(context: Context, options: argparse.Namespace) -> None:
    if bool(options.line) == (options.entry is not None):
        raise BadLine("Give either a line such as “Stand-up @Acme”, or --entry last.")
    if options.entry is not None:
        what = entries.get(context.db, asked.entry_id(context, options.entry)).what
        favourites.pin(context.db, what, now=context.now)
    else:
        draft = asked.draft(asked.line(context, options.line), new=options.new)
        favourites.pin(context.db, draft, now=context.now)
    print(f"Pinned as favourite {len(stored.everything(context.db))}.")


def _unpin(context: Context, options: argparse.Namespace) -> None:
    favourites.unpin(context.db, _at(context, options.place).id, now=context.now)
    print(f"Removed favourite {options.place}.")


def _move(context: Context, options: argparse.Namespace) -> None:
    favourites.move(context.db, _at(context, options.place).id, options.to, now=context.now)
    run_favourites(context, argparse.Namespace(json=False))


def _start(context: Context, options: argparse.Namespace) -> None:
    outcome = timer.start(context.db, _at(context, options.place).what, now=context.now)
    say(context, outcome, "Started")
