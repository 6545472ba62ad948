"""The commands that ask something of the running tray."""

import argparse
from typing import Final

from tray.cli.context import Context
from tray.errors import Refused
from tray.ipc import lock
from tray.ipc.client import send
from tray.ipc.protocol import MOST_ACTIVATION, Command, Message
from tray.language import tr

_LEAVE_SECONDS: Final = 15


def configure_quick(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``quick``."""
    parser.epilog = tr("Bind it to a key in your desktop's settings, where no global hotkey works.")


configure_window = configure_clipboard = configure_mini = configure_quick
"""Each of them is there to be bound to a key."""


def configure_quit(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``quit``."""
    parser.epilog = tr("The running entry goes on. The command waits until the tray has left.")


def run_quick(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``quick``."""
    del options
    _bring_up(context, Command.QUICK)


def run_window(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``window``."""
    del options
    _bring_up(context, Command.WINDOW)


def run_clipboard(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``clipboard``."""
    del options
    _bring_up(context, Command.CLIPBOARD)


def run_mini(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``mini``."""
    del options
    _bring_up(context, Command.MINI)


def _bring_up(context: Context, command: Command) -> None:
    """Have the tray open a window, which the desktop lets come to the front."""
    environ = context.environ
    token = environ.get("XDG_ACTIVATION_TOKEN") or environ.get("DESKTOP_STARTUP_ID") or ""
    _send(context, Message(command, token[:MOST_ACTIVATION]))


def run_quit(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``quit``."""
    del options
    _send(context, Message(Command.QUIT))
    if not lock.wait_until_released(context.paths.lock, timeout_seconds=_LEAVE_SECONDS):
        raise Refused(
            tr(
                "The tray has agreed to quit, but is still there after {leave_seconds} "
                "seconds. Wait a little longer, or end its process."
            ).format(leave_seconds=_LEAVE_SECONDS)
        )
    print(tr("The tray has quit."))


def _send(context: Context, message: Message) -> None:
    """Send a message to the tray.

    Raises:
        Refused: there is none, or it cannot do that.
    """
    reply = send(context.paths, message)
    if reply is None:
        raise Refused(tr("The tray is not running. Start it with `toggl-tray`."))
    if not reply.ok:
        raise Refused(reply.error)
