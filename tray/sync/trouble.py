"""Tells which troubles wait for the user, by the name under which the account keeps them."""

from tray import errors
from tray.errors import AccountError


def is_for_user(trouble: str) -> bool:
    """Whether an error of this name holds everything up until the user has acted."""
    kind = getattr(errors, trouble, None)
    return isinstance(kind, type) and issubclass(kind, AccountError)
