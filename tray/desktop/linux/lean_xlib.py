"""Loads python-xlib without what it asks little of: 0.3 MB.

It looks at `platform` for a system that this is not, and `six` brings along all that has another
name in Python 2.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from operator import getitem, itemgetter
from types import ModuleType


def _six() -> ModuleType:
    module = ModuleType("six")
    vars(module).update(
        PY3=True, binary_type=bytes, byte2int=itemgetter(0), indexbytes=getitem, iterbytes=iter
    )
    return module


def _platform() -> ModuleType:
    module = ModuleType("platform")
    vars(module)["uname"] = os.uname
    return module


@contextmanager
def _stand_ins() -> Iterator[None]:
    made = {each.__name__: each for each in (_six(), _platform())}
    absent = made.keys() - sys.modules.keys()
    sys.modules.update((name, made[name]) for name in absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _stand_ins():
    import Xlib.support.unix_connect  # which it would load when it first connects
    from Xlib import X, error
    from Xlib.protocol import display, event, rq

__all__ = ["X", "Xlib", "display", "error", "event", "rq"]
