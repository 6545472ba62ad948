"""Where the files lie that the program brings along, installed or in a checkout."""

import os


def resource(name: str) -> str:
    """The path of a file of ours such as ``icons/toggl-tray.svg``."""
    here = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(here, "resources", name)
    return installed if os.path.exists(installed) else os.path.join(here, "..", "resources", name)
