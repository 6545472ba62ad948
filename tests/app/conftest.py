"""The tests of the program as a whole have no screen either."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
