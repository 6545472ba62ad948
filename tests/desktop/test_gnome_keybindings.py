"""Our commands among GNOME's own shortcuts: put there and taken away, others left alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.qt import eventually
from tray.desktop.chord import parse
from tray.desktop.linux.gnome_keybindings import GnomeKeybindings, Keybinding, accelerator

OTHER: Final = "/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/custom0/"
QUICK: Final = Keybinding("Quick start", parse("ctrl+alt+space"), ("/opt/my tray", "quick"))
GSETTINGS: Final = """#!/bin/sh
file="$STORE/$(echo "$2 $3" | tr '/: ' '___')"
case $1 in
    get) cat "$file" 2>/dev/null || echo "@as []" ;;
    set) [ ! -e "$STORE/locked" ] || { echo "The key is not writable" >&2; exit 1; }
        printf '%s\\n' "$4" >"$file" ;;
    reset-recursively) rm -f "$STORE/$(echo "$2" | tr '/: ' '___')"_* ;;
esac
"""


class Store:
    """What GNOME keeps, and the program that changes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "kept"
        self.folder.mkdir()
        program = folder / "gsettings"
        program.write_text(GSETTINGS, encoding="utf-8")
        program.chmod(0o755)
        self.environ: Mapping[str, str] = {
            "PATH": f"{folder}:/usr/bin:/bin",
            "STORE": str(self.folder),
        }

    @property
    def listed(self) -> Path:
        return self.folder / "org.gnome.settings-daemon.plugins.media-keys_custom-keybindings"

    def values(self) -> set[str]:
        return {each.read_text(encoding="utf-8").strip() for each in self.folder.iterdir()}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    made = Store(tmp_path)
    monkeypatch.setenv("PATH", made.environ["PATH"])  # where Qt looks for the program
    made.listed.write_text(f"['{OTHER}']\n", encoding="utf-8")
    return made


@pytest.fixture
def keybindings(store: Store, qtbot: QtBot) -> Iterator[GnomeKeybindings]:
    del qtbot
    made = GnomeKeybindings(store.environ)
    yield made
    made.stop()


def test_a_command_is_put_beside_those_of_others_and_taken_away(
    keybindings: GnomeKeybindings, store: Store
) -> None:
    keybindings.put({"quick": QUICK})
    eventually(lambda: keybindings.names == {"quick"})
    assert store.listed.read_text(encoding="utf-8").startswith(f"['{OTHER}', '")
    assert {"Toggl Tray: Quick start", "'/opt/my tray' quick", "<Control><Alt>space"} <= (
        store.values()
    )
    keybindings.take_away()
    eventually(lambda: not keybindings.names)
    assert store.values() == {f"['{OTHER}']"}


def test_what_was_put_before_is_found(keybindings: GnomeKeybindings, store: Store) -> None:
    keybindings.put({"quick": QUICK})
    eventually(lambda: keybindings.names)
    other = GnomeKeybindings(store.environ)
    other.look()
    eventually(lambda: other.names == {"quick"})
    other.stop()


def test_why_it_could_not_be_done_is_said(keybindings: GnomeKeybindings, store: Store) -> None:
    (store.folder / "locked").touch()
    said: list[str] = []
    keybindings.failed.connect(said.append)
    keybindings.put({"quick": QUICK})
    eventually(lambda: said)
    assert "could not be changed (The key is not writable)." in said[0]
    assert not keybindings.names


def test_a_list_that_is_not_understood_is_left_as_it_is(
    keybindings: GnomeKeybindings, store: Store
) -> None:
    store.listed.write_text("nonsense\n", encoding="utf-8")
    said: list[str] = []
    keybindings.failed.connect(said.append)
    keybindings.put({"quick": QUICK})
    eventually(lambda: said)
    assert store.values() == {"nonsense"}


def test_keys_are_written_as_gtk_does() -> None:
    assert accelerator(parse("meta+shift+f9")) == "<Shift><Super>F9"
    assert accelerator(parse("ctrl+;")) == "<Control>semicolon"
