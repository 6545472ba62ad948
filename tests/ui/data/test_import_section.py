from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.data.conftest import Page
from tray.store import entries

HEADER = "Email,Client,Project,Description,Start date,Start time,Duration,Tags"
ROW = "ann@example.com,Acme,Site,Draft,2026-11-20,09:30:00,01:00:00,writing"


def file_with(page: Page, *rows: str, name: str = "report.csv") -> str:
    path = Path(page.folder, name)
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return str(path)


def count(page: Page) -> int:
    return len(list(entries.everything(page.tracking.db)))


def test_what_will_be_added_is_said_before_anything_is(page: Page) -> None:
    before = count(page)
    page.importing.open(file_with(page, ROW, ROW.replace("20,09", "21,09")))
    page.wait_for("2 entries will be added. New clients: Acme. New projects: Site.", page.importing)
    assert "report.csv" in page.texts(page.importing)
    assert count(page) == before


def test_it_is_added_and_can_be_taken_back(page: Page) -> None:
    before = count(page)
    page.importing.open(file_with(page, ROW))
    page.wait_for("1 entry will be added.", page.importing)
    page.press(page.importing.go)
    page.wait_for("Added 1 entry", page.importing)
    assert count(page) == before + 1
    page.press(page.importing.undo)
    assert count(page) == before
    assert "Added 1 entry" not in page.texts(page.importing)


def many(page: Page) -> str:
    """A file of some thousand entries."""
    days = [str(date(2020, 1, 1) + timedelta(days=number)) for number in range(2_500)]
    return file_with(page, *(ROW.replace("2026-11-20", day) for day in days))


def test_how_far_it_is_is_said_in_percent(page: Page) -> None:
    told: list[int] = []
    page.data.progressed.connect(told.append)
    page.importing.open(many(page))
    assert "Reading… 0 %" in page.texts(page.importing)
    page.wait_for("2,500 entries will be added.", page.importing)
    assert told == sorted(told)
    assert len(set(told)) == 6


def test_it_can_be_cancelled_and_nothing_is_changed(page: Page) -> None:
    before = count(page)
    page.importing.open(many(page))
    page.wait_for("2,500 entries will be added.", page.importing)
    page.data.progressed.connect(
        page.importing.choose.click, Qt.ConnectionType.SingleShotConnection
    )
    page.press(page.importing.go)
    assert page.importing.choose.text() == "Cancel"
    page.qtbot.waitUntil(lambda: page.importing.choose.text() != "Cancel")
    assert page.importing.choose.isEnabled()
    assert count(page) == before
    assert len(page.texts(page.importing)) == 4, "the rows of program and file, with their hints"


def test_a_file_that_is_here_already_adds_nothing(page: Page) -> None:
    path = file_with(page, ROW)
    for _ in range(2):
        page.importing.open(path)
        page.wait_for("will be added.", page.importing)
        if page.importing.go.isEnabled():
            page.press(page.importing.go)
            page.wait_for("Added 1 entry", page.importing)
    page.wait_for("0 entries will be added. 1 is here already.", page.importing)
    assert not page.importing.go.isEnabled()


def test_dates_that_can_be_read_both_ways_are_asked_about(page: Page) -> None:
    page.importing.open(file_with(page, ROW.replace("2026-11-20", "03/04/2026")))
    page.wait_for("does not tell which is the month", page.importing)
    assert page.importing.dates.isVisible()
    page.importing.dates.setCurrentIndex(1)
    page.importing.dates.activated.emit(1)
    page.wait_for("1 entry will be added.", page.importing)
    assert not page.importing.dates.isVisible()


def test_a_report_of_several_people_asks_whose_time_to_take(page: Page) -> None:
    path = file_with(page, ROW, ROW.replace("ann", "bob").replace("20,09", "21,09"))
    page.importing.open(path)
    page.wait_for("holds the time of several people", page.importing)
    page.importing.people.setText("bob@example.com")
    page.importing.people.editingFinished.emit()
    page.wait_for("1 entry will be added.", page.importing)
    page.wait_for("Left out the time of others", page.importing)


def test_rows_that_are_not_right_are_named_and_the_rest_can_be_taken(page: Page) -> None:
    path = file_with(page, ROW, ROW.replace("01:00:00", "soon").replace("20,09", "21,09"))
    page.importing.open(path)
    page.wait_for("Nothing was imported from", page.importing)
    assert page.importing.go.text() == "Import the rest"
    page.press(page.importing.go)
    page.wait_for("1 entry will be added.", page.importing)
    page.press(page.importing.go)
    page.wait_for("Added 1 entry", page.importing)


def test_a_file_that_is_none_of_ours_is_a_sentence(page: Page) -> None:
    path = Path(page.folder, "picture.csv")
    path.write_bytes(b"\x89PNG\x00\x01")
    page.importing.open(str(path))
    page.qtbot.waitUntil(lambda: page.importing.choose.text() == "Choose a file…")
    assert page.texts(page.importing)[-1].endswith(".")
