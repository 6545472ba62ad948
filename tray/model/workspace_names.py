"""What to show for a workspace's stored name, which files and other programs get as it is."""

from tray.language import mark, tr_marked
from tray.lean_typing import Final

FIRST_WORKSPACE: Final = mark("My workspace")
"""What a new database calls its workspace, until an account gives it another name."""


def workspace_label(name: str) -> str:
    """The name as it is; but what no user and no server has chosen, in the reader's language."""
    return tr_marked(name) if name == FIRST_WORKSPACE else name
