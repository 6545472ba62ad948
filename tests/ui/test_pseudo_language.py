"""In a language that has no English word, no window shows one; and it fits, from both sides."""

import re
from collections.abc import Iterator
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
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.pseudo_language import PseudoLanguage, pseudo_arabic
from tests.ui.every_window import every_window, program
from tray import clock, language
from tray.model.durations import HOUR
from tray.model.formats import TimeFormat
from tray.model.presence import long_run
from tray.model.presence.due import ReminderKind
from tray.model.presence.overnight import OvernightProposal
from tray.session.tracking import Tracking
from tray.store import absences
from tray.ui.away import questions
from tray.ui.away.answer_button import AnswerButton
from tray.ui.away.questions import Prompt
from tray.workers.presence_worker import AutomaticStop
from tray.workers.reminder_planner import Reminder

PLAIN: Final = re.compile(r"[A-Za-z]{3,}")
"""A word of no other language than English."""
OWN_NAMES: Final = re.compile(
    r"Toggl Tray|English|My workspace|CSV|PDF|PNG|https?://\S*|localhost:\d+|(/\S+)+/settings.toml"
    r"|\d+:\d\d min"
    # What is new has a file of its own in each language, and time zones have their own names.
    r"|(?m:^• .*)|[A-Z][a-z]+/[A-Z]\w+"
    # Keys, as they are printed on them.
    r"|\b(Ctrl|Alt|Shift|Space|Enter|Return|Esc|Del|Tab|Ins|Home|Left|Right|Up|Down|PgUp|PgDown)\b"
    # The days of the language whose days are shown, which has its own tests.
    r"|\b(Mon|Tues?|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(day)?\b"
    r"|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
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
    return bool(PLAIN.search(OWN_NAMES.sub("", text)))


@pytest.mark.parametrize("spoken", [PseudoLanguage()], indirect=True)
@pytest.mark.usefixtures("spoken")
def test_no_window_shows_an_english_word(tmp_path: Path) -> None:
    found = set()
    with program(tmp_path) as made:
        for name, window in every_window(made, QApplication.processEvents):
            found |= {(name, text) for text in texts(window) if english(text)}
    assert not found, "\n".join(f"{name}: {text}" for name, text in sorted(found))


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
