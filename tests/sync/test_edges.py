"""What happens where unlikely things meet: wrong clocks, odd servers, a line that is down."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.fakes.toggl.exchange import Reply, Request, answer
from tests.sync.rig import Rig
from tray.store import account, entries, journal, outbox
from tray.sync import status
from tray.sync.engine import Engine
from tray.sync.pull.apply_entries import apply_page
from tray.sync.sign_in import linking
from tray.sync.sign_in.identity import ServerLocation
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.db.close()


def use_clock(rig: Rig, ahead: int) -> None:
    """Have this computer's clock go before the server's."""
    rig.db._connection.create_function("unixepoch", 0, lambda: rig.now + ahead)
    rig.engine = Engine(rig.db, rig.connection, clock=lambda: rig.now + ahead, rng=Random(1))


def answer_with(
    rig: Rig, reply: Reply, when: Callable[[Request], bool], *, seen: list[Request]
) -> None:
    """Have the server answer some requests in its own way."""
    handle = rig.service.handle

    def handled(request: Request) -> Reply:
        if not when(request):
            return handle(request)
        seen.append(request)
        return reply

    rig.service.handle = handled  # type: ignore[method-assign]


def is_report(request: Request) -> bool:
    return "/reports/" in request.path


def turns(rig: Rig, most: int = 200) -> None:
    """Take turns while there is something to do at once."""
    for _ in range(most):
        if rig.engine.turn() != 0:
            return


def test_first_sign_in_with_a_fast_clock_sees_later_changes(rig: Rig) -> None:
    ahead = 3 * HOUR
    me = rig.connection().me()
    linking.sign_in(rig.db, me, ServerLocation(rig.url, "basic"), now=rig.now + ahead)
    use_clock(rig, ahead)
    rig.run(60)
    rig.account.add(rig.now - 100, rig.now - 50, description="Elsewhere")
    rig.run(900)
    assert [each[0] for each in rig.ours()] == ["Elsewhere"]


def test_a_clock_that_jumps_ahead_makes_nothing_be_missed(rig: Rig) -> None:
    rig.sign_in()
    rig.account.add(rig.now - 300, rig.now - 200, description="First")
    rig.run(400)
    use_clock(rig, 100 * DAY)
    timer.start(rig.db, Draft("Here"), now=rig.now)
    rig.adapter.faults.next("drop_after_commit", when=lambda each: each.method == "POST")
    rig.run(400)
    use_clock(rig, 0)
    timer.stop(rig.db, now=rig.now)
    rig.run(60)
    rig.account.add(rig.now - 100, rig.now - 50, description="Second")
    rig.run(1200)
    assert [each[0] for each in rig.ours()] == ["First", "Here", "Second"]
    assert rig.ours() == rig.theirs()


def test_older_history_of_a_workspace_whose_requests_are_used_up_waits(rig: Rig) -> None:
    rig.service.quota.enforced = True
    rig.account.add_workspace("Other")
    rig.sign_in()
    rig.run(2 * HOUR)
    for row in rig.account.workspaces.values():
        if row.name == "Other":
            rig.service.quota.spend(f"organization {row.organization_id}", rig.now)
    account.update(rig.db, older_from=rig.now - 300 * DAY, older_next="")
    before = len(rig.service.log)
    turns(rig)
    assert [each.status for each in rig.service.log[before:]] == [200, 402]


def test_v8_with_a_quota_does_not_ask_on_and_on(tmp_path: Path) -> None:
    rig = Rig(tmp_path, version=8)
    rig.sign_in()
    rig.run(60)
    seen: list[Request] = []
    words = "You have hit your hourly limit for API calls. The quota will reset in 900 seconds."
    answer_with(rig, answer(words, 402), lambda each: each.method == "POST", seen=seen)
    timer.start(rig.db, Draft("Write"), now=rig.now)
    turns(rig)
    assert len(seen) == 1
    rig.db.close()


@pytest.mark.parametrize("refused", [400, 403, 404])
def test_reports_that_are_refused_are_not_asked_again(rig: Rig, refused: int) -> None:
    rig.sign_in()
    rig.run(HOUR)
    seen: list[Request] = []
    answer_with(rig, answer("No such thing for you", refused), is_report, seen=seen)
    account.update(rig.db, older_from=rig.now - 400 * DAY, older_next="")
    rig.run(2 * HOUR)
    assert len(seen) == 1
    assert status.read(rig.db, now=rig.now).state == "in step"


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (8, "This server has no reports, so older entries are not fetched."),
        (9, "The account's plan gives no reports, so older entries cannot be fetched."),
    ],
)
def test_older_history_that_cannot_be_had_is_reported(
    tmp_path: Path, version: int, sentence: str
) -> None:
    rig = Rig(tmp_path, version=version)
    rig.sign_in()
    rig.run(HOUR)
    words = "Workspace needs to have this feature enabled"
    answer_with(rig, answer(words, 402), is_report, seen=[])
    account.update(rig.db, older_from=rig.now - 300 * DAY, older_next="")
    rig.run(HOUR)
    told = [(line.kind, line.text) for line in journal.latest(rig.db, 9)]
    assert told.count(("refused", sentence)) == 1
    rig.db.close()


def test_older_history_of_colleagues_is_not_ours(rig: Rig) -> None:
    rig.sign_in()
    rig.run(HOUR)
    rig.account.add(rig.now - 200 * DAY, rig.now - 200 * DAY + 60, description="Long ago")
    handle = rig.service.handle

    def handled(request: Request) -> Reply:
        reply = handle(request)
        if not is_report(request):
            return reply
        rows = reply.json()
        theirs = {"user_id": 5, "description": "Theirs"}
        spans = [{**span, "id": span["id"] + 1000} for row in rows for span in row["time_entries"]]
        return answer([*rows, {**rows[0], **theirs, "time_entries": spans}] if rows else rows)

    rig.service.handle = handled  # type: ignore[method-assign]
    account.update(rig.db, older_from=rig.now - 300 * DAY, older_next="")
    rig.run(HOUR)
    assert [each[0] for each in rig.ours()] == ["Long ago"]


def test_a_since_that_is_refused_in_other_words_is_not_repeated(rig: Rig) -> None:
    rig.sign_in()
    rig.run(HOUR)
    seen: list[Request] = []
    words = "start_date must not be earlier than 2026-08-22"
    answer_with(rig, answer(words, 400), lambda each: "since" in each.query, seen=seen)
    account.update(rig.db, cursor=(rig.now - 100 * DAY) * 1_000_000)
    rig.run(600)
    assert len(seen) <= 2


def test_a_since_that_is_always_refused_costs_no_refetch_each_time(rig: Rig) -> None:
    rig.sign_in()
    rig.run(HOUR)
    before = len(rig.service.log)
    seen: list[Request] = []
    words = "The 'since' value should be within last three months"
    answer_with(rig, answer(words, 400), lambda each: "since" in each.query, seen=seen)
    rig.run(3 * HOUR)
    assert len(rig.service.log) - before + len(seen) <= 40


def test_a_tag_that_the_catalogue_lacks_is_not_asked_for_on_and_on(rig: Rig) -> None:
    rig.sign_in()
    rig.run(600)
    handle = rig.service.handle

    def handled(request: Request) -> Reply:
        reply = handle(request)
        if reply.status != 200 or "/me" not in request.path:
            return reply
        body = reply.json()
        for each in body if isinstance(body, list) else body.get("time_entries") or ():
            each["tag_ids"], each["tags"] = [777], None
        return answer(body).with_headers(
            {k: v for k, v in reply.headers.items() if k.startswith("X-")}
        )

    rig.service.handle = handled  # type: ignore[method-assign]
    rig.account.add(rig.now - 100, rig.now - 50, description="Elsewhere")
    before = len(rig.service.log)
    rig.run(HOUR)
    assert len(rig.service.log) - before <= 45


def test_a_stop_that_conflicts_again_and_again_is_given_up(rig: Rig) -> None:
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(60)
    seen: list[Request] = []
    words = "Time entry already stopped"
    answer_with(rig, answer(words, 409), lambda each: each.method == "PUT", seen=seen)
    timer.stop(rig.db, now=rig.now)
    rig.run(HOUR)
    assert len(seen) <= 3


def test_a_token_of_another_account_sends_nothing(rig: Rig) -> None:
    rig.service.quota.enforced = True
    rig.sign_in()
    rig.run(60)
    timer.start(rig.db, Draft("Private"), now=rig.now)
    account.update(rig.db, user_id=rig.account.user_id + 1)
    rig.engine = Engine(
        rig.db, rig.connection, clock=lambda: rig.now, rng=Random(1), belongs_here=False
    )
    rig.db.run(
        "UPDATE quota SET counts = json_set(counts, '$[2]', 0, '$[3]', ?) WHERE name = 'user'",
        (rig.now + 600,),
    )
    turns(rig)
    assert rig.theirs() == []


def test_an_unanswered_deletion_that_was_undone_stays_undone_after_a_pause(rig: Rig) -> None:
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(100)
    timer.stop(rig.db, now=rig.now)
    rig.run(100)
    verbs.delete(rig.db, [1], now=rig.now)
    rig.adapter.faults.next("drop_after_commit", when=lambda each: each.method == "DELETE")
    rig.engine.turn()
    rig.adapter.online = False
    undo.undo(rig.db)
    rig.run(2 * HOUR)
    rig.adapter.online = True
    rig.engine.network_is_back()
    rig.run(HOUR)
    assert [each[0] for each in rig.ours()] == ["Write"]
    assert rig.ours() == rig.theirs()


def test_what_was_edited_elsewhere_of_what_was_deleted_here_stays_once_that_is_undone(
    rig: Rig,
) -> None:
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(100)
    timer.stop(rig.db, now=rig.now)
    rig.run(100)
    (entry,) = rig.account.entries()

    def edited(**changed: object) -> None:
        rig.now += 20
        rig.account.edit(entry.id, **changed)
        apply_page(rig.db, rig.connection().entries_since(rig.now - 1).entries, now=rig.now)

    verbs.delete(rig.db, [1], now=rig.now)
    edited(description="There")
    undo.undo(rig.db)
    edited(stop=rig.now)
    rig.run(HOUR)
    assert [each[0] for each in rig.ours()] == ["There"]
    assert rig.ours() == rig.theirs()


def test_an_unanswered_edit_that_was_undone_stays_undone_after_a_pause(rig: Rig) -> None:
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(100)
    verbs.edit(rig.db, [1], {"description": "Oops"}, now=rig.now)
    rig.adapter.faults.next("drop_after_commit", when=lambda each: each.method == "PUT")
    rig.engine.turn()
    rig.adapter.online = False
    undo.undo(rig.db)
    rig.run(2 * HOUR)
    rig.adapter.online = True
    rig.engine.network_is_back()
    rig.run(HOUR)
    assert [each[0] for each in rig.ours()] == ["Write"]
    assert rig.ours() == rig.theirs()


def test_an_entry_deleted_while_many_are_sent_together_is_still_to_be_sent(rig: Rig) -> None:
    rig.sign_in()
    for number in range(3):
        rig.account.add(rig.now - 300 + number, rig.now - 200, description=f"Old {number}")
    rig.run(400)
    verbs.edit(rig.db, [1, 2, 3], {"description": "Same"}, now=rig.now)
    handle = rig.service.handle

    def handled(request: Request) -> Reply:
        reply = handle(request)
        if request.method == "PATCH":
            verbs.delete(rig.db, [2], now=rig.now)
        return reply

    rig.service.handle = handled  # type: ignore[method-assign]
    turns(rig, 1)
    assert outbox.of(rig.db, "entry", 2) is not None
    rig.run(10)
    assert rig.ours() == rig.theirs()


def test_signing_in_again_with_an_old_reply_brings_nothing_back(rig: Rig) -> None:
    rig.sign_in()
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(300)
    timer.stop(rig.db, now=rig.now)
    rig.run(60)
    me = rig.connection().me()
    verbs.delete(rig.db, [1], now=rig.now)
    rig.run(600)
    assert rig.theirs() == []
    linking.sign_in(rig.db, me, ServerLocation(rig.url, "basic"), now=rig.now)
    rig.start_engine()
    rig.run(900)
    assert rig.ours() == rig.theirs() == []


def test_signing_in_again_while_an_entry_is_sent_does_not_double_it(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    timer.start(rig.db, Draft("Write"), now=rig.now)
    handle = rig.service.handle
    path = rig.path

    def handled(request: Request) -> Reply:
        reply = handle(request)
        if request.method == "POST":
            rig.service.handle = handle  # type: ignore[method-assign]
            other = rig.open()
            assert other.path == path
            me = rig.connection().me()
            linking.sign_in(other, me, ServerLocation(rig.url, "basic"), now=rig.now)
            other.close()
        return reply

    rig.service.handle = handled  # type: ignore[method-assign]
    rig.run(900)
    assert len(rig.ours()) == 1
    assert rig.ours() == rig.theirs()
    assert entries.running(rig.db) is not None


def test_changes_are_sent_though_the_server_refuses_to_list_any(rig: Rig) -> None:
    rig.sign_in()
    rig.account.add(rig.now - 300, rig.now - 200, description="Draft")
    rig.run(400)
    refusal = answer("No such list for you", 400)
    answer_with(rig, refusal, lambda each: "since" in each.query, seen=[])
    rig.run(900)
    verbs.edit(rig.db, [1], {"description": "Done"}, now=rig.now)
    account.update(rig.db, next_request_at=rig.now + 100)
    rig.run(HOUR)
    assert rig.theirs()[0][0] == "Done"


def test_a_quota_that_is_to_be_renewed_at_once_but_is_not(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    seen: list[Request] = []
    words = "You have hit your hourly limit for API calls. The quota will reset in 0 seconds."
    answer_with(rig, answer(words, 402), lambda each: each.method == "POST", seen=seen)
    timer.start(rig.db, Draft("Write"), now=rig.now)
    rig.run(HOUR)
    assert len(seen) <= 60


def test_a_project_whose_late_request_takes_its_name_is_not_refused(rig: Rig) -> None:
    rig.sign_in()
    rig.run(60)
    rig.adapter.faults.late_by = 1
    rig.adapter.faults.next("late", when=lambda each: each.path.endswith("/projects"))
    timer.start(rig.db, Draft("Write", "Book", create_missing=True), now=rig.now)
    rig.run(900)
    assert outbox.count(rig.db) == (0, 0)
    assert rig.ours() == rig.theirs() != []
