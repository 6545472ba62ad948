"""What not every workspace or server has of what is tracked and what it is tracked for."""

from typing import Final

PAID_ONLY: Final = {
    "entry": ("billable", "task_id"),
    "project": (
        *("billable", "template", "auto_estimates", "estimated_hours", "rate_cents"),
        "fixed_fee_cents",
    ),
    "client": ("archived",),
    "task": ("project_id", "name", "archived", "estimated_seconds", "user_id"),
}
"""What only a paid plan has: columns by table."""
NOT_IN_V8: Final = {
    "client": ("archived", "external_reference"),
    "project": ("fixed_fee_cents", "start_date", "end_date"),
}
"""What a server that speaks v8 does not keep, by table."""
