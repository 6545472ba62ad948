"""Every distinct thing ever done, as rows that triggers keep in step with the entries."""

from collections.abc import Iterator
from typing import Final

from tray.model import pinyin
from tray.model.suggest import rank
from tray.model.suggest.suggestion import PastActivity
from tray.store.columns import ACTIVITY
from tray.store.database import Database
from tray.store.entries import what_of

_WITHOUT_KEYS: Final = (
    "SELECT id, description FROM past_activity "
    "WHERE id > ? AND keys IS NULL AND description GLOB '*[〇一-鿿]*' ORDER BY id LIMIT ?"
)
_AT_ONCE: Final = 2_000
"""Keys that are stored in one transaction: whoever else wants to write waits for no more."""


def best_first(db: Database) -> Iterator[PastActivity]:
    """All that was ever done, in the order of `tray.model.suggest.best_first`, as it is asked for.

    What has neither description nor project is left out.
    """
    db.define("frecency", rank.frecency)
    rows = db.each(
        f"SELECT id, {', '.join(ACTIVITY)}, uses, last_used, "
        "slot_0, slot_1, slot_2, slot_3, slot_4, slot_5, slot_6, slot_7, "
        "ifnull(keys, '') FROM past_activity WHERE description <> '' OR project_id IS NOT NULL "
        "ORDER BY frecency(uses, last_used) DESC, id"
    )
    for row in rows:
        yield PastActivity(row[0], what_of(row[1:7]), row[7], row[8], row[9:17], row[17])


def work_out_keys(db: Database) -> int:
    """Store the pinyin of descriptions that have none yet; return of how many.

    Done when suggestions are loaded and not with each entry, so that no verb waits for it.
    """
    count, last = 0, 0
    while missing := db.rows(_WITHOUT_KEYS, (last, _AT_ONCE)):
        found = [(" ".join(pinyin.keys(description)), row_id) for row_id, description in missing]
        with db.writing():
            db.run_many("UPDATE past_activity SET keys = ? WHERE id = ?", found)
        count += len(missing)
        last = missing[-1][0]
    return count
