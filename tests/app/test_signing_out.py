"""Whoever signs out in the tray stays signed out, whatever the environment names."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Account, Server, serve
from tray.credentials import SecretStore
from tray.model.days import Calendar
from tray.paths import Paths
from tray.session.tracking import Tracking
from tray.store import account
from tray.store.opening import open_database
from tray.ui.account.account_controller import AccountController
from tray.ui.account.sign_out import SignOutDialog
from tray.workers.background import KeyringThread


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """One that the environment names."""
    with serve(Account()) as serving:
        monkeypatch.setenv("TOGGL_API_TOKEN", serving.account.token)
        monkeypatch.setenv("TOGGL_API_URL", serving.url)
        yield serving


@pytest.fixture
def tracking(tmp_path: Path, qtbot: QtBot) -> Iterator[Tracking]:
    del qtbot
    with open_database(str(tmp_path / "toggl-tray.db")) as db:
        tracked = Tracking(db, Calendar())
        yield tracked
        tracked.release()
        gc.collect()


def test_forgetting_the_account_lasts(
    server: Server, tracking: Tracking, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = str(tmp_path)
    places = Paths(folder, folder, folder, folder)
    secrets = KeyringThread(lambda: SecretStore(FakeKeyring))
    side = AccountController(places, tracking, tracking, keyring=secrets)
    told: list[str] = []
    side.failed.connect(told.append)
    side.resume()
    qtbot.waitUntil(lambda: account.read(tracking.db) is not None)
    qtbot.waitUntil(lambda: tracking.snapshot.sync is not None)
    window = QWidget()
    qtbot.addWidget(window)
    section = side.make_section(window)
    assert section.signed_in.sign_out.isVisibleTo(section)
    section.signed_in.sign_out.click()
    (asking,) = window.findChildren(SignOutDialog)
    asking.group.button(1).setChecked(True)
    asking.accept_button.click()
    qtbot.waitUntil(lambda: told != [])
    asked = len(server.log)
    side.resume()
    qtbot.wait(500)
    assert side.stop()
    assert told[0].startswith("TOGGL_API_TOKEN is still set")
    assert account.read(tracking.db) is None
    assert len(server.log) == asked
