"""A sentence that was stored is read in the language of the reader, whoever wrote it."""

from unittest.mock import patch

import pytest

from tests.fakes.pseudo_language import pseudo, speaking_pseudo
from tray import language
from tray.errors import Offline
from tray.sentences import enumerated, ntr, read_stored, stored, together, tr
from tray.store import account
from tray.store.account import LinkedAccount
from tray.store.database import Database


def test_it_is_read_in_another_language() -> None:
    column = stored(tr("{name} was changed on the server.").format(name="Tea"))
    assert read_stored(column) == "Tea was changed on the server."
    with speaking_pseudo():
        assert read_stored(column) == pseudo("{name} was changed on the server.").format(name="Tea")


def test_it_is_read_in_english_whatever_it_was_written_in() -> None:
    with speaking_pseudo():
        column = stored(ntr("{count:,} change", "{count:,} changes", 2000).format(count=2000))
    assert read_stored(column) == "2,000 changes"


def test_its_numbers_are_grouped_as_the_reader_does() -> None:
    column = stored(tr("{count:,} changes waiting").format(count=12345))
    assert str(read_stored(column)) == "12,345 changes waiting"
    with patch.object(language, "_language", "de"):
        assert str(read_stored(column)) == "12.345 changes waiting"


def test_what_is_filled_in_is_a_sentence_of_its_own() -> None:
    with speaking_pseudo():
        inner = tr("an entry without description")
        column = stored(together(tr("{name} ended.").format(name=inner), enumerated(["a", "b"])))
    assert read_stored(column) == "an entry without description ended. a and b"


def test_an_error_keeps_it() -> None:
    with speaking_pseudo():
        column = stored(str(Offline(tr("{host} did not answer in time.").format(host="h"))))
    assert read_stored(column) == "h did not answer in time."


def test_what_holds_the_exchange_up_is_kept_so(db: Database) -> None:
    account.write(db, LinkedAccount("https://api.example/api/v9", "basic", "", 1, "Ann"))
    with speaking_pseudo():
        account.update(db, error_text=tr("{host} did not answer in time.").format(host="h"))
    for _ in range(2):
        found = account.read(db)
        assert found is not None
        assert found.errors.error_text == "h did not answer in time."
        account.write(db, found)


def test_what_was_read_can_be_stored_again() -> None:
    column = stored(tr("Signed in as {name}.").format(name="{x}"))
    assert stored(read_stored(column)) == column
    assert read_stored(column) == "Signed in as {x}."


@pytest.mark.parametrize("text", ["", "Plain.", "{name}"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert stored(text) == text
    assert read_stored(text) == text


@pytest.mark.parametrize(
    "text",
    [
        '{"tr": ',
        '{"tr": ["a {b}"], "with": {}',
        '{"tr": ["a {b:>9}"], "with": {"b": "c"}}',
        '{"tr": ["Quit"], "with": {}}',
    ],
)
def test_text_of_a_server_is_never_read_as_a_sentence_of_ours(text: str) -> None:
    assert read_stored(stored(text)) == text
