"""Builds the program as a folder that needs no Python: dist/toggl-tray, with PyInstaller.

Run by a Python that has requirements.txt and requirements-freeze.txt; on macOS it makes a bundle.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from languages import compile_all
from PyInstaller.__main__ import run

PACKAGING: Final = Path(__file__).parent
DIST: Final = PACKAGING.parent / "dist"


def main() -> int:
    """Build it in place of what was built before."""
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else DIST
    shutil.rmtree(folder / "toggl-tray", ignore_errors=True)
    compile_all()
    work = folder / "work"
    # The same sources make the same files.
    os.environ.setdefault("PYTHONHASHSEED", "0")
    run(
        [
            "--noconfirm",
            "--log-level=WARN",
            f"--distpath={folder}",
            f"--workpath={work}",
            str(PACKAGING / "toggl-tray.spec"),
        ]
    )
    shutil.rmtree(work)
    for data in (folder / "toggl-tray").rglob("libicudata.so.*"):
        leave_out_icu_data(data)
    return 0


def leave_out_icu_data(library: Path) -> None:
    """Put a library without data in the place of ICU's, if there is a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        print("There is no C compiler, so the program is 31 MB larger.", file=sys.stderr)
        return
    version = re.search(r"\.so\.(\d+)$", library.name)
    if version is None:
        raise SystemExit(f"{library} has no version in its name.")
    subprocess.run(
        [
            *(compiler, "-shared", "-s", "-nostdlib", f"-DENTRY=icudt{version[1]}_dat"),
            *(f"-Wl,-soname,{library.name}", "-o", str(library)),
            str(PACKAGING / "icu_stub.c"),
        ],
        check=True,
    )


if __name__ == "__main__":
    sys.exit(main())
