"""The commands that take back what was done, and do it again."""

import argparse

from tray.cli import formatting
from tray.cli.context import Context
from tray.cli.streams import one_line, print_notice
from tray.store.undo_log import PastStep
from tray.tracker import undo


def configure_undo(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``undo``."""


def configure_redo(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``redo``."""


def run_undo(context: Context, _: argparse.Namespace) -> None:
    """Carry out ``undo``."""
    outcome, step = undo.undo(context.db)
    print(f"Undone: {_named(context, step)}")
    for remark in outcome.remarks:
        print_notice(remark)


def run_redo(context: Context, _: argparse.Namespace) -> None:
    """Carry out ``redo``."""
    print(f"Done again: {_named(context, undo.redo(context.db)[1])}")


def _named(context: Context, step: PastStep) -> str:
    subject = f" “{one_line(step.subject)}”" if step.subject else ""
    return f"{step.verb}{subject}, of {formatting.moment(context, step.at)}"
