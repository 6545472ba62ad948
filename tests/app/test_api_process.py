"""The local API under the tray's care: there while it is wanted, and why not if it is not."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tray.app.api_process import ApiProcess
from tray.settings import Settings


@pytest.fixture
def process(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiProcess]:
    del qtbot
    monkeypatch.setenv("TOGGL_TRAY_HOME", str(tmp_path))
    monkeypatch.setenv("TOGGL_TRAY_API_TOKEN", "0123456789abcdef0123456789abcdef")
    owner = QObject()
    made = ApiProcess(owner)
    yield made
    made.stop()


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30):
            return True
    except OSError:
        return False


def test_it_is_there_while_the_setting_says_so(
    process: ApiProcess, qtbot: QtBot, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "settings.toml").write_text(f"api_port = {port}\n", encoding="utf-8")
    process.use(Settings(api_port=port))
    assert not process.is_running
    process.use(Settings(serve_api=True, api_port=port))
    qtbot.waitUntil(lambda: answers(port))
    process.use(Settings(serve_api=False, api_port=port))
    process.use(Settings(serve_api=True, api_port=port))
    assert process.is_running, "nobody waits for its end"
    qtbot.waitUntil(lambda: not answers(port))
    qtbot.waitUntil(lambda: answers(port))
    process.use(Settings(serve_api=False, api_port=port))
    qtbot.waitUntil(lambda: not process.is_running)
    assert not answers(port)


def test_why_it_cannot_serve_is_said_once(
    process: ApiProcess, qtbot: QtBot, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "settings.toml").write_text(f"api_port = {port}\n", encoding="utf-8")
        with qtbot.waitSignal(process.failed) as refusal:
            process.use(Settings(serve_api=True, api_port=port))
    assert f"Port {port} cannot be had" in str(refusal.args)
    assert not process.is_running
