"""Every distinct thing ever done, as rows that triggers keep in step with the entries."""

from typing import Final

from tray.model import pinyin
from tray.model.suggest.suggestion import PastActivity
from tray.store.columns import ACTIVITY
from tray.store.database import Database
from tray.store.entries import what_of

_WITHOUT_KEYS: Final = (
    "SELECT id, description FROM past_activity "
    "WHERE keys IS NULL AND description GLOB '*[〇一-鿿]*'"
)


def everything(db: Database) -> list[PastActivity]:
    """All that was ever done, in no particular order; nothing without description and project."""
    rows = db.rows(
        f"SELECT id, {', '.join(ACTIVITY)}, uses, last_used, "
        "slot_0, slot_1, slot_2, slot_3, slot_4, slot_5, slot_6, slot_7, "
        "ifnull(keys, '') FROM past_activity WHERE description <> '' OR project_id IS NOT NULL"
    )
    return [
        PastActivity(
            row[0],
            what_of(row[1:7]),
            row[7],
            row[8],
            row[9:17],
            row[17],
        )
        for row in rows
    ]


def work_out_keys(db: Database) -> int:
    """Store the pinyin of descriptions that have none yet; return of how many.

    Done when suggestions are loaded and not with each entry, so that no verb waits for it.
    """
    missing = db.rows(_WITHOUT_KEYS)
    if missing:
        found = [(" ".join(pinyin.keys(description)), row_id) for row_id, description in missing]
        with db.writing():
            db.run_many("UPDATE past_activity SET keys = ? WHERE id = ?", found)
    return len(missing)
