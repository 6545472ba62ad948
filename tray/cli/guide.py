"""What the program does without a command: ask what you are working on, and start it."""

import argparse

from tray import clock
from tray.cli import arguments, formatting, prompts, status
from tray.cli.advice import with_advice
from tray.cli.context import Context
from tray.cli.messages import print_outcome
from tray.errors import NotCreatedYet, UserError
from tray.language import tr
from tray.sentences import together
from tray.store import entries
from tray.tracker import timer


def configure_guide(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``guide``: there are none."""


def run_guide(context: Context, _: argparse.Namespace) -> None:
    """Carry out ``guide``."""
    status.print_status(context)
    if not prompts.is_interactive():
        print(
            tr('`toggl-tray start "Write report"` starts an entry; `toggl-tray --help` shows more.')
        )
        return
    if entries.running(context.db) is None:
        print(
            "\n"
            + tr("What are you working on? For example: {example}").format(
                example=formatting.bold(tr("Write report @Acme #writing"))
            )
        )
        print(
            formatting.dim(
                tr(
                    "@ names a project, # a tag; a lone $ makes it billable, -15m starts it "
                    "earlier."
                )
            )
        )
    else:
        next_one = tr(
            "What comes next? It stops the running entry. `toggl-tray stop` only stops it."
        )
        print(f"\n{next_one}")
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
            print(
                formatting.dim(tr("`toggl-tray stop` stops it, `toggl-tray list` shows the day."))
            )
            return


def _start(context: Context, text: str) -> None:
    entry = arguments.line(context, [text])
    if entry.stop is not None:
        raise UserError(tr("That has an end. `toggl-tray add` adds finished entries."))
    draft = arguments.draft(arguments.with_default(context, entry), new=False)
    try:
        outcome = timer.start(context.db, draft, now=context.now, at=entry.start)
    except NotCreatedYet as error:
        if not prompts.agrees(together(str(error), tr("Make it now?"))):
            raise UserError(tr("Then try again, with another project or none.")) from error
        draft = draft._replace(create_missing=True)
        outcome = timer.start(context.db, draft, now=context.now, at=entry.start)
    print_outcome(context, outcome, tr("Started {entry} {times}"))
