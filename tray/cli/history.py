"""The commands that take back what was done, and do it again."""

import argparse

from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import one_line, print_notice
from tray.language import tr
from tray.model.verb_words import verb_word
from tray.store.undoing import PastStep
from tray.tracker import undo


def configure_undo(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``undo``."""


def configure_redo(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``redo``."""


def run_undo(context: Context, _: argparse.Namespace) -> None:
    """Carry out ``undo``."""
    outcome, step = undo.undo(context.db)
    print(tr("Undone: {named}").format(named=_named(context, step)))
    for remark in outcome.remarks:
        print_notice(remark)


def run_redo(context: Context, _: argparse.Namespace) -> None:
    """Carry out ``redo``."""
    print(tr("Done again: {named}").format(named=_named(context, undo.redo(context.db)[1])))


def _named(context: Context, step: PastStep) -> str:
    text = tr("{verb} “{subject}”, of {moment}") if step.subject else tr("{verb}, of {moment}")
    return text.format(
        verb=verb_word(step.verb),
        subject=one_line(step.subject),
        moment=formatting.moment(context, step.at),
    )
