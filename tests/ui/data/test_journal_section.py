from tests.ui.data.conftest import Page
from tray import clock
from tray.store import journal
from tray.store.journal import JournalEntry


def add(page: Page, *texts: str) -> None:
    with page.tracking.db.writing():
        for number, text in enumerate(texts):
            journal.add(page.tracking.db, JournalEntry(clock.now() + number, "sent", text))
    page.tracking.refresh()


def lines(page: Page) -> list[str]:
    found = page.journal.found
    return [str(found.index(row, 0).data()) for row in range(found.rowCount())]


def test_the_latest_stands_first(page: Page) -> None:
    add(page, "Created “Email”.", "Signed in as Ann.")
    assert [line.split("   ")[1] for line in lines(page)] == [
        *("Signed in as Ann.", "Created “Email”.")
    ]


def test_it_can_be_searched_as_plain_text(page: Page) -> None:
    add(page, "Created “Email”.", "Signed in as Ann.", "50 % (or so) *")
    page.journal.search.setText("EMAIL")
    assert len(lines(page)) == 1
    page.journal.search.setText("(or so) *")
    assert len(lines(page)) == 1
    page.journal.search.clear()
    assert len(lines(page)) == 3


def test_it_follows_what_is_exchanged(page: Page) -> None:
    add(page, "Created “Email”.")
    add(page, "Created “Review”.")
    assert len(lines(page)) == 2
