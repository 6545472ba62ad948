"""The commands that put the program into the menus of the desktop, and take it out again."""

import argparse
import sys
from collections.abc import Mapping

from tray.cli import formatting
from tray.cli.context import Context
from tray.desktop.autostart import user_autostart
from tray.desktop.installing import Installation, Piece
from tray.errors import Refused
from tray.language import tr
from tray.profile_actions import environ_of
from tray.program import autostart_command, tray_command


def configure_install(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``install``."""
    parser.epilog = tr(
        "Writes a menu entry with its icon, and has the desktop open links that begin with\n"
        "toggl-tray: by it, for you alone. Packages do this themselves."
    )
    parser.add_argument(
        "--autostart", action="store_true", help=tr("have the tray started at every login as well")
    )
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def configure_uninstall(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``uninstall``."""
    parser.epilog = tr("Everything that you tracked, the settings and the backups stay.")
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def run_install(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``install``."""
    command = tray_command(context.environ)
    pieces = choose_installation(context.environ, sys.platform).put(command)
    if options.autostart:
        environ = environ_of(context.environ, context.paths)
        at_login = autostart_command(environ)
        user_autostart(environ, sys.platform).enable(at_login)
        pieces.append(Piece("start at login", " ".join(at_login)))
    if options.json:
        _print_json(pieces)
        return
    print(_table(tr("Installed"), pieces))


def run_uninstall(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``uninstall``."""
    pieces = choose_installation(context.environ, sys.platform).take_away()
    autostart = user_autostart(context.environ, sys.platform)
    if autostart.enabled():
        autostart.disable()
        pieces.append(Piece("start at login", ""))
    if options.json:
        _print_json(pieces)
        return
    print(_table(tr("Removed"), pieces) if pieces else tr("Nothing was installed."))
    print(tr("What you tracked stays, in {data}.").format(data=context.paths.data))


def _table(done: str, pieces: list[Piece]) -> str:
    return formatting.table([[done, _called(piece.name), piece.place] for piece in pieces])


def _called(piece: str) -> str:
    """What a piece is called in the user's language; in JSON its name stays."""
    return {
        "menu entry": tr("menu entry"),
        "icon": tr("icon"),
        "links": tr("links"),
        "start at login": tr("start at login"),
    }.get(piece, piece)


def _print_json(pieces: list[Piece]) -> None:
    formatting.print_json({"v": 1, "pieces": [piece._asdict() for piece in pieces]})


def choose_installation(environ: Mapping[str, str], platform: str) -> Installation:
    """The way of this system.

    Raises:
        Refused: here it is not for the program to do that.
    """
    if environ.get("FLATPAK_ID") or environ.get("SNAP"):
        raise Refused(tr("This copy was installed by a store, which has put everything in place."))
    if platform == "win32":
        from tray.desktop.windows.shortcuts import WindowsInstallation

        return WindowsInstallation(environ)
    if platform == "darwin":
        raise Refused(
            tr("On macOS the menu and links belong to the app. Install that, and start it once.")
        )
    from tray.desktop.linux.desktop_entry import XdgInstallation

    return XdgInstallation(environ)
