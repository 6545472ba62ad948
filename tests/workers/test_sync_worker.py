import time

from PySide6.QtCore import QThread

from tests.fakes.toggl.exchange import Request
from tests.rig.waiting import BUSY
from tests.workers.conftest import Works
from tray import clock
from tray.settings import Settings
from tray.store import account, journal
from tray.sync import status
from tray.sync.sign_in import linking
from tray.tracker import timer
from tray.tracker.resolve import Draft
from tray.workers.sync_worker import SyncLock


def start_entry(works: Works, description: str) -> None:
    timer.start(works.db, Draft(description), now=clock.now())
    works.commands.push_soon.emit()


def state(works: Works) -> str:
    return status.read(works.db, now=clock.now()).state


def test_the_environment_signs_in(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    assert works.refused == [""]
    assert works.right.is_held
    assert [each.path for each in works.server.log].count("/api/v9/me") == 1


def test_without_an_account_nothing_is_asked_or_held(works: Works) -> None:
    works.environ.clear()
    works.start()
    works.qtbot.waitUntil(works.thread.isRunning)
    works.commands.sync_now.emit()
    works.qtbot.wait(100)
    assert works.right.asked == 0
    assert works.server.log == []


def test_a_change_is_sent_within_two_seconds(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    begun = time.monotonic()
    start_entry(works, "Email")
    works.qtbot.waitUntil(lambda: works.descriptions() == ["Email"])
    assert time.monotonic() - begun < 2 * BUSY


def test_several_changes_wait_for_the_hand_to_rest(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    for number in range(5):
        start_entry(works, f"Entry {number}")
        timer.stop(works.db, now=clock.now())
        works.qtbot.wait(50)
    asked = len(works.server.log)
    works.commands.push_soon.emit()
    works.qtbot.wait(200)
    assert len(works.server.log) == asked
    works.qtbot.waitUntil(lambda: len(works.descriptions()) == 5)


def test_changes_without_end_do_not_put_it_off(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    begun = time.monotonic()
    while not works.descriptions() and time.monotonic() - begun < 5 * BUSY:
        start_entry(works, "Typing")
        works.qtbot.wait(100)
    assert time.monotonic() - begun < 2.5 * BUSY


def test_what_is_changed_elsewhere_arrives_when_it_is_asked_for(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    works.server.account.start("On the phone")
    works.commands.sync_now.emit()
    works.qtbot.waitUntil(
        lambda: works.db.rows("SELECT description FROM entry") == [("On the phone",)]
    )


def test_it_waits_for_another_process_to_finish(works: Works) -> None:
    assert works.right.take()
    works.start()
    works.qtbot.waitUntil(lambda: works.right.asked == 2)
    works.qtbot.wait(100)
    assert works.server.log == []
    works.right.release()
    works.qtbot.waitUntil(lambda: works.stored() is not None)


def test_signing_out_elsewhere_lets_go_of_the_right_to_speak(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    linking.sign_out(works.db, "keep", now=clock.now())
    works.commands.reload.emit(Settings())
    works.qtbot.waitUntil(lambda: not works.right.is_held)
    asked = len(works.server.log)
    works.commands.sync_now.emit()
    works.qtbot.wait(200)
    assert len(works.server.log) == asked


def test_the_token_of_another_account_moves_nothing(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    assert works.stop()
    account.update(works.db, user_id=1)
    timer.start(works.db, Draft("Mine"), now=clock.now())
    works.start()
    works.qtbot.waitUntil(lambda: state(works) == "trouble")
    found = works.stored()
    assert found is not None
    assert "another account" in found.errors.error_text
    assert works.descriptions() == []


def test_a_wrong_token_is_reported_once_and_not_tried_again(works: Works) -> None:
    works.environ["TOGGL_API_TOKEN"] = "0" * 32
    works.start()
    works.qtbot.waitUntil(lambda: works.refused != [])
    assert "does not accept the sign-in" in works.refused[0]
    for command in (
        works.commands.push_soon,
        works.commands.refresh,
        works.commands.network_is_back,
    ):
        command.emit()
    works.qtbot.wait(1_000)
    assert len(works.server.log) == 1
    assert [line.text for line in journal.latest(works.db, 9)] == works.refused
    works.environ["TOGGL_API_TOKEN"] = works.server.account.token
    works.commands.reload.emit(Settings())
    works.wait_for_sign_in()
    assert works.refused[1:] == [""]


def test_a_server_that_is_away_is_tried_again_when_the_line_is_back(works: Works) -> None:
    works.server.stop()
    works.start()
    works.qtbot.waitUntil(lambda: works.refused != [])
    assert "accepts no connections" in works.refused[0]
    works.server.start_again()
    works.commands.network_is_back.emit()
    works.wait_for_sign_in()


def test_without_a_token_in_the_keyring_the_account_says_so(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    assert works.stop()
    works.environ.clear()
    works.start()
    works.qtbot.waitUntil(lambda: state(works) == "trouble")
    found = works.stored()
    assert found is not None
    assert journal.latest(works.db, 1)[0].text == found.errors.error_text
    assert (
        found.errors.error_text
        == "There is no token of this account in the keyring. Sign in again."
    )
    works.environ |= {
        "TOGGL_API_TOKEN": works.server.account.token,
        "TOGGL_API_URL": works.server.url,
    }
    works.commands.sync_now.emit()
    works.qtbot.waitUntil(lambda: state(works) == "in step")


def test_it_ends_at_once_while_a_request_hangs(works: Works) -> None:
    works.start()
    works.wait_for_sign_in()
    hanging: list[Request] = []

    def is_create(request: Request) -> bool:
        if request.method == "POST":
            hanging.append(request)
        return request.method == "POST"

    works.server.faults.next("late", is_create)
    start_entry(works, "Email")
    works.qtbot.waitUntil(lambda: hanging != [])
    begun = time.monotonic()
    assert works.stop()
    assert time.monotonic() - begun < 0.5 * BUSY


def test_a_bug_is_kept_in_the_log_and_the_next_command_is_heard(works: Works) -> None:
    def broken() -> SyncLock | None:
        raise ZeroDivisionError("a bug")

    works.take_lock = broken
    works.start()
    works.qtbot.waitUntil(lambda: works.said != [])
    assert "ZeroDivisionError" in works.said[0]
    assert "a bug" in works.crash_log.read_text()
    works.take_lock = works.right.take
    works.commands.sync_now.emit()
    works.wait_for_sign_in()
    assert len(works.said) == 1


def test_it_works_on_its_own_thread_only(works: Works) -> None:
    seen: list[bool] = []

    def take() -> SyncLock | None:
        seen.append(QThread.currentThread() is works.thread)
        return works.right.take()

    works.take_lock = take
    works.start()
    works.wait_for_sign_in()
    assert seen == [True]
    assert works.thread.objectName() == "sync"
