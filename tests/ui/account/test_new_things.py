"""Which workspace new things go to is chosen where there are several."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tray import clock
from tray.session.tracking import Tracking
from tray.store import catalogue
from tray.tracker import catalogue as things
from tray.ui.account.new_things import NewThingsSection


@pytest.fixture
def section(blank: Tracking, qtbot: QtBot) -> Iterator[NewThingsSection]:
    window = QWidget()
    shown = NewThingsSection(blank, window)
    window.show()
    qtbot.waitExposed(window)
    yield shown
    window.close()
    shiboken6.delete(window)


def test_with_one_workspace_nothing_is_asked(section: NewThingsSection) -> None:
    assert not section.isVisible()
    section.match((), "Account")
    assert not section.isVisible()


def test_the_chosen_one_takes_what_is_new(section: NewThingsSection, blank: Tracking) -> None:
    blank.db.run("INSERT INTO workspace (name) VALUES ('Second')")
    blank.refresh()
    assert section.isVisible()
    assert section.choice.currentText() == "My workspace"
    section.choice.setCurrentIndex(1)
    section.choice.activated.emit(1)
    made = things.create_project(blank.db, "There", now=clock.now()).created_id
    assert catalogue.get(blank.db, "project", made).workspace_id == 2
    blank.refresh()
    assert section.choice.currentText() == "Second"
