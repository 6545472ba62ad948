"""Hooks that note what they are told."""

import json
import stat
from pathlib import Path
from typing import Any

from tray.paths import find


class HookFolder:
    """The folder of the hooks of a home, and what they were told."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "hooks"
        self.notes = home / "notes"
        home.mkdir(exist_ok=True)
        home.chmod(0o700)
        self.folder.mkdir(mode=0o700)
        self.places = find({"TOGGL_TRAY_HOME": str(home)})

    def put(self, name: str, script: str = "") -> Path:
        """A hook that notes what it is told, then does what the script says."""
        path = self.folder / name
        note = f'printf "%s %s\\n" {name} "$(cat)" >>"{self.notes}"'
        path.write_text(f"#!/bin/sh\n{note}\n{script}\n", encoding="utf-8")
        path.chmod(stat.S_IRWXU)
        return path

    @property
    def told(self) -> list[tuple[str, Any]]:
        """Which hooks were told what, in that order."""
        if not self.notes.exists():
            return []
        lines = self.notes.read_text(encoding="utf-8").splitlines()
        pairs = [line.partition(" ") for line in lines]
        return [(name, json.loads(text)) for name, _, text in pairs]

    @property
    def runs(self) -> list[tuple[str, str]]:
        """Which hooks were told of which events, and of which entry."""
        found = []
        for name, told in self.told:
            change = told.get("changes", [{}])[0]
            entry = change.get("after") or change.get("before") or {}
            found.append((name, entry.get("description", "")))
        return found
