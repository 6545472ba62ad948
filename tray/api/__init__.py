"""The account's server: one module for each protocol it may speak, and what carries them."""

import sys
from types import ModuleType


def _leave_detection_out() -> None:
    """Give `requests` something small for what guesses how a text is encoded, which takes 3 MB.

    It wants one of two libraries for that, and no answer of a server is read that way here.
    """
    if "charset_normalizer" not in sys.modules:
        stand_in = ModuleType("charset_normalizer")
        vars(stand_in).update(__version__="3.0.0", detect=lambda _: {"encoding": "utf-8"})
        sys.modules["charset_normalizer"] = stand_in


_leave_detection_out()
