"""That nothing will start, as a window manager on a real X server hears it."""

from functools import partial
from pathlib import Path
from typing import Final

import pytest
from Xlib import X
from Xlib.display import Display

from tests.rig.desktop import Desktop
from tests.rig.running import TRAY, RunningOn
from tests.rig.waiting import wait_until
from tray.desktop.linux.activation import give_back
from tray.desktop.linux.startup_message import remove

WITHOUT_PANEL: Final = pytest.mark.parametrize("desktop", ["none"], indirect=True)


def heard(listener: Display) -> bytes:
    """The message, from its pieces."""
    listener.sync()
    pieces: list[bytes] = []
    while listener.pending_events():
        event = listener.next_event()
        if event.type == X.ClientMessage:
            name = listener.get_atom_name(event.client_type)
            assert name == "_NET_STARTUP_INFO" + ("" if pieces else "_BEGIN")
            pieces.append(bytes(event.data[1]))
    return b"".join(pieces).rstrip(b"\0")


@WITHOUT_PANEL
def test_a_token_is_given_back_whatever_is_in_it(desktop: Desktop) -> None:
    name = desktop.variables["DISPLAY"]
    listener = Display(name)
    listener.screen().root.change_attributes(event_mask=X.PropertyChangeMask)
    listener.sync()
    remove(name, 'gnome-shell/a "b" \\c/3438-1-vm_TIME40310103')
    assert heard(listener) == b'remove: ID="gnome-shell/a \\"b\\" \\\\c/3438-1-vm_TIME40310103"'
    give_back({"DISPLAY": name}, "plain", None)
    assert heard(listener) == b'remove: ID="plain"'
    listener.close()


@WITHOUT_PANEL
def test_whatever_comes_of_a_launch_the_desktop_is_told(desktop: Desktop, tmp_path: Path) -> None:
    """The first start, with no window, the next, which opens one, and a link that opens none."""
    tray = RunningOn(desktop, tmp_path)
    tray.command("start", "Writing")
    listener = Display(desktop.variables["DISPLAY"])
    listener.screen().root.change_attributes(event_mask=X.PropertyChangeMask)
    listener.sync()
    said = b""

    def is_told(token: str) -> bool:
        nonlocal said
        while listener.pending_events():
            event = listener.next_event()
            if event.type == X.ClientMessage and event.window == listener.screen().root:
                said += bytes(event.data[1])  # Qt tells of a window of its own
        return f'remove: ID="{token}"\0'.encode() in said

    for number, words in enumerate(((), (), ("toggl-tray:stop",))):
        token = f"launch-{number}_TIME0"
        desktop.run([*TRAY, *words], {**tray.variables, "DESKTOP_STARTUP_ID": token})
        wait_until(partial(is_told, token))
        wait_until(tray.answers)
    listener.close()


def test_where_it_can_be_told_to_nobody_nothing_happens() -> None:
    give_back({}, "token", None)
