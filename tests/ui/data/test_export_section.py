import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QDate

from tests.ui.data.conftest import Page
from tray.model.date_ranges import DateRange


def choose(page: Page, chosen: object, *, as_json: bool = False) -> None:
    section = page.exporting
    section.range.setCurrentIndex(section.range.findData(chosen))
    section.format.setCurrentIndex(section.format.findData("json" if as_json else "csv"))


def test_everything_is_written_as_csv(page: Page) -> None:
    path = page.folder / "out.csv"
    page.exporting.write(str(path))
    page.wait_for(f"Wrote 4 entries to {path}.", page.exporting)
    page.wait_for("The Email column, which Toggl's import needs, is empty.", page.exporting)
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["Description"] for row in csv.DictReader(file)] == [
            *("Write report", "写算法", "Call about the figures", "Review")
        ]


def test_everything_is_written_as_json(page: Page) -> None:
    choose(page, DateRange.ALL, as_json=True)
    path = page.folder / "out.json"
    page.exporting.write(str(path))
    page.wait_for("Wrote 4 entries", page.exporting)
    written = json.loads(path.read_text("utf-8"))
    assert len(written["entries"]) == 4
    assert {each["name"] for each in written["projects"]} == {"Acme", "研究"}


@pytest.mark.parametrize("as_json", [False, True])
def test_only_the_days_that_are_chosen_are_written(page: Page, as_json: bool) -> None:
    choose(page, "other", as_json=as_json)
    assert page.exporting.first.isVisible()
    for field in (page.exporting.first, page.exporting.last):
        field.setDate(QDate(2020, 1, 1))
    path = page.folder / "out"
    page.exporting.write(str(path))
    page.wait_for("Wrote 0 entries", page.exporting)
    choose(page, DateRange.LAST_YEAR, as_json=as_json)
    assert not page.exporting.first.isVisible()


def test_a_place_that_cannot_be_written_is_a_sentence(page: Page) -> None:
    blocked = page.folder / "file"
    blocked.write_text("in the way")
    page.exporting.write(str(Path(blocked, "out.csv")))
    page.wait_for("cannot be written", page.exporting)
    assert page.exporting.save.isEnabled()
