from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tray import clock
from tray.model.formats import TimeFormat
from tray.session.tracking import Tracking
from tray.store import account, conflicts, entries, outbox, remote_rows
from tray.store.conflicts import ConflictRow
from tray.store.remote_rows import RemoteRow
from tray.sync.pull import possible_copies
from tray.ui.account.problems import ProblemCard, ProblemsWindow

ACCOUNT = account.LinkedAccount("http://127.0.0.1/api/v9", "basic", "", 1, "Test User")


class Seen:
    """The window, over a tracker with an account and four entries."""

    def __init__(self, tracking: Tracking, qtbot: QtBot) -> None:
        self.tracking = tracking
        self.db = tracking.db
        account.write(self.db, ACCOUNT)
        self.ids = [entry.id for entry in entries.everything(self.db)]
        self.window = ProblemsWindow(tracking, TimeFormat())
        qtbot.addWidget(self.window)
        self.corrected: list[int] = []
        self.window.correct_wanted.connect(self.corrected.append)

    def show(self) -> None:
        self.window.show()
        self.tracking.refresh()

    def refuse(self, row: int, *, state: outbox.State = "refused") -> None:
        """Have the server refuse a change of an entry."""
        with self.db.writing():
            outbox.add(self.db, "entry", self.ids[row])
            item = outbox.of(self.db, "entry", self.ids[row])
            assert item is not None
            outbox.update(
                self.db, item.id, state=state, field="project_id", error="It is archived."
            )

    def share(self, row: int) -> None:
        """Have the server know an entry."""
        image = remote_rows.image(self.db, "entry", self.ids[row])
        assert image is not None
        with self.db.writing():
            remote_rows.save(self.db, RemoteRow("entry", self.ids[row], 100 + row, 0, image))

    def conflict(self, row: int) -> None:
        with self.db.writing():
            conflicts.add(
                self.db,
                ConflictRow(
                    0,
                    "entry",
                    self.ids[row],
                    "description",
                    {"description": "Mine"},
                    {"description": "Theirs"},
                    "ours",
                    clock.now(),
                ),
            )

    @property
    def cards(self) -> list[ProblemCard]:
        return self.window.cards

    def press(self, key: str, card: int = 0) -> None:
        QTest.mouseClick(self.cards[card].buttons[key], Qt.MouseButton.LeftButton)

    def state(self, row: int) -> str:
        item = outbox.of(self.db, "entry", self.ids[row])
        return item.state if item else ""


@pytest.fixture
def seen(tracking: Tracking, qtbot: QtBot) -> Iterator[Seen]:
    made = Seen(tracking, qtbot)
    yield made
    made.window.close()


def test_with_nothing_to_do_it_says_so(seen: Seen) -> None:
    seen.show()
    assert seen.window.headline.text() == "Nothing waits for you."
    assert seen.cards == []


def test_a_refused_change_is_said_with_what_can_be_done(seen: Seen) -> None:
    seen.refuse(0)
    seen.show()
    (card,) = seen.cards
    assert "It is archived." in card.sentence.text()
    assert [button.text() for button in card.buttons.values()] == [
        "Correct…",
        "Try again",
        "Keep it here only",
    ]
    assert all(button.accessibleName() for button in card.buttons.values())
    seen.press("correct")
    assert seen.corrected == [seen.ids[0]]
    assert seen.state(0) == "refused"


def test_a_refused_name_is_corrected_where_it_stands(seen: Seen) -> None:
    project = next(each for each in seen.tracking.snapshot.names.projects.values())
    with seen.db.writing():
        outbox.add(seen.db, "project", project.id)
        item = outbox.of(seen.db, "project", project.id)
        assert item is not None
        outbox.update(seen.db, item.id, state="refused", field="name", error="Bad Request.")
    seen.show()
    (card,) = seen.cards
    assert list(card.buttons) == ["rename", "retry", "give_up"]
    assert card.name.isHidden()
    seen.press("rename")
    assert not card.name.isHidden()
    assert card.name.selectedText() == project.name
    card.name.setText("研究")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    assert seen.window.message.text() == (
        "There is a project called “研究” already. Choose another name."
    )
    card.name.setText("Website")
    seen.press("rename")
    assert seen.tracking.snapshot.names.projects[project.id].name == "Website"
    assert seen.cards == []
    sent_again = outbox.of(seen.db, "project", project.id)
    assert sent_again is not None
    assert sent_again.state == "waiting"


@pytest.mark.parametrize(("key", "state"), [("retry", "waiting"), ("give_up", "")])
def test_an_answer_settles_it_and_its_card_goes(seen: Seen, key: str, state: str) -> None:
    seen.refuse(0)
    seen.refuse(1)
    seen.show()
    seen.press(key)
    assert seen.state(0) == state
    assert len(seen.cards) == 1
    assert seen.state(1) == "refused", "the other waits on"


def test_a_stop_that_is_given_up_stays_and_is_said(seen: Seen) -> None:
    seen.share(0)
    known = remote_rows.of_row(seen.db, "entry", seen.ids[0])
    assert known is not None
    with seen.db.writing():
        remote_rows.save(seen.db, known._replace(base={**known.base, "stop": None}))
    seen.refuse(0)
    seen.show()
    seen.press("give_up")
    assert entries.get(seen.db, seen.ids[0]).stop is not None
    assert "in the account it still runs" in seen.window.message.text()


@pytest.mark.parametrize(("key", "left", "state"), [("recreate", 4, "waiting"), ("let_go", 3, "")])
def test_what_was_deleted_elsewhere_is_made_again_or_let_go(
    seen: Seen, key: str, left: int, state: str
) -> None:
    seen.share(0)
    seen.refuse(0, state="gone")
    seen.show()
    seen.press(key)
    assert seen.cards == []
    assert seen.db.row("SELECT count(*) FROM entry") == (left,)
    assert seen.state(0) == state


@pytest.mark.parametrize(("key", "description"), [("keep", "Mine"), ("take_other", "Theirs")])
def test_of_two_values_one_is_chosen(seen: Seen, key: str, description: str) -> None:
    seen.share(0)
    seen.db.run("UPDATE entry SET description = 'Mine' WHERE id = ?", (seen.ids[0],))
    seen.conflict(0)
    seen.show()
    assert [button.text() for button in seen.cards[0].buttons.values()] == [
        "Keep “Mine”",
        "Take “Theirs”",
    ]
    seen.press(key)
    assert entries.by_ids(seen.db, [seen.ids[0]])[0].description == description
    assert conflicts.every(seen.db) == []
    assert seen.cards == []


@pytest.mark.parametrize(
    ("key", "gone"), [("keep", None), ("remove_copy", 1), ("remove_original", 0)]
)
def test_of_what_may_be_one_entry_both_stay_or_one_goes(
    seen: Seen, key: str, gone: int | None
) -> None:
    with seen.db.writing():
        possible_copies.ask(seen.db, seen.ids[1], seen.ids[0], now=clock.now())
    seen.show()
    assert "may be a second copy of" in seen.cards[0].sentence.text()
    assert [button.text() for button in seen.cards[0].buttons.values()] == [
        "Keep both",
        "Only this computer's",
        "Only the other device's",
    ]
    seen.press(key)
    left = {entry.id for entry in entries.everything(seen.db)}
    assert {*seen.ids} - left == ({seen.ids[gone]} if gone is not None else set())
    assert conflicts.every(seen.db) == []
    assert seen.cards == []


def test_what_was_settled_meanwhile_is_said(seen: Seen) -> None:
    seen.refuse(0)
    seen.show()
    outbox.drop(seen.db, "entry", seen.ids[0])
    seen.press("retry")
    assert "settled meanwhile" in seen.window.message.text()
    assert seen.cards == []


def test_it_follows_what_the_exchange_finds(seen: Seen) -> None:
    seen.show()
    seen.refuse(2)
    seen.tracking.refresh()
    assert len(seen.cards) == 1


def test_a_card_stays_as_it_is_while_nothing_about_it_changes(seen: Seen) -> None:
    seen.refuse(0)
    seen.show()
    (card,) = seen.cards
    seen.tracking.refresh()
    assert seen.cards == [card], "a button is not taken away from under the pointer"


def test_a_heap_of_problems_is_shown_bit_by_bit(seen: Seen) -> None:
    with seen.db.writing():
        for number in range(60):
            seen.db.run(
                "INSERT INTO outbox (of_table, row_id, state) VALUES ('tag', ?, 'refused')",
                (1000 + number,),
            )
    seen.show()
    assert len(seen.cards) == 50
    assert seen.window.more.text() == "10 more after these"
