"""Replacing a file that another program holds for a moment, as Windows refuses it."""

import errno
import os
import sys
from pathlib import Path

import pytest

from tray import files


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What is left of the refusals that a file which is held meets with on Windows."""
    refusals = [0]
    really = os.replace

    def replace(source: str, target: str) -> None:
        if refusals[0]:
            refusals[0] -= 1
            raise PermissionError(errno.EACCES, "Access is denied", target)
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(files, "_REPLACE_WAIT_SECONDS", 0)
    return refusals


def test_a_file_that_is_let_go_of_is_replaced(tmp_path: Path, held: list[int]) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new", encoding="utf-8")
    old.write_text("old", encoding="utf-8")
    held[0] = 5
    files.replace(str(new), str(old))
    assert old.read_text(encoding="utf-8") == "new"


def test_one_that_is_not_is_said_to_be_held(tmp_path: Path, held: list[int]) -> None:
    old = tmp_path / "time.csv"
    old.write_text("old", encoding="utf-8")
    held[0] = 1_000
    with pytest.raises(PermissionError, match="another program has it open; close it there"):
        files.replace(str(tmp_path / "new"), str(old))
    assert old.read_text(encoding="utf-8") == "old"
