"""What "as in the account" and "as the system" mean now, for every setting that can be so."""

import os
import sys

from tray.lean_typing import Final
from tray.system_formats import RegionalFormats, formats_of_system

ACCOUNT: Final = "account"
SYSTEM: Final = "system"
USUAL: Final = RegionalFormats("", "monday", "24h", "YYYY-MM-DD", "improved")
"""Where neither says anything; no name of a zone is the computer's own."""

_of_account = RegionalFormats()
_of_system: RegionalFormats | None = None


def use_account(formats: RegionalFormats) -> bool:
    """Take this for what the account says from now on; tell whether it is something else."""
    global _of_account
    before, _of_account = _of_account, formats
    return before != formats


def use_system(formats: RegionalFormats | None) -> None:
    """Take this for what the system says; None: ask it when it is next wanted."""
    global _of_system
    _of_system = formats


def meant(key: str, chosen: str) -> str:
    """The value that is in force where `chosen` stands in the settings for `key`."""
    if chosen not in (ACCOUNT, SYSTEM):
        return chosen
    found: str = getattr(_of_account, key) if chosen == ACCOUNT else ""
    return found or getattr(_system(), key) or getattr(USUAL, key)


def _system() -> RegionalFormats:
    global _of_system
    if _of_system is None:
        _of_system = formats_of_system(os.environ, sys.platform)
    return _of_system
