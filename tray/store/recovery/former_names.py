"""What tables and columns were called in older schemas, where damage forbids to migrate them."""

from typing import Final

TABLES: Final = {
    "local_only": "apart",
    "sent_create": "made",
    "unanswered_request": "echo",
    "quota": "bucket",
    "heartbeat": "sign",
}
COLUMNS: Final = {
    "account": {
        "history_from": "filled_to",
        "history_complete": "filled",
        "find_deleted": "compare",
        "clock_skew": "skew",
        "catalogue_read_at": "catalogue_at",
        "changes_read_at": "asked_at",
        "remote_change_at": "changed_at",
        "next_request_at": "next_at",
        # The kind of error had other values then; it is found again by asking the server.
    },
    "outbox": {"changed_at": "noted_at", "remote_id_above": "above", "unbatched": "alone"},
    "sent_create": {"remote_id_above": "above", "maybe_repeated": "doubtful"},
    "unanswered_request": {"sent": "told"},
    "journal": {"text": "said"},
    "quota": {"counts": "kept"},
    "reminder": {"notified_at": "told_at"},
}
"""By today's table and column."""
