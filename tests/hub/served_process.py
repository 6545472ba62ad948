"""A process that serves the local API for a home of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Final

from tests.hub.conftest import TOKEN, basic

ROOT: Final = Path(__file__).parents[2]
PATIENCE_SECONDS: Final = 60


class Served:
    """A process that serves a home of its own."""

    def __init__(self, home: Path, *options: str) -> None:
        environ = {**os.environ, "TOGGL_TRAY_HOME": str(home), "TOGGL_TRAY_API_TOKEN": TOKEN}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tray", "--serve", "--port", "0", *options],
            env=environ,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        self.port = int(line.partition("localhost:")[2].partition("/")[0])

    def ask(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        heads = {"Authorization": basic(TOKEN, "api_token"), "Content-Type": "application/json"}
        url = f"http://127.0.0.1:{self.port}/api/v9{path}"
        request = urllib.request.Request(url, data, heads)
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)

    def connect(self, family: socket.AddressFamily = socket.AF_INET) -> socket.socket:
        made = socket.socket(family)
        made.settimeout(PATIENCE_SECONDS)
        made.connect(("127.0.0.1" if family is socket.AF_INET else "::1", self.port))
        return made

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, problems = self.process.communicate(timeout=PATIENCE_SECONDS)
        assert problems == ""
        return self.process.returncode
