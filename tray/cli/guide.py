"""What the program does without a command: ask what you are working on, and start it."""

import argparse

from tray import clock
from tray.cli import arguments, formatting, prompts, status
from tray.cli.advice import with_advice
from tray.cli.context import Context
from tray.cli.messages import print_outcome
from tray.errors import NotCreatedYet, UserError
from tray.store import entries
from tray.tracker import timer

_EXAMPLE = "Write report @Acme #writing"


def configure_guide(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``guide``: there are none."""


def run_guide(context: Context, _: argparse.Namespace) -> None:
    """Carry out ``guide``."""
    status.print_status(context)
    if not prompts.is_interactive():
        print('`toggl-tray start "Write report"` starts an entry; `toggl-tray --help` shows more.')
        return
    if entries.running(context.db) is None:
        print(f"\nWhat are you working on? For example: {formatting.bold(_EXAMPLE)}")
        print(
            formatting.dim(
                "@ names a project, # a tag; a lone $ makes it billable, -15m starts it earlier."
            )
        )
    else:
        print("\nWhat comes next? It stops the running entry. `toggl-tray stop` only stops it.")
    _ask(context)


def _ask(context: Context) -> None:
    """Ask until an entry has been started, or nothing is wanted."""
    while text := prompts.read_line("> "):
        context.now = clock.now()  # the question may have stood there for a while
        try:
            _start(context, text)
        except UserError as error:
            print(with_advice(error))
        else:
            print(formatting.dim("`toggl-tray stop` stops it, `toggl-tray list` shows the day."))
            return


def _start(context: Context, text: str) -> None:
    entry = arguments.line(context, [text])
    if entry.stop is not None:
        raise UserError("That has an end. `toggl-tray add` adds finished entries.")
    draft = arguments.draft(entry, new=False)
    try:
        outcome = timer.start(context.db, draft, now=context.now, at=entry.start)
    except NotCreatedYet as error:
        if not prompts.agrees(f"{error} Make it now?"):
            raise UserError("Then try again, with another project or none.") from error
        draft = draft._replace(create_missing=True)
        outcome = timer.start(context.db, draft, now=context.now, at=entry.start)
    print_outcome(context, outcome, "Started")
