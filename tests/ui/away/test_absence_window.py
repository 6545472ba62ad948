"""The question about an absence, as somebody with a keyboard and a pointer answers it."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.away.conftest import BACK, BEGAN, LEFT, Asked
from tray import clock
from tray.model.formats import TimeFormat
from tray.model.presence.answers import AbsenceChoice
from tray.model.presence.presence_values import AbsenceState, AwayPeriod
from tray.store import catalogue
from tray.tracker import catalogue as catalogue_verbs
from tray.tracker import entries as verbs
from tray.tracker import timer
from tray.ui.away.absence_window import AbsenceWindow
from tray.ui.entry_line.history_loader import LoadedHistory

Key = Qt.Key


def test_it_says_what_ran_and_since_when_nobody_was_there(asked: Asked) -> None:
    window, times = asked.open(), TimeFormat()
    assert window.headline.text() == "You were away for 0:30"
    assert f"{times.time_of_day(asked.left)} – " in window.when.text()
    assert "no key and no mouse" in window.when.text()
    assert window.about.title.text() == "Email"
    assert window.about.chips.texts == ["Acme"]
    assert not window.remark.isVisible()


@pytest.mark.parametrize(
    ("choice", "spans"),
    [
        (AbsenceChoice.KEEP, [("Email", -BEGAN, None)]),
        (AbsenceChoice.DISCARD_AND_STOP, [("Email", -BEGAN, -LEFT), ("Email", -BACK, 0)]),
        (AbsenceChoice.DISCARD_AND_CONTINUE, [("Email", -BEGAN, -LEFT), ("Email", -BACK, None)]),
        (
            AbsenceChoice.SEPARATE,
            [("Email", -BEGAN, -LEFT), ("Email", -LEFT, -BACK), ("Email", -BACK, None)],
        ),
        (AbsenceChoice.SPLIT, [("Email", -BEGAN, -LEFT), ("Email", -LEFT, None)]),
    ],
)
def test_each_answer_does_what_it_says_and_is_taken_back_by_undo(
    asked: Asked, choice: AbsenceChoice, spans: list[tuple[str, int, int | None]]
) -> None:
    before = asked.spans
    window = asked.open()
    asked.choose(choice)
    assert [(what, start, stop and round(stop, -1)) for what, start, stop in asked.spans] == spans
    assert asked.state() is AbsenceState.ANSWERED
    assert not window.isVisible()
    asked.tracking.undo()
    assert asked.spans == before
    assert asked.state() is AbsenceState.UNDONE
    assert not window.open()


def test_the_number_keys_answer(asked: Asked) -> None:
    asked.open()
    asked.press(Key.Key_3)
    asked.qtbot.waitUntil(lambda: not asked.unanswered)
    assert asked.spans == [("Email", -BEGAN, -LEFT), ("Email", -BACK, None)]


def test_arrows_go_from_answer_to_answer_and_enter_chooses(asked: Asked) -> None:
    window = asked.open()
    asked.press(Key.Key_Down, Key.Key_Down)
    assert window.buttons[AbsenceChoice.DISCARD_AND_CONTINUE].hasFocus()
    asked.press(Key.Key_Return)
    assert asked.state() is AbsenceState.ANSWERED
    assert len(asked.spans) == 2


def test_closing_answers_nothing(asked: Asked) -> None:
    window = asked.open()
    asked.press(Key.Key_Escape)
    assert not window.isVisible()
    assert asked.state() is AbsenceState.OPEN
    assert window.open()


def test_it_comes_up_without_the_focus(asked: Asked) -> None:
    other = QWidget()
    asked.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    asked.qtbot.waitUntil(other.isActiveWindow)
    assert asked.window.open()
    assert asked.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert asked.window.isVisible()


def test_without_a_question_there_is_no_window(asked: Asked) -> None:
    asked.open()
    asked.choose(AbsenceChoice.KEEP)
    assert not asked.window.open()
    assert not asked.window.isVisible()


def test_the_cut_moves_by_keys_to_full_minutes_and_stays_within_the_absence(asked: Asked) -> None:
    window = asked.open()
    strip = window.cut.strip
    strip.setFocus()
    QTest.keyClick(strip, Key.Key_Right)
    cut = strip.scene.cut
    assert cut % 60 == 0
    assert asked.left < cut <= asked.left + 60
    QTest.keyClick(strip, Key.Key_PageUp)
    assert strip.scene.cut == cut + 15 * 60
    QTest.keyClick(strip, Key.Key_End)
    assert strip.scene.cut == asked.back
    QTest.keyClick(strip, Key.Key_Right)
    assert strip.scene.cut == asked.back
    QTest.keyClick(strip, Key.Key_Home)
    QTest.keyClick(strip, Key.Key_Left)
    assert strip.scene.cut == asked.left


def test_the_cut_is_dragged(asked: Asked) -> None:
    window = asked.open()
    strip = window.cut.strip
    wanted = asked.left + 15 * 60
    start, goal = (QPointF(strip.x_of(each), 20).toPoint() for each in (asked.left, wanted))
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(strip, goal)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, goal)
    asked.qtbot.waitUntil(lambda: abs(strip.scene.cut - wanted) <= 60)
    asked.choose(AbsenceChoice.DISCARD_AND_STOP)
    assert asked.stored().stop == strip.scene.cut


def test_a_typed_time_is_the_cut(asked: Asked) -> None:
    window = asked.open()
    moment = asked.left - asked.left % 60 + 10 * 60
    line = window.cut.line
    line.start_over()
    QTest.keyClicks(line, TimeFormat().time_of_day(moment))
    assert window.cut.strip.scene.cut == moment
    asked.choose(AbsenceChoice.DISCARD_AND_CONTINUE)
    assert asked.stored().stop == moment


def test_a_break_is_answered_by_two_typed_times_and_leaves_two_pieces(asked: Asked) -> None:
    window, time = asked.open(), TimeFormat().time_of_day
    begin = asked.left - asked.left % 60 + 10 * 60
    end = begin + 12 * 60
    for line, moment in ((window.cut.line, begin), (window.cut.until, end)):
        line.start_over()
        QTest.keyClicks(line, time(moment))
    shown = [each.piece for each in window.cut.strip.scene.pieces]
    assert [(each.begin, each.end) for each in shown][1] == (begin, end)
    result = window.buttons[AbsenceChoice.DISCARD_AND_CONTINUE].result
    assert "0:12 removed" in result
    asked.choose(AbsenceChoice.DISCARD_AND_CONTINUE)
    assert asked.stored().stop == begin
    running = asked.tracking.snapshot.running
    assert running is not None
    assert running.start == end


def test_another_window_takes_its_place_with_what_was_set_and_typed(asked: Asked) -> None:
    before = asked.open()
    moment = asked.left - asked.left % 60 + 10 * 60
    before.cut.line.start_over()
    QTest.keyClicks(before.cut.line, TimeFormat().time_of_day(moment))
    asked.choose(AbsenceChoice.GIVE)
    QTest.keyClicks(before.give.line.edit, "Lunch")
    before.give.go_on.click()
    asked.window = AbsenceWindow(asked.tracking, TimeFormat())
    asked.qtbot.addWidget(asked.window)
    asked.window.take_place_of(before)
    before.hide()
    assert asked.window.isVisible()
    asked.window.give.give.click()
    assert ("Lunch", moment - asked.now, -BACK) in asked.spans
    assert all(stop is not None for _, _, stop in asked.spans)


def test_no_half_of_a_time_counts_once_the_whole_cannot(asked: Asked) -> None:
    window = asked.open()
    before = window.cut.strip.scene.cut
    for line, moment in (
        (window.cut.line, asked.left + 300),
        (window.cut.until, asked.back - 120),
    ):
        line.start_over()
        QTest.keyClicks(line, TimeFormat().time_of_day(moment))
        scene = window.cut.strip.scene
        assert (scene.cut, scene.until) != (before, asked.back)
        QTest.keyClicks(line, "9")
        assert window.cut.note.text()
        scene = window.cut.strip.scene
        assert (scene.cut, scene.until) == (before, asked.back)


def test_a_break_ends_after_it_begins_and_within_the_absence(asked: Asked) -> None:
    window = asked.open()
    for moment in (asked.left - 300, asked.back + 300):
        window.cut.until.start_over()
        QTest.keyClicks(window.cut.until, TimeFormat().time_of_day(moment))
        assert "within" in window.cut.note.text()
        assert window.cut.strip.scene.until == asked.back


@pytest.mark.parametrize("text", ["nonsense", "25:99"])
def test_a_time_that_is_none_is_said_so_and_changes_nothing(asked: Asked, text: str) -> None:
    window = asked.open()
    line = window.cut.line
    line.start_over()
    QTest.keyClicks(line, text)
    assert text in window.cut.note.text()
    assert window.cut.strip.scene.cut == asked.left


def test_a_time_outside_the_absence_is_said_so(asked: Asked) -> None:
    window = asked.open()
    line = window.cut.line
    line.start_over()
    QTest.keyClicks(line, TimeFormat().time_of_day(asked.left - 900))
    assert "within" in window.cut.note.text()
    assert window.cut.strip.scene.cut == asked.left


def test_digits_in_the_field_are_no_answers(asked: Asked) -> None:
    window = asked.open()
    window.cut.line.start_over()
    QTest.keyClick(window.cut.line, Key.Key_2)
    QTest.qWait(150)
    assert asked.state() is AbsenceState.OPEN


def test_each_result_is_told_in_words_before_it_is_chosen(asked: Asked) -> None:
    window, time = asked.open(), TimeFormat().time_of_day
    results = {choice: button.result for choice, button in window.buttons.items()}
    assert f"until {time(asked.left)}" in results[AbsenceChoice.DISCARD_AND_STOP].replace(
        "yesterday ", ""
    )
    assert "0:30 removed" in results[AbsenceChoice.DISCARD_AND_STOP]
    assert "something else" in results[AbsenceChoice.GIVE]
    assert "since" in results[AbsenceChoice.KEEP]


def test_the_time_line_shows_what_the_answer_under_the_keys_makes(asked: Asked) -> None:
    window = asked.open()
    assert [each.piece.what is None for each in window.cut.strip.scene.pieces] == [False]
    window.buttons[AbsenceChoice.DISCARD_AND_CONTINUE].setFocus()
    shown = [each.piece for each in window.cut.strip.scene.pieces]
    assert [each.what is None for each in shown] == [False, True, False]
    assert (shown[1].begin, shown[1].end) == (asked.left, asked.back)


def test_an_entry_stopped_meanwhile_is_said_and_the_answers_recomputed(asked: Asked) -> None:
    window = asked.open()
    timer.stop(asked.tracking.db, now=asked.now, at=asked.left + 600)
    asked.tracking.refresh()
    assert "stopped meanwhile" in window.remark.text()
    assert "0:10 removed" in window.buttons[AbsenceChoice.DISCARD_AND_STOP].result
    asked.choose(AbsenceChoice.DISCARD_AND_STOP)
    assert asked.spans == [("Email", -BEGAN, -LEFT)]


def test_what_changed_in_the_last_moment_is_shown_before_it_is_answered(asked: Asked) -> None:
    window = asked.open()
    timer.stop(asked.tracking.db, now=asked.now, at=asked.left + 600)
    asked.choose(AbsenceChoice.DISCARD_AND_CONTINUE)
    assert asked.state() is AbsenceState.OPEN
    assert "stopped meanwhile" in window.remark.text()
    asked.choose(AbsenceChoice.DISCARD_AND_CONTINUE)
    assert asked.state() is AbsenceState.ANSWERED


@pytest.mark.parametrize("how", ["deleted", "stopped before"])
def test_with_nothing_left_to_change_it_can_only_be_put_away(asked: Asked, how: str) -> None:
    window, db = asked.open(), asked.tracking.db
    if how == "deleted":
        verbs.delete(db, [asked.entry.id], now=asked.now)
    else:
        timer.stop(db, now=asked.now, at=asked.left - 60)
    asked.tracking.refresh()
    assert how.split()[0] in window.remark.text()
    assert [each for each, button in window.buttons.items() if button.isEnabled()] == [
        AbsenceChoice.KEEP
    ]
    asked.choose(AbsenceChoice.KEEP)
    assert asked.state() is AbsenceState.ANSWERED


def test_the_next_question_has_its_turn_in_the_same_window(asked: Asked) -> None:
    asked.record(AwayPeriod(asked.now - 300, asked.now - 100), absence_id=2)
    window = asked.open()
    asked.choose(AbsenceChoice.KEEP)
    assert window.isVisible()
    assert window.absence is not None
    assert window.absence.id == 2


def test_an_absence_that_lasts_ends_with_the_return(asked: Asked) -> None:
    asked.record(AwayPeriod(asked.left))
    window = asked.open()
    assert "so far" in window.headline.text()
    asked.record(AwayPeriod(asked.left, asked.back))
    asked.tracking.refresh()
    assert window.headline.text() == "You were away for 0:30"


class TestGive:
    """Giving the time to something else."""

    def opened(self, asked: Asked) -> None:
        asked.open()
        asked.choose(AbsenceChoice.GIVE)
        assert asked.window.give.isVisible()
        assert not asked.window.answers.isVisible()
        assert asked.window.give.line.edit.hasFocus()

    def test_what_is_typed_gets_the_time_and_the_entry_goes_on(self, asked: Asked) -> None:
        self.opened(asked)
        QTest.keyClicks(asked.window.give.line.edit, "Phone call #urgent")
        asked.press(Key.Key_Return)
        assert asked.spans == [
            ("Email", -BEGAN, -LEFT),
            ("Email", -BACK, None),
            ("Phone call", -LEFT, -BACK),
        ]
        asked.tracking.undo()
        assert asked.spans == [("Email", -BEGAN, None)]
        assert [tag.name for tag in catalogue.tags(asked.tracking.db)] == ["writing"]

    def test_the_entry_need_not_go_on(self, asked: Asked) -> None:
        self.opened(asked)
        asked.window.give.go_on.click()
        QTest.keyClicks(asked.window.give.line.edit, "Lunch")
        asked.press(Key.Key_Return)
        assert ("Lunch", -LEFT, -BACK) in asked.spans
        assert all(stop is not None for _, _, stop in asked.spans)

    def test_it_completes_from_what_was_done_before(self, asked: Asked) -> None:
        self.opened(asked)
        line = asked.window.give.line.edit
        QTest.keyClicks(line, "figures")
        candidates = asked.window.give.line.list
        asked.qtbot.waitUntil(lambda: bool(candidates.candidates))
        asked.press(Key.Key_Down, Key.Key_Return)
        assert ("Call about the figures", -LEFT, -BACK) in asked.spans

    def test_a_new_project_is_made_by_a_second_enter(self, asked: Asked) -> None:
        self.opened(asked)
        QTest.keyClicks(asked.window.give.line.edit, "Walk @Garden")
        asked.press(Key.Key_Return)
        assert "no project" in asked.window.give.line.hint.text()
        assert asked.state() is AbsenceState.OPEN
        asked.press(Key.Key_Return)
        assert ("Walk", -LEFT, -BACK) in asked.spans

    @pytest.mark.parametrize(("text", "said"), [("", "used for"), ("Lunch 9:00-9:30", "times out")])
    def test_what_cannot_be_given_is_said(self, asked: Asked, text: str, said: str) -> None:
        self.opened(asked)
        QTest.keyClicks(asked.window.give.line.edit, text)
        asked.press(Key.Key_Return)
        assert said in asked.window.give.line.hint.text()
        assert asked.state() is AbsenceState.OPEN

    def test_the_time_line_shows_it_as_it_is_typed(self, asked: Asked) -> None:
        self.opened(asked)
        QTest.keyClicks(asked.window.give.line.edit, "Lunch")
        assert "Lunch" in [each.text for each in asked.window.cut.strip.scene.pieces]

    def test_a_screen_reader_is_given_what_is_highlighted_and_what_is_wrong(
        self, asked: Asked
    ) -> None:
        self.opened(asked)
        line = asked.window.give.line
        announced: list[str] = []
        line.announced.connect(announced.append)
        asked.press(Key.Key_Down)
        assert announced == ["Review, Acme"]
        QTest.keyClicks(line.edit, "Lunch 9:00-9:30")
        asked.press(Key.Key_Return)
        assert "times out" in announced[-1]
        QTest.keyClicks(line.edit, "x")
        asked.press(Key.Key_Down)
        assert len(announced) == 3

    def test_a_history_that_cannot_be_loaded_is_shown_and_announced(self, asked: Asked) -> None:
        line = asked.window.give.line
        announced: list[str] = []
        line.announced.connect(announced.append)
        self.opened(asked)
        line._on_loaded(LoadedHistory(None, "The disk is on fire."))
        assert line.hint.text() == "The disk is on fire."
        assert announced == ["The disk is on fire."]
        QTest.keyClicks(line.edit, "Lunch")
        asked.press(Key.Key_Return)
        assert ("Lunch", -LEFT, -BACK) in asked.spans

    def test_a_doubly_named_project_is_ambiguous_while_it_is_typed(self, asked: Asked) -> None:
        db, now = asked.tracking.db, clock.now()
        client = catalogue_verbs.create_client(db, "Globex", now=now).created_id
        catalogue_verbs.create_project(db, "Twin", now=now, changes={"client_id": client})
        catalogue_verbs.create_project(db, "Twin", now=now)
        asked.tracking.refresh()
        self.opened(asked)
        line = asked.window.give.line
        QTest.keyClicks(line.edit, "Walk @twin")
        assert "“Twin (Globex)”" in line.hint.text()
        asked.press(Key.Key_Return)
        assert asked.state() is AbsenceState.OPEN

    def test_esc_goes_back_to_the_answers(self, asked: Asked) -> None:
        self.opened(asked)
        asked.press(Key.Key_Escape)
        assert asked.window.isVisible()
        assert asked.window.buttons[AbsenceChoice.GIVE].hasFocus()


def test_every_control_has_a_name_for_a_screen_reader(asked: Asked) -> None:
    window = asked.open()
    window.open_give()
    controls = [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not each.objectName().startswith("qt_")
    ]
    assert len(controls) > 8
    names = {
        each: QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        for each in controls
    }
    assert [each for each, name in names.items() if not name] == []


def test_the_cut_is_a_slider_for_a_screen_reader(asked: Asked) -> None:
    strip = asked.open().cut.strip
    interface = QAccessible.queryAccessibleInterface(strip)
    assert interface.role() is QAccessible.Role.Slider
    assert TimeFormat().time_of_day(asked.left) in interface.text(QAccessible.Text.Name)


def test_the_time_line_is_mirrored_with_the_window(asked: Asked) -> None:
    strip = asked.open().cut.strip
    ends = strip.scene.begin, strip.scene.end
    assert strip.x_of(ends[0]) < strip.x_of(ends[1])
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert strip.x_of(ends[0]) > strip.x_of(ends[1])
    middle = QPointF((strip.x_of(strip.scene.least) + strip.x_of(strip.scene.most)) / 2, 20)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    cut = strip.scene.cut
    assert strip.x_of(cut) == pytest.approx(middle.x(), abs=strip.width() / 20)
    QTest.keyClick(strip, Key.Key_Left)
    assert strip.scene.cut > cut, "to the left is later"
    QTest.keyClick(strip, Key.Key_Up)
    QTest.keyClick(strip, Key.Key_Right)
    assert strip.x_of(strip.scene.cut) < strip.x_of(cut)
