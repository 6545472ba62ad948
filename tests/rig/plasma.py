"""KDE Plasma, on an X server or on Wayland in a window of one, where a user has eyes and hands."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from Xlib.display import Display

from tests.rig.appearance import Scheme
from tests.rig.keyboard import Keyboard
from tests.rig.pointer import Pointer
from tests.rig.screen import Place, Screen, Window
from tests.rig.shells import SIZE, Shell, known, part
from tests.rig.status_item import StatusItem, status_items
from tests.rig.waiting import wait_until

On = Literal["x11", "wayland"]

SOCKET: Final = "plasma-test"
SCHEMES: Final = {"light": "BreezeLight", "dark": "BreezeDark"}
COLOURS: Final = Path("/usr/share/color-schemes")
NOTIFICATIONS: Final = "org.freedesktop.Notifications"
UP: Final = ("org.kde.plasmashell", "org.kde.StatusNotifierWatcher", NOTIFICATIONS)
"""The names on the bus of all that a program meets."""
CONFIGURATION: Final = {
    "baloofilerc": "[Basic Settings]\nIndexing-Enabled=false\n",
    "kwalletrc": "[Wallet]\nFirst Use=false\nEnabled=false\n",
    "kwinrc": "[Compositing]\nAnimationSpeed=0\n",
}
PARTS: Final = (
    *("kwin_x11", "kwin_wayland", "kded5", "kglobalaccel5", "kactivitymanagerd"),
    *("ksmserver", "plasma-apply-colorscheme", "xdg-desktop-portal-kde", "xdg-desktop-portal"),
    *("kwalletd5", "Xvfb"),
)


class Plasma(Shell):
    """See `open_plasma`."""

    others = "org.gnome."

    def __init__(self, folder: Path, on: On) -> None:
        super().__init__(
            folder,
            {
                "XDG_CURRENT_DESKTOP": "KDE",
                "XDG_SESSION_DESKTOP": "KDE",
                "XDG_SESSION_TYPE": on,
                "DESKTOP_SESSION": "plasma",
                "KDE_FULL_SESSION": "true",
                "KDE_SESSION_VERSION": "5",
                "XDG_MENU_PREFIX": "plasma-",
                "QT_QUICK_BACKEND": "software",
                "XCURSOR_THEME": "breeze_cursors",
            },
        )
        self.on: Final = on
        self._scheme: Scheme = "light"

    def start(self) -> None:
        """Return as soon as panel, notifications and portal are there."""
        self._configure()
        server = self.launch(
            *(part("Xvfb"), "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"),
            *("-nolisten", "tcp", "-noreset", "-dpi", "96"),
        )
        self._ends.callback(server.terminate)  # when killed, it leaves its lock file
        name = ":" + server.wait_for(r"^(\d+)\n")[1]
        self._display = Display(name)
        self._ends.callback(self._display.close)
        self.screen = Screen(self._display)
        self.pointer = Pointer(self._display)
        self.keyboard = Keyboard(self._display)
        super().start()
        if self.on == "x11":
            self._start_on_x(name)
        else:
            self._start_on_wayland(name)
        for each in ("kded5", "kactivitymanagerd", "kglobalaccel5"):
            self.launch(part(each))
        self.launch(part("plasmashell"), "--no-respawn")
        self.launch(part("xdg-desktop-portal-kde"))
        self.launch(part("xdg-desktop-portal"))
        for each in UP:
            self.wait_for_name(each)

    def _configure(self) -> None:
        folder = Path(self.variables["XDG_CONFIG_HOME"])
        for name, text in CONFIGURATION.items():
            (folder / name).write_text(text, encoding="utf-8")
        # as a session leaves it: with the colours themselves, which Qt's theme for KDE reads
        colours = (COLOURS / f"{SCHEMES['light']}.colors").read_text(encoding="utf-8")
        rest = "\n[Icons]\nTheme=breeze\n\n[KDE]\nAnimationDurationFactor=0\nwidgetStyle=Breeze\n"
        (folder / "kdeglobals").write_text(colours + rest, encoding="utf-8")

    def _start_on_x(self, display: str) -> None:
        self.variables["DISPLAY"] = display
        self.tell_activated()
        self.launch(part("ksmserver"), "--no-lockscreen")
        # by OpenGL in software; else nothing is composited
        self.launch(part("kwin_x11"), KWIN_COMPOSE="O2")
        self.wait_for_name("org.kde.KWin")

    def _start_on_wayland(self, display: str) -> None:
        # In a container the program as installed may not be started: it has a capability. A copy
        # has none, but must keep its name.
        program = str(shutil.copy(part("kwin_wayland"), self.folder))
        self.launch(
            *(program, "--x11-display", display, "--socket", SOCKET, "--xwayland"),
            *("--width", str(SIZE[0]), "--height", str(SIZE[1]), "--no-lockscreen"),
            KWIN_COMPOSE="Q",
            KWIN_WAYLAND_NO_PERMISSION_CHECKS="1",
        )
        wait_until(Path(self.variables["XDG_RUNTIME_DIR"], SOCKET).exists)
        self.wait_for_name("org.kde.KWin")
        self.variables["WAYLAND_DISPLAY"] = SOCKET
        self.tell_activated()

    def look(self, scheme: Scheme) -> None:
        """Be light or dark from now on, as the page Colours of System Settings does it."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        argv = ["plasma-apply-colorscheme", SCHEMES[scheme]]
        offscreen = {**self.variables, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(argv, env=offscreen, check=True, capture_output=True)

    def hotkey_components(self) -> list[str]:
        """Whose hotkeys System Settings lists."""
        name = "org.kde.kglobalaccel"
        (found,) = self.bus.call(name, "/kglobalaccel", "org.kde.KGlobalAccel.allComponents")
        return list(found)

    @contextmanager
    def without_compositing(self) -> Iterator[None]:
        """Switch off what makes windows see-through on X11, as Alt+Shift+F12 does."""
        compositor = ("org.kde.KWin", "/Compositor")
        self.bus.call(*compositor, "org.kde.kwin.Compositing.suspend")
        try:
            wait_until(lambda: not self._is_composited())
            yield
        finally:
            self.bus.call(*compositor, "org.kde.kwin.Compositing.resume")
            wait_until(self._is_composited)

    def _is_composited(self) -> bool:
        return bool(
            self.bus.property("org.kde.KWin", "/Compositor", "org.kde.kwin.Compositing.active")
        )

    def popups(self) -> list[Place]:
        """Where notifications are on an X server, whose windows can be asked for their names."""
        _, _, width, height = self.screen.size
        found = [each.place for each in self.screen.windows("Plasma\nplasmashell plasmashell")]
        return [each for each in found if each.width < width and each.height < height]

    def toggle_quiet(self) -> None:
        """Turn *Do Not Disturb* on or off, as the key for it does."""
        before = self.is_quiet()
        shortcut = "org.kde.kglobalaccel.Component.invokeShortcut"
        shell = ("org.kde.kglobalaccel", "/component/plasmashell")
        self.bus.call(*shell, shortcut, "s", "toggle do not disturb")
        wait_until(lambda: self.is_quiet() != before)

    def is_quiet(self) -> bool:
        """Whether notifications are held back."""
        path = f"/{NOTIFICATIONS.replace('.', '/')}"
        return bool(self.bus.property(NOTIFICATIONS, path, f"{NOTIFICATIONS}.Inhibited"))

    @contextmanager
    def wallet_that_asks(self) -> Iterator[Window]:
        """KWallet, which wants to know from the user how to keep passwords."""
        settings = Path(self.variables["XDG_CONFIG_HOME"], "kwalletrc")
        before = settings.read_text(encoding="utf-8")
        settings.write_text("[Wallet]\nFirst Use=true\nEnabled=true\n", encoding="utf-8")
        wallet = self.launch(part("kwalletd5"))
        try:
            self.wait_for_name("org.kde.kwalletd5")
            wallets = ("org.kde.kwalletd5", "/modules/kwalletd5", "org.kde.KWallet.openAsync")
            self.bus.call(*wallets, "sxsb", "kdewallet", 0, "rig", True)
            yield self.screen.wait_for_window("KDE Wallet Service")
        finally:
            wallet.kill()
            settings.write_text(before, encoding="utf-8")

    def notify(self, title: str, body: str, buttons: Mapping[str, str]) -> None:
        """Show a notification as any program may."""
        actions = [part for each in buttons.items() for part in each]
        path = f"/{NOTIFICATIONS.replace('.', '/')}"
        hints: dict[str, tuple[str, object]] = {}
        content = ("Rig", 0, "", title, body, actions, hints, 0)
        self.bus.call(NOTIFICATIONS, path, f"{NOTIFICATIONS}.Notify", "susssasa{sv}i", *content)

    def items(self) -> list[StatusItem]:
        """The icons that programs have put into the panel."""
        return status_items(self.bus)

    def wait_for_icon(self) -> StatusItem:
        """That of the program under test, as soon as it is there."""

        def ours() -> StatusItem | None:
            pids = {each.pid for each in self.programs}
            return next((each for each in self.items() if each.pid in pids), None)

        return wait_until(ours)

    def screenshot(self, path: Path) -> None:
        """Write all of the screen to a PNG file."""
        self.screen.picture().save(path)


@contextmanager
def open_plasma(on: On) -> Iterator[Plasma]:
    """Plasma while it lasts.

    Raises:
        NotHere: Something that it takes is not installed.
    """
    known("plasmashell", "5.27")
    for each in PARTS:
        part(each)
    with TemporaryDirectory(prefix="plasma-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        opened = Plasma(Path(folder), on)
        try:
            opened.start()
            yield opened
        finally:
            opened.close()
