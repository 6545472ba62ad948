"""Starts the program, ``toggl-tray`` or ``python -m tray``: the tray, or a command."""

import gc
import os
import sys
from collections.abc import Mapping

from tray import launch_options
from tray.chosen_language import set_language
from tray.lean_typing import Final

_GARBAGE: Final = 20_000
"""How many objects may come to be before a command looks for circular garbage: what it loads is
none, and Python would look through all of that ten times."""


def main() -> None:
    """Run a command; without one the tray, or where there is no desktop a guide in the terminal."""
    have_streams()
    set_language("system")  # until the settings are found
    options = launch_options.take(sys.argv[1:], os.environ)
    arguments, debug = options.arguments, options.debug
    if arguments == ["--probe"]:
        from tray.app.probe import main as look

        return look()
    if arguments == ["--read-calendar"]:
        from tray.ical.child import main as read

        return read()
    if arguments == ["--send-requests"]:
        from tray.api.request_sender import main as send

        return send()
    if arguments == ["--ask-keyring"]:
        from tray.keyring_process import main as ask

        return ask()
    if arguments[:1] == ["--serve"]:
        from tray.hub.serving import main as serve

        sys.exit(serve(arguments[1:]))
    if arguments == ["--run-hooks"]:
        from tray.hooks.hook_runner import main as run_hooks

        sys.exit(run_hooks())
    link = arguments[0] if len(arguments) == 1 and is_link(arguments[0]) else ""
    if (link or not arguments) and has_desktop(os.environ, sys.platform):
        sys.exit(run_tray(link, debug=debug, named=options.named, at_login=options.at_login))
    gc.set_threshold(_GARBAGE)
    from tray.cli.main import main as run

    code = run(arguments, debug=debug)
    if "threading" not in sys.modules:
        # To take everything apart takes Python as long as many a command. Nothing waits for that
        # where there are no threads, nor the log, which brings them along; all files are closed.
        os._exit(code)
    sys.exit(code)


def have_streams() -> None:
    """Have all three streams there: a program without a console has none, nor after `>&-`."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(nowhere, mode, closefd=False))  # noqa: SIM115  # for good


def is_link(argument: str) -> bool:
    """Whether a desktop hands over what a browser was to open; `model/links.py` reads it."""
    return argument.lower().startswith("toggl-tray:")


def has_desktop(environ: Mapping[str, str], platform: str) -> bool:
    """Whether there is a screen to put an icon on; `platform` is what `sys.platform` says."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run_tray(
    link: str = "", *, debug: bool = False, named: bool = False, at_login: bool = False
) -> int:
    """Run the tray until the user quits, or have the one that runs open link or quick start.

    Args:
        link: What is to be opened.
        debug: Whether to log every step, whatever the settings say.
        named: Whether the user has named the profile, and so switches to it.
        at_login: Whether the desktop starts it, so that one that runs is left alone.

    Returns:
        The exit code of the process.
    """
    try:
        from tray.app import first_instance

        with first_instance.first_instance(link, named=named, at_login=at_login) as instance:
            if instance is None:
                return 0
            qt = first_instance.load_qt()  # before the windows are imported, which use it
            from functools import partial

            from tray.app.application import Application
            from tray.app.run import run
            from tray.app.window_pages import pages

            return run(qt, instance, partial(Application, pages=pages), debug=debug)
    except (Exception, KeyboardInterrupt) as error:  # each ends in a sentence, not in a traceback
        from tray.cli.main import explained

        return explained(error)


if __name__ == "__main__":
    main()
