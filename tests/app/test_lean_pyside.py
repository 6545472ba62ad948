"""PySide6 as the tray loads it: without its own sources, but with the same words for errors."""

import os
import subprocess
import sys
from typing import Final

LEFT_OUT: Final = ("argparse", "ast", "bz2", "inspect", "lzma", "random", "tempfile")
"""What PySide6 loads for it, and nothing else at the start."""
ON_THE_WAY: Final = (
    *("base64", "ipaddress", "pathlib", "shutil", "textwrap", "threading", "urllib.parse"),
    "zipfile",
)
"""What comes along with what it needs to start, of which it needs little."""

LEAN: Final = """
import sys
from tray.app.lean_pyside import lean_pyside
with lean_pyside():
    import PySide6.QtWidgets
"""
EXPLAIN: Final = """
from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
application = QApplication(["test", "-platform", "offscreen"])
for wrong in (
    lambda: QWidget().resize("a"),
    lambda: QLabel(surely_none=3),
    lambda: QTimer.singleShot("soon"),
    lambda: QSize("a", 2),
    lambda: QLabel().setText(1, 2),
):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
print(QLabel.setText.__doc__, QWidget.resize.__doc__)
"""


def _printed(program: str) -> str:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    argv = [sys.executable, "-c", program]
    return subprocess.run(argv, env=environ, stdout=subprocess.PIPE, check=True, text=True).stdout


def test_wrong_call_is_explained_in_the_same_words() -> None:
    explained = _printed(LEAN + EXPLAIN)
    assert "Supported signatures" in explained
    assert explained == _printed("import PySide6.QtWidgets\n" + EXPLAIN)


def test_loads_nothing_that_only_explains() -> None:
    program = f"{LEAN}\nprint([name for name in {LEFT_OUT + ON_THE_WAY} if name in sys.modules])"
    assert _printed(program) == "[]\n"


def test_leaves_python_as_it_was() -> None:
    program = f"""{LEAN}
import base64, bz2, lzma, pathlib, tempfile, textwrap, zipfile
assert lzma.open and bz2.open and base64.b64encode and textwrap.dedent and pathlib.PurePath
print(zipfile.ZipFile.__name__, __import__.__name__, tempfile.mkstemp)
"""
    assert _printed(program).startswith("ZipFile __lazy_import__ <function")


def test_another_version_is_loaded_whole() -> None:
    program = LEAN.replace(
        "with lean", "lean_pyside.__wrapped__.__globals__['_KNOWN'] = ()\nwith lean"
    )
    assert _printed(f"{program}\nprint('argparse' in sys.modules)") == "True\n"


def test_knows_all_modules_of_qt() -> None:
    said = "\nprint(sorted(PySide6.__all__))"
    assert _printed(LEAN + said) == _printed(f"import PySide6{said}")
