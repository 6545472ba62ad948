"""What other programs keep of time, brought in by the window."""

import json
from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.data.conftest import Page
from tray.model.source_names import SOURCE_NAMES
from tray.store import entries

TIMEW = "inc 20261113T080000Z - 20261113T090000Z # a\n"
WATCHED = {
    "buckets": {
        "aw-watcher-afk_pc": {
            "type": "afkstatus",
            "events": [
                {
                    "timestamp": f"2026-11-1{day}T08:00:00Z",
                    "duration": 1_800,
                    "data": {"status": "not-afk"},
                }
                for day in (1, 2)
            ],
        },
        "aw-watcher-window_pc": {
            "type": "currentwindow",
            "events": [
                {
                    "timestamp": "2026-11-11T08:10:00Z",
                    "duration": 900,
                    "data": {"app": "editor.exe", "title": "secret.txt"},
                }
            ],
        },
    }
}


def given(page: Page, name: str, text: str) -> str:
    path = Path(page.folder, name)
    path.write_text(text, encoding="utf-8")
    return str(path)


def descriptions(page: Page) -> list[str]:
    return [each.description for each in entries.everything(page.tracking.db)]


def test_it_says_from_which_program_a_file_is(page: Page) -> None:
    page.importing.open(given(page, "2026-11.data", TIMEW))
    page.wait_for("It is from Timewarrior. 1 entry will be added.", page.importing)
    page.press(page.importing.go)
    page.wait_for("Added 1 entry", page.importing)
    page.importing.open(given(page, "2026-11.data", TIMEW))
    page.wait_for("0 entries will be added. 1 is here already.", page.importing)
    assert not page.importing.go.isEnabled()


def test_every_program_can_be_named_and_counts_more_than_what_is_recognised(page: Page) -> None:
    source = page.importing.source
    assert [source.itemData(at) for at in range(source.count())] == ["", *SOURCE_NAMES]
    page.importing.open(given(page, "log", TIMEW))
    page.wait_for("It is from Timewarrior.", page.importing)
    source.setCurrentIndex(source.findData("watson"))
    source.activated.emit(source.currentIndex())
    page.wait_for("holds nothing that Watson writes", page.importing)


def test_a_folder_of_a_program_is_read_like_a_file(page: Page) -> None:
    folder = Path(page.folder, "watson")
    folder.mkdir()
    (folder / "frames").write_text('[[1783929600, 1783933200, "site", "1", ["a"], 0]]')
    page.importing.open(str(folder))
    page.wait_for("It is from Watson. 1 entry will be added. New projects: site.", page.importing)


def test_proposals_are_ticked_before_they_are_added(page: Page) -> None:
    before = descriptions(page)
    page.importing.open(given(page, "aw.json", json.dumps(WATCHED)))
    page.wait_for("2 entries are proposed for time that is not tracked.", page.importing)
    assert page.importing.proposals.count() == 2
    assert not page.importing.go.isEnabled()
    older = page.importing.proposals.item(1)
    assert older.text().endswith("editor")
    older.setCheckState(Qt.CheckState.Checked)
    page.press(page.importing.go)
    page.wait_for("Added 1 entry", page.importing)
    assert sorted(descriptions(page)) == sorted([*before, "editor"])
    page.press(page.importing.undo)
    assert sorted(descriptions(page)) == sorted(before)
