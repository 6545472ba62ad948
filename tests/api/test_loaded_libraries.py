"""What is loaded to speak with a server, and what `requests` does without the rest."""

import subprocess
import sys


def test_nothing_that_guesses_encodings_is_loaded() -> None:
    program = """
import warnings
warnings.simplefilter("error")
import sys
import tray.api.connect
import requests
print(sorted(name for name in sys.modules if name.startswith(("chardet", "charset_normalizer"))))
answer = requests.Response()
answer._content = "写".encode()
print(answer.text == "写")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == ["['charset_normalizer']", "True"]
