"""What a frozen program starts with: nothing that a command does without, as each waits for it."""

import os
import sys

TYPE_CHECKING = False  # type checkers take it for true
if TYPE_CHECKING:
    from collections.abc import MutableMapping

_LIBRARIES = "LD_LIBRARY_PATH"


def give_back(environ: "MutableMapping[str, str]") -> None:
    """Have the environment as the user has it, for every program that we start.

    The launcher names the folder of our libraries in it, which the loader has read by now. A
    browser or a file manager would load Qt and OpenSSL from there, in place of its own.
    """
    before = environ.pop(f"{_LIBRARIES}_ORIG", None)
    environ.pop(_LIBRARIES, None)
    if before is not None:
        environ[_LIBRARIES] = before
    for name in [name for name in environ if name.startswith("_PYI_")]:
        del environ[name]  # without these, we ourselves are started as if by the user


if __name__ == "__main__":
    if sys.platform == "linux":  # elsewhere libraries are found without it
        give_back(os.environ)

    from tray.__main__ import main

    main()
