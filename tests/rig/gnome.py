"""GNOME Shell without a screen, with its extension for icons in the panel, driven through it."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from jeepney import DBusErrorResponse
from PySide6.QtGui import QImage

from tests.rig.appearance import Scheme
from tests.rig.picture import Picture
from tests.rig.screen import Place
from tests.rig.shells import SIZE, NotHere, Shell, Shown, known, part
from tests.rig.waiting import wait_until

DISPLAY: Final = "gnome-test"
SHELL: Final = ("org.gnome.Shell", "/org/gnome/Shell")
EXTENSION: Final = "ubuntu-appindicators@ubuntu.com"
EXTENSIONS: Final = Path("/usr/share/gnome-shell/extensions")
PORTALS: Final = Path("/usr/share/xdg-desktop-portal/portals")
HELD: Final = {"ctrl": "Control_L", "alt": "Alt_L", "shift": "Shift_L", "super": "Super_L"}
KEYS: Final = {"enter": "Return", "esc": "Escape", "tab": "Tab", "down": "Down", "up": "Up"}
SETTLING_SECONDS: Final = 0.15
"""A window hears of the pointer only in the shell's next frame."""
SETTINGS: Final = {
    ("org.gnome.shell", "disable-user-extensions"): "false",
    ("org.gnome.shell", "enabled-extensions"): f"['{EXTENSION}']",
    ("org.gnome.shell", "welcome-dialog-last-shown-version"): "'9999.0'",
    ("org.gnome.desktop.session", "idle-delay"): "uint32 0",
    ("org.gnome.desktop.screensaver", "lock-enabled"): "false",
    ("org.gnome.desktop.interface", "enable-animations"): "false",
}
"""No welcome, and nothing that blanks, locks or moves by itself."""
DEVICES: Final = """
const {Clutter, GLib} = imports.gi;
if (!global.rig) {
    const seat = Clutter.get_default_backend().get_default_seat();
    global.rig = {
        pointer: seat.create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE),
        keyboard: seat.create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE),
    };
}
const {pointer, keyboard} = global.rig, now = () => GLib.get_monotonic_time();
"""
ICONS: Final = """
Object.entries(Main.panel.statusArea).filter(([name, icon]) =>
    name.startsWith('appindicator') && icon.visible).map(([_, icon]) =>
    [...icon.get_transformed_position(), ...icon.get_transformed_size()].map(Math.round)
).filter(([x, y, width]) => isFinite(x) && width)
"""
WINDOWS: Final = """
global.get_window_actors().map(actor => {
    const window = actor.meta_window, {x, y, width, height} = window.get_frame_rect();
    const app = imports.gi.Shell.WindowTracker.get_default().get_window_app(window);
    return [window.get_title() || '', app ? app.get_id() : '', app ? app.get_name() : '',
            [x, y, width, height], window.has_focus()];
})
"""
BANNER: Final = """
(() => {
    const banner = Main.messageTray._banner;
    if (!banner || !banner.mapped) return null;
    const box = banner._buttonBox;
    return [banner.notification.title, banner.notification.bannerBodyText || '',
            box ? box.get_children().map(each => each.label) : []];
})()
"""


class GnomeWindow(NamedTuple):
    """A window as the shell knows it."""

    title: str
    app_id: str
    """Of its .desktop file, or what the shell made up."""
    app_name: str
    place: Place
    focused: bool


class Gnome(Shell):
    """See `open_gnome`."""

    others = "org.kde."

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder,
            {
                "XDG_CURRENT_DESKTOP": "GNOME",
                "XDG_SESSION_DESKTOP": "gnome",
                "XDG_SESSION_TYPE": "wayland",
                "DESKTOP_SESSION": "gnome",
                "GSETTINGS_BACKEND": "dconf",
                # xdg-desktop-portal 1.16 takes the back end of any desktop that is installed
                "XDG_DESKTOP_PORTAL_DIR": str(folder / "portals"),
            },
        )

    def start(self) -> None:
        """Return as soon as the shell has drawn its panel."""
        super().start()
        portals = Path(self.variables["XDG_DESKTOP_PORTAL_DIR"])
        portals.mkdir()
        for name in ("gnome", "gtk"):
            shutil.copy(PORTALS / f"{name}.portal", portals)
        warned = Path(self.variables["XDG_DATA_HOME"], "gnome-shell", "lock-warning-shown")
        warned.parent.mkdir()
        warned.touch()
        for (schema, key), value in SETTINGS.items():
            self.set(schema, key, value)
        self._start_shell()
        for each in ("gsd-media-keys", "gsd-xsettings"):
            self.launch(part(each))

    def _start_shell(self) -> None:
        shell = self.launch(
            *(part("gnome-shell"), "--wayland", "--headless", "--unsafe-mode"),
            *("--virtual-monitor", f"{SIZE[0]}x{SIZE[1]}", "--wayland-display", DISPLAY),
        )

        def is_up() -> bool:
            assert shell.running, shell.output
            return self.bus.has(SHELL[0]) and self._is_started()

        wait_until(is_up)
        self.evaluate("Main.overview.hide()")
        self.variables["WAYLAND_DISPLAY"] = DISPLAY
        for name in ("DISPLAY", "XAUTHORITY"):
            if value := self.evaluate(f"imports.gi.GLib.getenv('{name}')"):
                self.variables[name] = value
        self.tell_activated()

    def _is_started(self) -> bool:
        try:
            return self.evaluate("Main.layoutManager._startingUp") is False
        except DBusErrorResponse:  # it has its name before it has anything to call
            return False

    def evaluate(self, script: str) -> Any:
        """What `script` comes to in the shell.

        Raises:
            AssertionError: It failed.
        """
        done, text = self.bus.call(*SHELL, "org.gnome.Shell.Eval", "s", script)
        assert done or not text, text
        return json.loads(text) if done and text else None

    def set(self, schema: str, key: str, value: str) -> None:
        """Change a setting of the desktop, as its own settings do."""
        subprocess.run(["gsettings", "set", schema, key, value], env=self.variables, check=True)

    def setting(self, schema: str, key: str) -> str:
        """What a setting is now."""
        argv = ["gsettings", "get", schema, key]
        return subprocess.run(
            argv, env=self.variables, check=True, capture_output=True, text=True
        ).stdout.strip()

    def quiet(self, wanted: bool) -> None:
        """Turn *Do Not Disturb* on or off."""
        value = "false" if wanted else "true"
        self.set("org.gnome.desktop.notifications", "show-banners", value)

    def look(self, scheme: Scheme) -> None:
        """Be light or dark from now on, as the switch in the shell's menu does it."""
        value = "'prefer-dark'" if scheme == "dark" else "'default'"
        self.set("org.gnome.desktop.interface", "color-scheme", value)

    def icons(self) -> list[Place]:
        """Where the panel shows icons of programs."""
        return [Place(*each) for each in self.evaluate(ICONS)]

    def wait_for_icon(self) -> Place:
        """The only one, as soon as it is there and stays in its place."""

        def resting() -> Place | None:
            found = self.icons()
            time.sleep(2 * SETTLING_SECONDS)
            return found[0] if found and self.icons() == found else None

        return wait_until(resting)

    def knows(self, app_id: str) -> bool:
        """Whether the shell has read this menu entry."""
        found = (
            f"Boolean(imports.gi.Shell.AppSystem.get_default().lookup_app({json.dumps(app_id)}))"
        )
        return bool(self.evaluate(found))

    def windows(self) -> list[GnomeWindow]:
        """All that are open."""
        return [
            GnomeWindow(title, app_id, name, Place(*place), focused)
            for title, app_id, name, place, focused in self.evaluate(WINDOWS)
        ]

    def wait_for_window(self, title: str) -> GnomeWindow:
        """The first with `title` in its title, as soon as there is one."""
        return wait_until(lambda: next((e for e in self.windows() if title in e.title), None))

    def reset(self) -> None:
        """As at the start."""
        super().reset()
        self.quiet(False)
        self.evaluate("Main.overview.hide()")
        self.evaluate("Main.messageTray.getSources().forEach(each => each.destroy())")

    def banner(self) -> Shown | None:
        """The notification that is on the screen now."""
        found = self.evaluate(BANNER)
        return Shown(found[0], found[1], tuple(found[2])) if found else None

    def wait_for_banner(self, words: str) -> Shown:
        """The notification with `words` in it, as soon as it is on the screen."""

        def found() -> Shown | None:
            banner = self.banner()
            return banner if banner and words in f"{banner.title}\n{banner.body}" else None

        return wait_until(found)

    def choose(self, button: str) -> None:
        """Press a button of the notification on the screen."""
        self.evaluate(
            "Main.messageTray._banner._buttonBox.get_children()"
            f".find(each => each.label === {json.dumps(button)}).emit('clicked', 1)"
        )

    def move(self, x: int, y: int) -> None:
        """Put the pointer there."""
        self._with_devices(f"pointer.notify_absolute_motion(now(), {x}, {y})")

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Press and release a button there; twice is a double click."""
        self.move(x, y)
        time.sleep(SETTLING_SECONDS)
        press, release = (
            f"pointer.notify_button(now(), {button}, Clutter.ButtonState.{state});"
            for state in ("PRESSED", "RELEASED")
        )
        if times > 1:  # at once: a busy machine would make two clicks of it
            self._with_devices((press + release) * (times - 1))
        self._with_devices(press)
        self._with_devices(release)  # later, or a menu that opens takes it for a click

    def scroll(self, x: int, y: int, direction: str) -> None:
        """Turn the wheel there by a notch, ``up`` or ``down``."""
        self.move(x, y)
        self._with_devices(
            f"pointer.notify_discrete_scroll(now(), Clutter.ScrollDirection.{direction.upper()},"
            " Clutter.ScrollSource.WHEEL)"
        )

    def press(self, combination: str) -> None:
        """Press keys together, such as ``ctrl+alt+t``."""
        names = [_key(each) for each in combination.split("+")]
        for name in names:
            self._key(name, "PRESSED")
        for name in reversed(names):
            self._key(name, "RELEASED")

    def type(self, text: str) -> None:
        """Write on the keyboard."""
        for each in text:
            self.press("space" if each == " " else each)

    def picture(self, place: Place) -> Picture:
        """The pixels of a place on the screen."""
        path = self.folder / "screen.png"
        self.screenshot(path)
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32).copy(*place)
        return Picture.from_bgrx(image.width(), image.height(), bytes(image.constBits()))

    def screenshot(self, path: Path) -> None:
        """Write all of the screen to a PNG file."""
        name = "org.gnome.Shell.Screenshot"
        self.bus.call(
            name, f"/{name.replace('.', '/')}", f"{name}.Screenshot", "bbs", True, False, str(path)
        )

    def _key(self, name: str, state: str) -> None:
        self._with_devices(
            f"keyboard.notify_keyval(now(), Clutter.KEY_{name}, Clutter.KeyState.{state})"
        )

    def _with_devices(self, script: str) -> None:
        self.evaluate(f"(() => {{ {DEVICES} {script}; return 1; }})()")


def _key(name: str) -> str:
    return HELD.get(name) or KEYS.get(name) or name


@contextmanager
def open_gnome() -> Iterator[Gnome]:
    """GNOME Shell while it lasts.

    Raises:
        NotHere: Something that it takes is not installed.
    """
    known("gnome-shell", "43")
    for each in ("gjs", "gsd-media-keys", "gsd-xsettings", "gsettings", "Xwayland"):
        part(each)
    if not (EXTENSIONS / EXTENSION).exists():
        raise NotHere(f"the extension {EXTENSION} is not installed")
    with TemporaryDirectory(prefix="gnome-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        opened = Gnome(Path(folder))
        try:
            opened.start()
            yield opened
        finally:
            opened.close()
