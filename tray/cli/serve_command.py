"""The command that serves the local Toggl API, and shows what other programs sign in with."""

import argparse
import os
import subprocess
import sys
from typing import Final

from tray import credentials, program
from tray.cli import account as shared
from tray.cli.context import Context
from tray.cli.streams import print_notice, show_result
from tray.credentials import Patience, TokenStorage
from tray.errors import Refused
from tray.language import tr

_UNLOCKED_SECONDS: Final = 60


def configure_serve(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``serve``."""
    parser.add_argument(
        "--port", type=int, help=tr("in place of that of the settings; 0: any free")
    )
    parser.add_argument("--token", action="store_true", help=tr("only show the token"))
    parser.add_argument("--new-token", action="store_true", help=tr("make another, and show it"))
    parser.epilog = tr(
        "Programs on this computer reach it at http://localhost:PORT/api/v9, or /api/v8, and\n"
        "sign in with a token of its own, never the account's: curl -u TOKEN:api_token … It goes\n"
        "on until it is interrupted; the tray can serve it, too (see the settings). The token is\n"
        "in the keyring; TOGGL_TRAY_API_TOKEN names another."
    )


def run_serve(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``serve``."""
    if options.token or options.new_token:
        print(_token(context, anew=options.new_token))
        return
    port = () if options.port is None else ("--port", str(options.port))
    context.close()
    show_result()
    command = program.serve_command(*port)
    if sys.platform == "win32":
        sys.exit(subprocess.call(command))  # noqa: S603  # our own program
    os.execv(command[0], command)  # noqa: S606  # likewise


def _token(context: Context, *, anew: bool) -> str:
    """The token of the local API.

    Raises:
        Refused: there is no keyring to keep it.
    """
    store = context.secret_store(Patience(_UNLOCKED_SECONDS, shared.waits_for_keyring))
    token, kept = credentials.local_api_token(store, context.environ, anew=anew)
    if kept is TokenStorage.MEMORY:
        sentence = tr("The token of the local API has nowhere to be kept: {reason}.")
        raise Refused(sentence.format(reason=store.reason))
    if anew:
        print_notice(tr("Programs that used the token before have to be given this one."))
    return token
