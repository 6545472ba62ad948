import pytest

from tray.errors import NotFound
from tray.model.entities import Favourite, What
from tray.store import favourites
from tray.store.database import Database
from tray.store.entries import values_of


def put(db: Database, position: int, what: What) -> None:
    values = {"position": position, **values_of(what)}
    marks = ", ".join("?" * len(values))
    db.run(f"INSERT INTO favourite ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def test_favourites_come_in_their_order(db: Database) -> None:
    put(db, 7, What(1, "last"))
    put(db, 2, What(1, "first", tag_ids=(1, 2), billable=True))
    put(db, 7, What(1, "last of all"))
    assert favourites.everything(db) == [
        Favourite(2, 2, What(1, "first", None, None, (1, 2), True)),
        Favourite(1, 7, What(1, "last")),
        Favourite(3, 7, What(1, "last of all")),
    ]
    assert favourites.get(db, 1) == Favourite(1, 7, What(1, "last"))


@pytest.mark.parametrize("missing", [0, 2, 2**64])
def test_a_favourite_that_is_not_there(db: Database, missing: int) -> None:
    put(db, 1, What(1, "only"))
    with pytest.raises(NotFound, match=f"no favourite {missing}.") as caught:
        favourites.get(db, missing)
    assert caught.value.kind == "favourite"
