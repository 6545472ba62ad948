"""In a language that has no English word, no window shows one; and it fits, from both sides."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.pseudo_language import PseudoLanguage, known, pseudo_arabic
from tests.ui.every_window import every_window, program
from tray import chosen_language, clock, language
from tray.app.application import Application
from tray.chosen_language import set_language
from tray.model.durations import HOUR
from tray.model.formats import TimeFormat
from tray.model.presence import long_run
from tray.model.presence.due import ReminderKind
from tray.model.presence.overnight import OvernightProposal
from tray.model.source_names import SOURCE_NAMES
from tray.session.presence_thread import PresenceThread
from tray.session.tracking import Tracking
from tray.store import absences
from tray.ui.away import questions
from tray.ui.away.answer_button import AnswerButton
from tray.ui.away.away_controller import AwayController
from tray.ui.away.questions import Prompt
from tray.ui.keys_window import show_keys
from tray.ui.qt_language import QtLanguage
from tray.ui.settings.settings_window import SettingsWindow
from tray.workers.presence_worker import AutomaticStop
from tray.workers.reminder_planner import Reminder

PLAIN: Final = re.compile(r"[A-Za-z]{3,}")
"""A word of no other language than English."""
OWN_NAMES: Final = re.compile(
    r"Toggl Tray|English|Deutsch|CSV|PDF|PNG|https?://\S*|localhost:\d+|(/\S+)+/(settings.toml|hooks)"
    r"|\d+:\d\d min"
    # What is new has a file of its own in each language, and time zones have their own names.
    r"|(?m:^• .*)|[A-Z][a-z]+/[A-Z]\w+"
    # Keys, as they are printed on them.
    r"|\b(Ctrl|Alt|Shift|Space|Enter|Return|Esc|Del|Tab|Ins|Home|Left|Right|Up|Down|PgUp|PgDown)\b"
    # The days of the language whose days are shown, which has its own tests.
    r"|\b(Mon|Tues?|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(day)?\b"
    r"|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
PROGRAMS: Final = {*SOURCE_NAMES.values()} - {text for _, text in known()}
"""Those that entries are read of."""
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@pytest.fixture
def spoken(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[None]:
    del qtbot
    language.use_translations(request.param)
    yield
    language.use_translations(language.English())
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def texts(window: QWidget) -> Iterator[str]:
    """All that a window and what is in it show or have read out."""
    for each in (window, *window.findChildren(QWidget)):
        yield from (each.windowTitle(), each.accessibleName(), each.accessibleDescription())
        yield re.sub("<[^>]*>", "", each.toolTip())
        for action in each.actions():
            yield action.text()
        match each:
            case QAbstractButton() | QLabel():
                yield each.text()
            case QLineEdit():
                yield each.placeholderText()
            case QComboBox():
                yield from (each.itemText(at) for at in range(each.count()))
            case QSpinBox():
                yield each.suffix() + each.specialValueText()
            case QAbstractItemView() if each.model() is not None:
                yield from _items(each)


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount(QModelIndex())):
        for column in range(_columns(model)):
            for role in _ROLES:
                found = model.data(model.index(row, column), role)
                if isinstance(found, str):
                    yield found


def _columns(model: QAbstractItemModel) -> int:
    """A list has one, and does not say so to Python."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())


def english(text: str) -> bool:
    whole = text.replace("\N{ZERO WIDTH SPACE}", "")  # where paths may break
    return text not in PROGRAMS and bool(PLAIN.search(OWN_NAMES.sub("", whole)))


@pytest.mark.parametrize("spoken", [PseudoLanguage()], indirect=True)
@pytest.mark.usefixtures("spoken")
def test_no_window_shows_an_english_word(tmp_path: Path) -> None:
    found = set()
    with program(tmp_path) as made:
        for name, window in every_window(made, QApplication.processEvents):
            found |= {(name, text) for text in texts(window) if english(text)}
    assert not found, "\n".join(f"{name}: {text}" for name, text in sorted(found))


@pytest.mark.parametrize("spoken", [PseudoLanguage()], indirect=True)
@pytest.mark.usefixtures("spoken")
def test_no_page_is_wider_than_its_window(tmp_path: Path) -> None:
    (home := tmp_path / "folder of someone with a long name" / "and another inside of it").mkdir(
        parents=True
    )
    with program(home) as made:
        found = {
            (name, area.accessibleName(), area.horizontalScrollBar().maximum())
            for name, window in every_window(made, QApplication.processEvents)
            for area in window.findChildren(QScrollArea)
            if area.isVisible() and area.horizontalScrollBar().maximum()
        }
    assert found == set()


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    set_language("en")
    QtLanguage().follow()


def open_windows() -> dict[str, QWidget]:
    shown = filter(QWidget.isVisible, QApplication.topLevelWidgets())
    return {type(each).__name__: each for each in shown}


@contextmanager
def questions_open(made: Application) -> Iterator[None]:
    """Ask all that can be asked in a window of its own."""
    tracking, running = made._tracking, made._tracking.snapshot.running
    assert running is not None
    watching = PresenceThread(made._places, tracking, made)
    made._presence = presence = AwayController(watching, tracking, made)
    presence._window().open()
    left = running.start
    proposal = OvernightProposal(running.id, running.start, left, left)
    presence._open_late(Reminder(ReminderKind.OVERNIGHT, left, running, left, (), proposal))
    made.quick.stop_earlier()
    yield
    presence.stop()
    made._presence = None


def test_all_that_is_open_follows_the_language(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, english_again: None
) -> None:
    """But for what goes by itself when one leaves it for the settings."""
    del english_again
    monkeypatch.setattr(chosen_language, "load", lambda _: PseudoLanguage())
    with program(tmp_path) as made, questions_open(made):
        main = made.open_main_window()
        main.open_page("reports")
        main.setGeometry(30, 40, 900, 600)
        show_keys(main)
        for opened in (made.open_settings, made.quick.open_quick_start, made._mini.toggle):
            opened()
        made.account().open_problems()
        made.open_panel()
        before = open_windows()
        assert len(before) == 10, sorted(before)
        settings = before["SettingsWindow"]
        assert isinstance(settings, SettingsWindow)
        settings.show_page("language")
        box = settings.row("language").findChild(QComboBox)
        assert box is not None
        box.setCurrentIndex(box.findData("zh_CN"))
        qtbot.waitUntil(lambda: open_windows().get("SettingsWindow", settings) is not settings)
        after = open_windows()
        found = {(name, text) for name in after for text in texts(after[name]) if english(text)}
        made._menu.fill()
        found |= {("menu", text) for text in texts(made._menu.menu) if english(text)}
        assert after["MainWindow"].windowTitle().startswith(language.tr("Reports"))
        assert after["MainWindow"].geometry().getRect() == (30, 40, 900, 600)
    assert not found, "\n".join(f"{name}: {text}" for name, text in sorted(found))
    assert before.keys() - after.keys() == {"PopOver", "QuickStartDialog"}


@pytest.mark.parametrize("spoken", [pseudo_arabic()], indirect=True)
@pytest.mark.usefixtures("spoken")
def test_every_window_is_mirrored(tmp_path: Path) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    with program(tmp_path) as made:
        for name, window in every_window(made, QApplication.processEvents):
            assert window.layoutDirection() is Qt.LayoutDirection.RightToLeft, name


def test_the_number_of_an_answer_is_where_one_begins_to_read(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = AnswerButton(1, "", window)
    button.resize(400, 40)
    found = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        button.setLayoutDirection(direction)
        picture = button.grab().toImage()
        row = [picture.pixel(at, picture.height() // 2) for at in range(20, picture.width() - 20)]
        changed = [at for at in range(1, len(row)) if row[at] != row[at - 1]]
        found.append(changed[0] > len(row) // 2 if changed else None)
    assert found == [False, True]


def prompts(tracking: Tracking) -> Iterator[Prompt]:
    """What notifications and the menu ask: the absence, and every kind of reminder."""
    now, state, times = clock.now(), tracking.snapshot, TimeFormat()
    assert state.running is not None
    (absence,) = absences.unanswered(tracking.db)
    yield questions.of_absence(absence, state.running, state, times, now=now)
    yield questions.of_stop(AutomaticStop(state.running, 1), state, times, now=now)
    left, started = now - HOUR, state.running.start
    for kind in ReminderKind:
        for stopped in (False, True):
            answers = long_run.answers(started, last_input=left)
            forgotten = OvernightProposal(state.running.id, started, left, left)
            reminder = Reminder(kind, now, state.running, left, answers, forgotten)
            reminder = reminder._replace(since=left, stopped=stopped)
            yield questions.of_reminder(reminder, state, times, now=now)


@pytest.mark.parametrize("spoken", [PseudoLanguage()], indirect=True)
@pytest.mark.usefixtures("spoken")
def test_no_notification_has_an_english_word(tmp_path: Path) -> None:
    with program(tmp_path) as made:
        found = [
            text
            for each in prompts(made._tracking)
            for text in (each.title, each.body, *(offer.label for offer in each.offers))
            if english(text)
        ]
    assert found == []
