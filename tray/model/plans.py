"""What only workspaces with a paid plan have of what is tracked and what it is tracked for."""

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
"""Columns by table."""
