"""Shows a tray program to somebody who has no desktop: ``python -m tests.rig COMMAND``.

It comes up on a virtual one, opens its menu and is photographed.
"""

import argparse
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.rig.desktop import Desktop, Program, open_desktop
from tests.rig.pointer import RIGHT
from tests.rig.waiting import wait_until

SIZE: Final = (1024, 640)
ICON_SECONDS: Final = 30.0
GLANCE_SECONDS: Final = 0.5
"""How often it is seen whether the program has ended."""


def main(arguments: Sequence[str]) -> int:
    """Run until it is over; 1 if the program failed."""
    asked = _parser().parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        with open_desktop("xfce", size=SIZE, own_home=False) as desktop:
            program = desktop.run(asked.command)
            _show(desktop, program, asked.picture, seconds=asked.seconds)
            if not asked.once:
                _stay(desktop, program, asked.picture)
            return _end(program)
    except (FileNotFoundError, AssertionError) as error:
        _say(f"the virtual desktop could not be brought up: {error}")
    except TimeoutError:
        _say("the virtual desktop did not come up in time; try again when the machine is less busy")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.rig", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the picture")
    parser.add_argument("--picture", type=Path, default=Path("desktop.png"), help="where it goes")
    parser.add_argument("--seconds", type=float, default=1.5, help="that the menu gets to open")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="the program and its arguments")
    return parser


def _show(desktop: Desktop, program: Program, picture: Path, *, seconds: float) -> None:
    with suppress(TimeoutError):
        wait_until(lambda: program.icon() or not program.running, ICON_SECONDS)
    if not program.running:
        return
    icon = program.wait_for_icon() if program.icon() else None
    if icon:
        icon.click(RIGHT)
    time.sleep(seconds)
    desktop.screenshot(picture)
    if icon:
        desktop.press("esc")
    _say(f"{'the icon, with its menu open' if icon else 'it shows no icon'}: {picture}")


def _stay(desktop: Desktop, program: Program, picture: Path) -> None:
    """Until the program ends; each Enter takes a new picture."""
    _say("it runs until Ctrl+C; Enter takes a new picture")
    while program.running:
        ready, _, _ = select.select([sys.stdin], [], [], GLANCE_SECONDS)
        if ready and not sys.stdin.readline():
            return
        if ready:
            desktop.screenshot(picture)


def _end(program: Program) -> int:
    code = program.terminate()
    if code in (0, -signal.SIGTERM):
        return 0
    _say(f"the program ended with exit code {code}; it said:\n{program.output}")
    return 1


def _leave(_signal: int, _frame: object) -> None:
    """Through all that is open, which ends everything."""
    sys.exit(0)


def _say(sentence: str) -> None:
    print(f"toggl-tray: {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
