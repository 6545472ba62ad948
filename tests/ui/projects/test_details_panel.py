"""The details beside the list: what each kind has, what is changed there, and what is not shown."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox
from pytestqt.qtbot import QtBot

from tray import clock
from tray.session.tracking import Tracking
from tray.store import account, catalogue, known_people, remote_rows
from tray.store.account import LinkedAccount
from tray.store.catalogue import Kind
from tray.store.columns import RowValues
from tray.store.known_people import KnownPerson
from tray.store.remote_rows import RemoteRow
from tray.tracker import catalogue as things
from tray.ui.projects.detail_fields import _DayField
from tray.ui.projects.projects_page import ProjectsPage
from tray.ui.theme import UNIT

URL = "https://api.track.toggl.com/api/v9"


@pytest.fixture
def page(tracking: Tracking, qtbot: QtBot) -> Iterator[ProjectsPage]:
    """Projects Acme and 研究, a client, and a task of Acme; the details are shown."""
    things.create_client(tracking.db, "Zoo", now=clock.now())
    things.create_task(tracking.db, 1, "Design", now=clock.now())
    tracking.refresh()
    page = ProjectsPage(tracking)
    page.resize(130 * UNIT, 80 * UNIT)
    page.show()
    qtbot.waitExposed(page)
    page.show_details.click()
    yield page
    page.close()
    shiboken6.delete(page)


def choose(page: ProjectsPage, kind: Kind, at: int = 0) -> None:
    page.segments.buttons[kind].click()
    page.view.choose_near(at)


def control(page: ProjectsPage, column: str) -> object:
    return page.details.fields[column].control


def type_into(page: ProjectsPage, column: str, text: str) -> None:
    edit = control(page, column)
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def with_account(page: ProjectsPage, *, premium: bool, admin: bool = True, url: str = URL) -> None:
    db = page.tracking.db
    with db.writing():
        account.write(db, LinkedAccount(url, "basic", "", 7, "Cook"))
        base: RowValues = {"name": "Office", "premium": int(premium), "admin": int(admin)}
        base |= {"only_admins_create_projects": 1}
        remote_rows.save(db, RemoteRow("workspace", 1, 99, 0, base))
    page.tracking.refresh()


def test_what_a_project_has(page: ProjectsPage) -> None:
    choose(page, "project")
    db = page.tracking.db
    for column in ("private", "billable", "auto_estimates", "template"):
        box = control(page, column)
        assert isinstance(box, QCheckBox)
        box.click()
    type_into(page, "rate_cents", "75,5")
    type_into(page, "fixed_fee_cents", "1000")
    dates = control(page, "start_date")
    assert isinstance(dates, _DayField)
    dates.button.pick(dates.button.day.replace(2026, 3, 1))
    found = catalogue.get(db, "project", 1)
    assert (found.private, found.billable, found.auto_estimates, found.template) == (True,) * 4
    assert (found.rate_cents, found.fixed_fee_cents) == (7_550, 100_000)
    assert found.start_date == "2026-03-01"
    assert page.notice.text == "Changed the details of “Acme”."
    page.notice.undo.click()
    assert catalogue.get(db, "project", 1).start_date is None
    assert dates.value() is None


def test_the_estimate_is_typed_unless_the_tasks_are_added_up(page: ProjectsPage) -> None:
    choose(page, "project")
    hours, auto = control(page, "estimated_hours"), control(page, "auto_estimates")
    assert isinstance(hours, QSpinBox)
    assert isinstance(auto, QCheckBox)
    hours.setValue(40)
    assert catalogue.get(page.tracking.db, "project", 1).estimated_hours == 40
    auto.click()
    assert not hours.isEnabled()
    auto.click()
    hours.setValue(0)
    assert catalogue.get(page.tracking.db, "project", 1).estimated_hours is None


def test_what_is_no_amount_is_said_and_kept_to_be_mended(page: ProjectsPage) -> None:
    choose(page, "project")
    type_into(page, "rate_cents", "much")
    assert page.notice.text == "“much” is not an amount. Write it like 75.50."
    assert catalogue.get(page.tracking.db, "project", 1).rate_cents is None
    type_into(page, "rate_cents", "75.50")
    assert catalogue.get(page.tracking.db, "project", 1).rate_cents == 7_550


def test_an_end_before_the_start_is_refused_and_shown_as_it_was(page: ProjectsPage) -> None:
    things.edit_project(page.tracking.db, 1, {"start_date": "2026-03-05"}, now=clock.now())
    page.tracking.refresh()
    choose(page, "project")
    end = control(page, "end_date")
    assert isinstance(end, _DayField)
    end.button.pick(end.button.day.replace(2026, 3, 1))
    assert "before the start date" in page.notice.text
    assert end.value() is None


def test_what_a_client_has(page: ProjectsPage) -> None:
    choose(page, "client")
    notes = control(page, "notes")
    assert isinstance(notes, QPlainTextEdit)
    notes.setFocus()
    QTest.keyClicks(notes, "Pays late")
    type_into(page, "external_reference", "C-7")
    found = catalogue.get(page.tracking.db, "client", 1)
    assert (found.notes, found.external_reference) == ("Pays late", "C-7")


def test_what_a_task_has(page: ProjectsPage) -> None:
    with_account(page, premium=True)
    with page.tracking.db.writing():
        known_people.keep(page.tracking.db, 99, [KnownPerson(8, "Ann", "ann@example.org")])
    choose(page, "task")
    who, estimate = control(page, "user_id"), control(page, "estimated_seconds")
    assert isinstance(who, QComboBox)
    assert isinstance(estimate, QSpinBox)
    assert [who.itemText(at) for at in range(who.count())] == ["Nobody", "Cook", "Ann"]
    who.setCurrentIndex(2)
    who.activated.emit(2)
    estimate.setValue(90)
    found = catalogue.get(page.tracking.db, "task", 1)
    assert (found.user_id, found.estimated_seconds) == (8, 5_400)
    page.archived.click()
    done = control(page, "archived")
    assert isinstance(done, QCheckBox)
    done.click()
    assert catalogue.get(page.tracking.db, "task", 1).archived


def test_what_the_plan_has_not_is_not_shown_and_said(page: ProjectsPage) -> None:
    with_account(page, premium=False)
    choose(page, "project")
    assert list(page.details.fields) == ["private", "start_date", "end_date"]
    assert "need a paid plan" in page.details.note.text()
    choose(page, "task")
    assert "stays on this computer" in page.details.note.text()


def test_what_a_server_of_v8_has_not_is_not_shown(page: ProjectsPage) -> None:
    with_account(page, premium=True, url="http://127.0.0.1/api/v8")
    choose(page, "project")
    assert not {"fixed_fee_cents", "start_date", "end_date"} & page.details.fields.keys()
    choose(page, "client")
    assert list(page.details.fields) == ["notes"]


def test_who_may_not_manage_projects_is_told(page: ProjectsPage) -> None:
    with_account(page, premium=True, admin=False)
    choose(page, "project")
    assert "Only administrators of “Office”" in page.details.note.text()


def test_of_several_or_of_a_tag_there_is_nothing(page: ProjectsPage) -> None:
    choose(page, "project")
    page.view.selectAll()
    assert page.details.note.text() == "2 are selected. Select one to see more of it."
    assert page.details.fields == {}
    choose(page, "tag")
    assert page.details.note.text() == "A tag has nothing but its name."


def test_keys_bring_it_up_and_send_it_away(page: ProjectsPage, qtbot: QtBot) -> None:
    page.show_details.click()
    assert page.details.isHidden()
    choose(page, "client")
    page.activateWindow()
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.details.isVisible(), timeout=30_000)
    notes = control(page, "notes")
    assert isinstance(notes, QPlainTextEdit)
    QTest.keyClicks(notes, "a slip")
    QTest.keyClick(notes, Qt.Key.Key_Escape)
    assert catalogue.get(page.tracking.db, "client", 1).notes is None
    assert page.details.isHidden()
    assert not page.show_details.isChecked()


def test_in_a_narrow_page_it_takes_the_place_of_the_list(page: ProjectsPage) -> None:
    choose(page, "project")
    page.resize(83 * UNIT, 60 * UNIT)
    assert page.width() == 83 * UNIT
    assert page.card.isHidden()
    page.details.close_button.click()
    assert not page.card.isHidden()


def test_what_is_being_typed_stays_while_something_else_changes(page: ProjectsPage) -> None:
    choose(page, "client")
    notes = control(page, "notes")
    assert isinstance(notes, QPlainTextEdit)
    notes.setFocus()
    QTest.keyClicks(notes, "Pays")
    things.rename(page.tracking.db, "client", 1, "Zoo Ltd", now=clock.now())
    page.tracking.refresh()
    assert notes.toPlainText() == "Pays"
    assert page.details.title.text() == "Zoo Ltd"


def test_the_menu_of_a_row_leads_to_it(page: ProjectsPage) -> None:
    page.show_details.click()
    choose(page, "project")
    page.verbs.open_menu(page.view.mapToGlobal(QPoint(5, 5)))
    page.verbs.details.trigger()
    assert page.details.isVisible()
