from PySide6.QtWidgets import QMessageBox, QPushButton

from tests.ui.data.conftest import Page
from tray.store import entries
from tray.tracker.resolve import Draft


def made(page: Page) -> str:
    """Make a backup; return its path."""
    before = set(page.backups.rows)
    page.press(page.backups.make)
    page.qtbot.waitUntil(lambda: len(page.backups.rows) > len(before))
    (path,) = set(page.backups.rows) - before
    return path


def asked(page: Page, path: str) -> QMessageBox:
    """Press the button of a backup; return what is asked."""
    button = page.backups.rows[path].control
    assert isinstance(button, QPushButton)
    page.press(button)
    assert page.backups.box is not None
    return page.backups.box


def answer(box: QMessageBox, text: str) -> None:
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()


def test_a_backup_is_made_and_listed_with_what_it_holds(page: Page) -> None:
    path = made(page)
    row = page.backups.rows[path]
    assert row.name.text().endswith("made by you")
    assert row.hint.text().startswith("4 entries, the last of ")
    assert row.hint.text().endswith(" MB")
    assert row.control.accessibleName().startswith("Restore the backup of ")


def test_a_backup_that_cannot_be_read_says_so(page: Page) -> None:
    path = page.folder / "backups" / "daily-2026-01-01.db"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"nothing of ours")
    page.press(page.backups.make)
    page.qtbot.waitUntil(lambda: str(path) in page.backups.rows)
    row = page.backups.rows[str(path)]
    assert row.hint.text() == "Cannot be read"
    assert not row.control.isEnabled()


def test_going_back_is_asked_about_first(page: Page) -> None:
    path = made(page)
    page.tracking.start(Draft("Later"))
    box = asked(page, path)
    assert "Go back to the backup of" in box.text()
    assert "4 entries" in box.text()
    answer(box, "Cancel")
    assert not page.paused
    assert len(list(entries.everything(page.tracking.db))) == 5


def test_what_was_there_comes_back_while_nothing_is_exchanged(page: Page) -> None:
    path = made(page)
    page.tracking.start(Draft("Later"))
    answer(asked(page, path), "Restore")
    page.wait_for("Restored 4 entries.", page.backups)
    assert page.paused
    assert not page.account.syncing.is_paused, "it goes on"
    assert page.tracking.snapshot.running is None
    assert len(list(entries.everything(page.tracking.db))) == 4
    page.qtbot.waitUntil(
        lambda: any("before going back" in text for text in page.texts(page.backups))
    )


def test_if_it_cannot_be_restored_the_exchange_goes_on(page: Page) -> None:
    path = made(page)
    box = asked(page, path)
    with open(path, "wb") as file:
        file.write(b"broken meanwhile")
    answer(box, "Restore")
    page.wait_for("Choose another.", page.backups)
    assert page.paused
    assert not page.account.syncing.is_paused
    assert len(list(entries.everything(page.tracking.db))) == 4
