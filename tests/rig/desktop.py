"""A whole desktop of our own, with the hands and eyes of a user."""

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final

from Xlib.display import Display

from tests.rig import environ
from tests.rig.appearance import BACKGROUNDS, Appearance, Scheme
from tests.rig.bus import Bus
from tests.rig.icon import Icon, icons
from tests.rig.keyboard import Keyboard
from tests.rig.notifications import Notifications
from tests.rig.panel import Kind, Panel
from tests.rig.pointer import LEFT, Pointer
from tests.rig.process import Process
from tests.rig.screen import Screen, Window
from tests.rig.secret_service import secret_service
from tests.rig.session import Session, open_session
from tests.rig.waiting import wait_until

SIZE: Final = (1280, 800)
SETTLING_SECONDS: Final = 0.05
XCLIP: Final = ("xclip", "-selection", "clipboard")


class Program(Process):
    """A program under test, on `desktop`."""

    def __init__(
        self, argv: Sequence[str], variables: Mapping[str, str], *, log: Path, desktop: "Desktop"
    ) -> None:
        super().__init__(argv, variables, log=log)
        self._desktop = desktop

    def icon(self) -> Icon | None:
        """Its icon in the tray, if it has one now."""
        return next((icon for icon in self._desktop.icons() if icon.pid == self.pid), None)

    def wait_for_icon(self) -> Icon:
        """Its icon, as soon as it is there and the panel has made room for it."""

        def settled() -> Icon | None:
            icon = self.icon()
            time.sleep(SETTLING_SECONDS if icon else 0)
            again = self.icon()
            return again if icon and again and icon.place == again.place else None

        return wait_until(settled)


class Desktop:
    """What is on `session`; see `open_desktop`."""

    def __init__(self, session: Session, *, own_home: bool) -> None:
        self._session = session
        self.folder = session.folder
        self._own_home = own_home
        self._display = Display(session.display)
        self._bus = Bus(session.address)
        self.programs: list[Program] = []
        self.home = session.folder / "user"
        self.screen = Screen(self._display)
        self.pointer = Pointer(self._display)
        self.keyboard = Keyboard(self._display)
        self.appearance = Appearance(self._display)
        self.panel = Panel(self._display, self._bus, launch=session.launch)
        self.notifications = Notifications(
            session.address, launch=session.launch, answer=session.folder / "answer"
        )

    def start(self, kind: Kind) -> None:
        """Bring up the window manager, the notification daemon and the panel."""
        self.look()
        self._session.launch("openbox", "openbox", "--sm-disable")
        self.notifications.start()
        self.panel.start(kind)
        wait_until(self.screen.is_managed)
        self.notifications.wait()
        self.panel.wait()

    def close(self) -> None:
        """End the programs and let go of the session."""
        try:
            self.end_programs()
        finally:
            self.notifications.close()
            self._bus.close()
            self._display.close()

    def reset(self, kind: Kind) -> None:
        """As at the start, with a panel of this kind."""
        self.end_programs()
        self.keyboard.reset()
        self.pointer.move(*self.screen.size.centre)
        self.screen.unsplit()
        self.look()
        self.notifications.start()
        self.panel.use(kind)
        self.notifications.wait()
        self.notifications.clear()

    def look(self, scheme: Scheme = "light", scale: float = 1.0) -> None:
        """From now on be light or dark, and 1.5 times as large as usual, say."""
        self.appearance.show(scheme, scale)
        self.screen.paint(BACKGROUNDS[scheme])

    def run(self, argv: Sequence[str], variables: Mapping[str, str] | None = None) -> Program:
        """Start a program, with more environment variables."""
        log = self.folder / f"program-{len(self.programs)}.log"
        program = Program(argv, {**self.variables, **(variables or {})}, log=log, desktop=self)
        self.programs.append(program)
        return program

    def end_programs(self) -> None:
        """End what `run` started, and empty the home they had."""
        programs, self.programs = self.programs, []
        with ExitStack() as ends:
            for program in programs:
                ends.callback(program.terminate)
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def variables(self) -> dict[str, str]:
        """The environment of programs."""
        return {
            **environ.inherited(own_home=self._own_home),
            **environ.of_desktop(
                self.folder, address=self._session.address, display=self._session.display
            ),
            **(environ.of_home(self.home) if self._own_home else {}),
        }

    def keyring(self) -> AbstractContextManager[None]:
        """A keyring that is unlocked, for as long as this block."""
        return secret_service(self.variables, self._bus, b"password of the login")

    def icons(self) -> list[Icon]:
        """All in the tray."""
        drawn = self.panel.kind == "xfce"
        return icons(self.screen, self.pointer, self._bus, drawn=drawn)

    def click(self, x: int, y: int, button: int = LEFT) -> None:
        """Press a mouse button there."""
        self.pointer.click(x, y, button)

    def press(self, combination: str) -> None:
        """Press keys, such as ``ctrl+alt+t``."""
        self.keyboard.press(combination)

    def type(self, text: str) -> None:
        """Write on the keyboard."""
        self.keyboard.type(text)

    def copy(self, text: str) -> None:
        """Put `text` on the clipboard."""
        file = self.folder / "copied"
        file.write_text(text, encoding="utf-8")
        self.run([*XCLIP, "-quiet", str(file)]).wait_for("Waiting")

    def copied(self) -> str:
        """What is on the clipboard."""
        pasted = subprocess.run(
            [*XCLIP, "-out"], env=self.variables, capture_output=True, check=True
        )
        return pasted.stdout.decode()

    def windows(self, name: str = "") -> list[Window]:
        """Those with `name` in their title or class."""
        return self.screen.windows(name)

    def screenshot(self, path: Path) -> None:
        """Write all of the screen to a PNG file."""
        self.screen.picture().save(path)


@contextmanager
def open_desktop(
    kind: Kind = "xfce", *, size: tuple[int, int] = SIZE, own_home: bool = True
) -> Iterator[Desktop]:
    """A desktop with a panel of this kind.

    Args:
        kind: Of panel.
        size: Of the screen, in pixels.
        own_home: Whether programs get an empty home instead of the user's.
    """
    with open_session(size) as session:
        desktop = Desktop(session, own_home=own_home)
        try:
            desktop.start(kind)
            yield desktop
        finally:
            desktop.close()
