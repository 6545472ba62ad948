"""Other people's Toggl clients do their main jobs against the local API, as they are.

``packaging/clients.sh`` installs them; what is not there is skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.hub.conftest import NOON, TOKEN
from tests.hub.served_process import PATIENCE_SECONDS, ROOT, Served
from tray.store.opening import open_database
from tray.tracker import catalogue

FOLDER: Final = ROOT / ".clients"
JOBS: Final = Path(__file__).parent / "clients"
CLIENTS: Final = ("togglcli", "toggl-api-wrapper", "toggl-python", "toggl-track-mcp", "togglpy")
RUN: Final = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[2])"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server that has a project."""
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        catalogue.create_project(db, "Web", now=NOON)
    (tmp_path / "settings.toml").write_text("time_zone = 'UTC'\n", encoding="utf-8")
    made = Served(tmp_path)
    yield made
    made.end()


def run(command: list[str], served: Served, home: Path, **environ: str) -> None:
    """Run a program that leaves with 0 if all it looked at was as it expects."""
    base = f"http://127.0.0.1:{served.port}"
    done = subprocess.run(
        command,
        env={**os.environ, "BASE": base, "TOKEN": TOKEN, "HOME": str(home), **environ},
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_in_python_does_its_jobs(name: str, served: Served, tmp_path: Path) -> None:
    if not (FOLDER / name).exists():
        pytest.skip(f"{name} is not installed: packaging/clients.sh")
    if name == "togglpy" and sys.version_info >= (3, 12):
        pytest.skip("it needs an older Python")
    script = JOBS / f"{name.replace('-', '_')}_jobs.py"
    run([sys.executable, "-c", RUN, str(FOLDER / name), str(script)], served, tmp_path)


def test_the_client_that_wants_a_later_python_does_its_jobs(served: Served, tmp_path: Path) -> None:
    python = FOLDER / "lib-toggl/bin/python"
    if not python.exists():
        pytest.skip("lib-toggl is not installed, or there is no Python 3.13: packaging/clients.sh")
    run([str(python), str(JOBS / "lib_toggl_jobs.py")], served, tmp_path)


def test_the_client_of_npm_does_its_jobs(served: Served, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (FOLDER / "npm").exists():
        pytest.skip("toggl-api is not installed: packaging/clients.sh")
    modules = str(FOLDER / "npm/node_modules")
    run([node, str(JOBS / "toggl_api_jobs.js")], served, tmp_path, NODE_PATH=modules)


def test_every_line_of_the_old_document_with_curl(served: Served, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    project = served.ask("/me/projects")[0]["id"]
    workspace = served.ask("/me")["default_workspace_id"]
    script = f"""
set -eu
ask() {{ curl -sf -u "$TOKEN:api_token" -H "Content-Type: application/json" "$@"; echo; }}
ask -d '{{"time_entry":{{"description":"Meeting with possible clients","tags":["billed"],"duration":1200,"start":"2013-03-05T07:58:58.000Z","pid":{project},"created_with":"curl"}}}}' -X POST $BASE/api/v8/time_entries
ask -X GET $BASE/api/v8/workspaces
ask -X GET $BASE/api/v8/workspaces/{workspace}/projects
ask -X GET $BASE/api/v8/workspaces/{workspace}/tags
ask -d '{{"time_entry":{{"description":"出门","tags":["出行"],"pid":{project},"created_with":"curl"}}}}' -X POST $BASE/api/v8/time_entries/start
ask -d '{{"time_entry":{{"description":"当前日期当前位置 (街道)","tags":["工作"],"pid":{project},"created_with":"curl"}}}}' -X POST $BASE/api/v8/time_entries/start
"""  # noqa: E501  # as people have them
    run(["sh", "-c", script], served, tmp_path)
    assert served.ask("/me/time_entries/current")["description"] == "当前日期当前位置 (街道)"
    assert {row["name"] for row in served.ask("/me/tags")} == {"billed", "出行", "工作"}
