"""Loads PySide6 without what it needs only to explain a wrong call.

PySide6 keeps a dozen modules of its own as source in a zip file within a library, and compiles
all of them whenever it is imported: a parser of signatures, a generator of type stubs, its hook in
`import`. That is almost half of what its import takes, and 3 MB that stay. They are compiled here
when something is first asked of them, such as the text of a `TypeError`.
"""

import builtins
import sys
from binascii import a2b_base64
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import IO, Any, Final

from tray.app.short_library import Archive, ShortPath

_KNOWN: Final = ((6, 11), (6, 12))
"""The versions of PySide6 that this was tried with; another one is loaded whole."""
_LATE: Final = frozenset(
    f"shibokensupport/signature/{name}.py"
    for name in (
        *("errorhandler", "layout", "mapping", "parser"),
        *("lib/enum_sig", "lib/pyi_generator", "lib/tool"),
    )
)
"""What is used by none but itself until something is wrong, or somebody asks for a signature."""
_CALLED: Final = "shibokensupport/signature/mapping.py"
"""Of which a library of PySide6 calls a function without having imported it."""
_FEATURE: Final = "shibokensupport/feature.py"
_LATE_SOURCE: Final = "__loader__.zfile.delay({name!r}, globals())"
_FEATURE_SOURCE: Final = """
def feature_import(*_, **__):
    return None

def feature_imported(_):
    pass
"""
"""For the sake of ``from __feature__ import …``, which nothing here uses, the real one reads the
source of every module that is imported."""
_UNUSED: Final = ("base64", "bz2", "lzma", "pathlib", "tempfile", "textwrap", "zipfile")
"""What it imports on its way, and what brings along ten modules more, but hardly ever uses."""


class _StandIn(ModuleType):
    """In place of a module until something is asked of it that is not here."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _of_real_module(self, name)


def _of_real_module(stand_in: ModuleType, name: str) -> Any:
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]
    return getattr(import_module(stand_in.__name__), name)


class _Sources:
    """The zip file, with a few lines in place of what is filled in later."""

    def __init__(self, file: BytesIO) -> None:
        self._archive = Archive(file.getvalue())
        self.filelist = self._archive.members

    def open(self, name: str, _: str) -> IO[bytes]:
        """What PySide6 compiles now."""
        if name in _LATE:
            return BytesIO(_LATE_SOURCE.format(name=name).encode())
        if name == _FEATURE:
            return BytesIO(_FEATURE_SOURCE.encode())
        return BytesIO(self._archive.read(name))

    def delay(self, name: str, namespace: dict[str, Any]) -> None:
        """Fill a module when something is asked of it, or done by a name in it."""

        def fill() -> None:
            code = compile(self._archive.read(name), name, "exec")
            del namespace["__getattr__"]
            exec(code, namespace)  # noqa: S102  # as PySide6 does

        def late(attribute: str) -> Any:
            if attribute.startswith("__") or "__getattr__" not in namespace:
                raise AttributeError(attribute)
            fill()
            return namespace[attribute]

        def update_mapping() -> Any:
            if "__getattr__" in namespace:
                fill()
            return namespace["update_mapping"]()

        namespace["__getattr__"] = late
        if name == _CALLED:
            namespace["update_mapping"] = update_mapping


@contextmanager
def lean_pyside() -> Iterator[None]:
    """Have PySide6 be imported so while the block runs."""
    stand_ins = {name: _StandIn(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(stand_ins)
    vars(sys.modules["pathlib"]).setdefault("Path", ShortPath)
    vars(sys.modules["base64"]).setdefault("b64decode", a2b_base64)
    archives = sys.modules["zipfile"]
    read_zip = vars(archives).get("ZipFile")

    def read_sources(file: Any) -> Any:
        if sys.modules["shiboken6"].__version_info__[:2] in _KNOWN:
            return _Sources(file)
        return (read_zip or _of_real_module(archives, "ZipFile"))(file)

    vars(archives)["ZipFile"] = read_sources
    try:
        yield
    finally:
        if read_zip:
            vars(archives)["ZipFile"] = read_zip
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
    _import_plainly()


def _import_plainly() -> None:
    """Take back PySide6's hook into `import`, which would only cost time now."""
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        vars(builtins)["__import__"] = plain
