"""A server of other hands that speaks v9, but leaves out or says otherwise what Toggl does."""

import pytest

from tests.fakes.toggl import entries as fake_entries
from tests.fakes.toggl.exchange import Request
from tests.sync.rig import NOON, OWN, Rig
from tray.store import account, catalogue, entries, journal, outbox
from tray.store.catalogue import Kind
from tray.sync import problems
from tray.sync.sign_in import linking
from tray.tracker import catalogue as things
from tray.tracker import entries as verbs
from tray.tracker import timer, undo
from tray.tracker.resolve import Draft

DAY = 24 * 3600
ALL = frozenset({"workspaces", "clients", "projects", "tasks", "tags", "time_entries"})


@pytest.fixture
def own(rig: Rig) -> Rig:
    """A computer with an account on a server of its owner's."""
    rig.url = OWN
    return rig


def fill(rig: Rig) -> None:
    client = rig.account.add_client("Acme")
    project = rig.account.add_project("Web", client_id=client)
    rig.account.add_project("Old book", active=False)
    rig.account.add_task(project, "Logo")
    rig.account.add(NOON - 60, NOON, description="Draw", project_id=project, tags=["urgent"])


def names(rig: Rig) -> list[list[str]]:
    return [
        [each.name for each in found if not each.archived]
        for found in (
            catalogue.clients(rig.db),
            catalogue.projects(rig.db),
            catalogue.tasks(rig.db),
            catalogue.tags(rig.db),
        )
    ]


FILLED = [["Acme"], ["Web"], ["Logo"], ["urgent"]]


def said(rig: Rig) -> list[str]:
    return [line.text for line in journal.latest(rig.db, 100)]


def test_an_account_without_related_data_is_read_by_its_parts(rig: Rig) -> None:
    rig.account.me_leaves_out = ALL
    fill(rig)
    rig.sign_in()
    rig.run(600)
    assert names(rig) == FILLED
    assert [each.name for each in catalogue.workspaces(rig.db)] == ["Workspace"]
    assert rig.ours() == rig.theirs() != []


def test_years_that_the_first_look_brings_do_not_fill_the_journal(own: Rig) -> None:
    own.account.me_leaves_out, own.account.remembers_days = ALL, 10_000
    old = NOON - 400 * DAY
    own.account.add(old, old + 60, description="Old")
    own.sign_in()
    own.run(900)
    assert own.ours() == own.theirs() != []
    assert not [line for line in said(own) if "another device" in line]


@pytest.mark.parametrize("left_out", [ALL, ALL - {"workspaces"}, {"projects"}, {"tags"}])
def test_what_a_reply_leaves_out_from_some_day_on_is_not_gone(
    rig: Rig, left_out: frozenset[str]
) -> None:
    fill(rig)
    rig.sign_in()
    rig.run(60)
    rig.account.me_leaves_out = frozenset(left_out)
    for _ in range(3):
        rig.engine.sync_now()
        rig.run(600)
    assert names(rig) == FILLED
    assert rig.ours() == rig.theirs() != []
    assert not [line for line in said(rig) if "delete" in line or "changed" in line]


def test_what_the_call_of_its_kind_lacks_too_is_gone(rig: Rig) -> None:
    fill(rig)
    rig.sign_in()
    rig.run(60)
    rig.account.delete_tag(next(iter(rig.account.tags)))
    rig.engine.sync_now()
    before = len(rig.service.log)
    rig.run(60)
    assert names(rig)[3] == []
    assert [each.path for each in rig.service.log[before:]].count("/api/v9/me/tags") == 1


def test_a_kind_that_the_server_does_not_list_is_left_alone(rig: Rig) -> None:
    fill(rig)
    rig.sign_in()
    rig.run(60)
    rig.account.me_leaves_out = ALL
    rig.account.not_offered = frozenset({"/me/tasks"})
    rig.engine.sync_now()
    rig.run(60)
    assert names(rig) == FILLED


def test_reports_with_a_row_for_each_entry_are_read(rig: Rig) -> None:
    rig.account.report_rows = "flat"
    old = NOON - 200 * DAY
    project = rig.account.add_project("Web")
    for number in range(3):
        start = old + number * 300
        rig.account.add(start, start + 60, description="Old", project_id=project, tags=["urgent"])
    rig.sign_in()
    rig.run(60)
    with rig.db.writing():
        account.update(rig.db, older_from=rig.now - 300 * DAY, older_next="")
    rig.run(600)
    assert rig.ours() == rig.theirs() != []


def test_after_reports_of_an_unknown_form_nothing_is_uploaded_that_may_be_there(rig: Rig) -> None:
    rig.account.report_rows = "other"
    old = NOON - 200 * DAY
    there = rig.account.add(old, old + 60, description="Old")
    rig.account.time_entries[there].at = old * 1_000_000
    verbs.add(rig.db, Draft("Old"), start=old, stop=old + 60, now=NOON)
    rig.sign_in("upload")
    rig.run(3_600)
    assert [entry.description for entry in entries.everything(rig.db)] == ["Old"]
    assert len(rig.account.entries()) == 1
    assert any("in a form that is not known" in line for line in said(rig))
    assert linking.entries_here(rig.db) == 1


@pytest.fixture(params=["unmarked", "left out"])
def silent(own: Rig, request: pytest.FixtureRequest) -> Rig:
    """The same, in step with a server that tells of no deletion."""
    own.account.since_marks_deleted = False
    own.account.since_lists_deleted = request.param == "unmarked"
    own.sign_in()
    own.run(60)
    return own


def test_what_was_deleted_elsewhere_goes_here_though_the_server_does_not_say_so(
    silent: Rig,
) -> None:
    ids = [silent.account.add(NOON - 900 - n, NOON - 600, description=f"E{n}") for n in range(6)]
    running = silent.account.start("Runs")
    silent.run(4_000)
    assert silent.ours() == silent.theirs()
    silent.account.delete(running)
    silent.run(4_000)
    assert entries.running(silent.db) is None
    for each in ids[1:]:
        silent.account.delete(each)
    silent.run(4_000)
    assert [entry.description for entry in entries.everything(silent.db)] == ["E0"]


def test_what_was_deleted_elsewhere_in_the_second_of_its_last_change_goes_here(own: Rig) -> None:
    own.account.stamps_whole_seconds = True
    own.account.since_marks_deleted = False
    own.sign_in()
    own.run(600)
    verbs.add(own.db, Draft("Goes"), start=NOON - 900, stop=NOON - 600, now=own.now)
    own.engine.turn()
    (there,) = own.account.entries()
    own.account.delete(there.id)
    own.run(600)
    assert own.ours() == own.theirs() == []
    before = len(own.service.log)
    own.run(600)
    assert not [each for each in own.service.log[before:] if each.path.endswith(str(there.id))]


def test_of_an_entry_that_the_line_has_doubled_the_copy_takes_its_place_if_it_is_deleted_elsewhere(
    own: Rig,
) -> None:
    own.sign_in()
    own.run(600)
    own.adapter.faults.next("doubled", lambda request: request.method == "POST")
    added = verbs.add(own.db, Draft("Here"), start=NOON - 900, stop=NOON - 600, now=own.now)
    assert added.entry is not None
    own.engine.turn()
    own.account.delete(max(each.id for each in own.account.entries()))
    verbs.edit(own.db, [added.entry.id], {"description": "Changed"}, now=own.now)
    own.run(900)
    assert own.ours() == own.theirs()
    assert [row[0] for row in own.ours()] == ["Changed"]
    assert not any(outbox.count(own.db))


def test_what_a_list_out_of_shape_lacks_is_not_taken_for_deleted(own: Rig) -> None:
    own.account.since_marks_deleted = False
    own.sign_in()
    own.run(600)
    for minutes in range(5):
        own.account.add(NOON - 60 * minutes - 60, NOON, description=f"E{minutes}")
    own.adapter.faults.next("wrong_type", lambda request: "start_date" in request.query)
    own.run(900)
    assert len(own.ours()) == 5
    assert own.ours() == own.theirs()


def test_what_was_deleted_here_does_not_come_back(silent: Rig) -> None:
    timer.start(silent.db, Draft("Write"), now=silent.now)
    silent.run(60)
    (entry,) = entries.everything(silent.db)
    verbs.delete(silent.db, [entry.id], now=silent.now)
    silent.run(4_000)
    assert silent.ours() == silent.theirs() == []
    assert [each.method for each in silent.service.log].count("DELETE") == 1


def test_an_entry_that_is_edited_and_deleted_and_undone_is_there_once(silent: Rig) -> None:
    timer.start(silent.db, Draft("Write"), now=silent.now)
    silent.run(60)
    (entry,) = entries.everything(silent.db)
    verbs.delete(silent.db, [entry.id], now=silent.now)
    silent.run(60)
    undo.undo(silent.db)
    for _ in range(4):
        silent.run(600)
        assert silent.ours() == silent.theirs()
        assert len(silent.ours()) == 1
    assert not [line for line in said(silent) if "twice" in line]


def test_a_server_that_marks_deletions_is_asked_no_more_once_it_has_shown_so(own: Rig) -> None:
    own.sign_in()
    own.run(60)
    own.account.delete(own.account.add(NOON - 900, NOON - 600, description="Goes"))
    own.run(4_000)
    own.account.add(NOON - 500, NOON - 400, description="Stays")
    before = len(own.service.log)
    own.run(4_000)
    assert own.ours() == own.theirs() != []
    assert {each.path for each in own.service.log[before:]} <= {
        "/api/v9/me/time_entries",
        "/api/v9/me",
    }
    assert not [each for each in own.service.log[before:] if "start_date" in each.request.query]


def create(own: Rig, kind: Kind) -> None:
    getattr(things, f"create_{kind}")(own.db, "Acme", now=own.now)


@pytest.mark.parametrize("kind", ["project", "client", "tag"])
def test_a_name_that_is_taken_is_adopted_however_the_refusal_is_worded(
    own: Rig, kind: Kind
) -> None:
    own.account.vague_refusals = True
    own.sign_in()
    own.run(60)
    getattr(own.account, f"add_{kind}")("Acme")
    create(own, kind)
    own.run(300)
    assert outbox.count(own.db) == (0, 0)
    named = [each.name for each in getattr(catalogue, f"{kind}s")(own.db)]
    assert named == ["Acme"]


def test_a_name_that_is_taken_under_another_client_is_adopted_where_that_counts(own: Rig) -> None:
    own.account.vague_refusals = own.account.project_names_are_unique = True
    own.sign_in()
    own.run(60)
    client = own.account.add_client("Acme")
    own.account.add_project("Web", client_id=client)
    timer.start(own.db, Draft("Draw", project="Web", create_missing=True), now=own.now)
    own.run(300)
    assert outbox.count(own.db) == (0, 0)
    assert own.ours() == own.theirs()
    assert own.ours()[0][3] == "Web"


@pytest.mark.parametrize("kind", ["project", "client", "tag"])
def test_a_deletion_of_what_is_gone_already_is_done(own: Rig, kind: Kind) -> None:
    own.account.vague_refusals = True
    own.sign_in()
    create(own, kind)
    own.run(60)
    (remote_id,) = getattr(own.account, f"{kind}s")
    getattr(own.account, f"delete_{kind}")(remote_id)
    undo.undo(own.db)
    own.run(300)
    assert outbox.count(own.db) == (0, 0)
    assert getattr(catalogue, f"{kind}s")(own.db) == []


def test_a_reference_to_what_the_server_does_not_list_is_shown_as_what_it_is(own: Rig) -> None:
    own.account.keeps_references = True
    tag, project = own.account.add_tag("urgent"), own.account.add_project("Web")
    own.account.add(NOON - 60, NOON, description="Draw", project_id=project, tags=["urgent"])
    own.account.delete_tag(tag)
    own.account.delete_project(project)
    own.sign_in()
    for _ in range(3):
        own.engine.sync_now()
        own.run(300)
    (found,) = own.ours()
    assert found[3:] == (f"(unknown project {project})", (f"(unknown tag {tag})",))
    assert [each.archived for each in catalogue.projects(own.db)] == [True]
    assert [each.archived for each in catalogue.tags(own.db)] == [True]
    assert not [line for line in said(own) if "deleted" in line or "changed" in line]
    (entry,) = entries.everything(own.db)
    own.account.add_tag("calm")
    own.engine.sync_now()
    own.run(60)
    (calm,) = [each.id for each in catalogue.tags(own.db) if each.name == "calm"]
    verbs.edit(own.db, [entry.id], {"tag_ids": (*entry.tag_ids, calm)}, now=own.now)
    own.run(60)
    assert "(unknown" not in str([each.name for each in own.account.tags.values()])


def test_what_was_made_along_the_way_stays_once_it_was_sent(signed_in: Rig) -> None:
    draft = Draft("Draw", project="Web", create_missing=True, tags=("urgent",))
    verbs.add(signed_in.db, draft, start=NOON - 60, stop=NOON, now=NOON)
    signed_in.run(60)
    (project,) = signed_in.account.projects
    other = signed_in.account.add(NOON - 500, NOON - 400, project_id=project, tags=["urgent"])
    undo.undo(signed_in.db)
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    assert [each.id for each in signed_in.account.entries()] == [other]
    assert signed_in.account.projects[project].deleted_at is None
    undo.redo(signed_in.db)
    signed_in.run(600)
    assert signed_in.ours() == signed_in.theirs()
    assert len(signed_in.ours()) == 2


def test_what_a_plan_takes_that_is_called_free_is_sent(own: Rig) -> None:
    own.account.workspace.premium, own.account.workspace.premium_shown = True, False
    own.account.add_task(own.account.add_project("Web"), "Logo")
    own.sign_in()
    own.run(60)
    draft = Draft("Draw", "Web", "Logo", billable=True)
    verbs.add(own.db, draft, start=own.now - 60, stop=own.now, now=own.now)
    own.run(60)
    (entry,) = own.account.entries()
    assert entry.billable
    assert entry.task_id is not None
    assert not [line for line in said(own) if "plan" in line]


def test_what_a_plan_does_not_take_is_known_after_one_refusal(own: Rig) -> None:
    own.sign_in()
    own.run(60)
    for number in range(3):
        start = own.now - 600 + 100 * number
        draft = Draft(f"Draw {number}", billable=True)
        verbs.add(own.db, draft, start=start, stop=start + 60, now=own.now)
        own.run(60)
    own.run(2 * 3600)
    assert [entry.billable for entry in own.account.entries()] == [False] * 3
    assert [each.status for each in own.service.log].count(402) == 1
    assert "“Draw 0”: the workspace's plan has no billable, so that stays on this computer." in (
        said(own)
    )


@pytest.mark.parametrize("named", [True, False])
def test_changes_are_looked_for_often_where_that_costs_nothing(own: Rig, named: bool) -> None:
    own.service.quota.enforced = own.service.quota.told = False
    own.service.quota.limits["user"] = 9_999
    if not named:
        own.account.not_offered = frozenset({"/me/quota"})
    own.sign_in()
    own.run(600)
    timer.start(own.db, Draft("Write"), now=own.now)
    own.run(60)
    entry_id = own.account.entries()[0].id
    begin = len(own.service.log)
    own.run(3600)
    polls = [each for each in own.service.log[begin:] if "since" in each.request.query]
    assert 200 <= len(polls) <= 250
    assert 10 <= sum(each.path.endswith("/me") for each in own.service.log[begin:]) <= 24
    own.account.stop(entry_id)
    own.run(20)
    assert entries.running(own.db) is None
    begin = len(own.service.log)
    own.run(3600)
    assert len(own.service.log) - begin <= 60, "nobody looks, and nothing runs"


def test_a_server_that_once_says_it_is_too_much_is_asked_as_often_as_toggl(own: Rig) -> None:
    own.service.quota.told = False
    own.sign_in()
    timer.start(own.db, Draft("Write"), now=own.now)
    own.run(4 * 3600)
    refused = [each.time for each in own.service.log if each.status == 402]
    assert len(refused) <= 2


def test_an_entry_that_the_server_does_not_let_run_again_is_made_anew(own: Rig) -> None:
    own.account.reopens = own.account.since_marks_deleted = False
    own.sign_in()
    timer.start(own.db, Draft("Write"), now=own.now)
    own.run(60)
    timer.stop(own.db, now=own.now)
    own.run(60)
    undo.undo(own.db)
    own.run(600)
    assert own.ours() == own.theirs()
    assert [entry.stop for entry in entries.everything(own.db)] == [None]
    assert any("lets no stopped entry run again" in line for line in said(own))
    assert said(own).count("“Write” was changed on the server.") == 1, "it was stopped, once"
    own.run(4_000)
    assert own.ours() == own.theirs()


def test_one_made_anew_is_sent_again_once_what_kept_it_from_running_has_ended(own: Rig) -> None:
    own.account.reopens = False
    own.account.stops_at_new_start = True
    own.sign_in()
    timer.start(own.db, Draft("Write"), now=own.now)
    own.run(60)
    timer.stop(own.db, now=own.now)
    own.run(60)
    handle, others = own.service.handle, list[int]()

    def handled(request: Request) -> object:
        if request.method == "POST" and not others:
            others.append(own.account.start("Other", start=own.now))
        return handle(request)

    own.service.handle = handled  # type: ignore[method-assign, assignment]
    undo.undo(own.db)
    own.run(5)
    assert [each.kind for each in problems.every(own.db)] == ["refused"]
    own.now += 5
    own.account.stop(others[0])
    own.run(20 * 60)
    assert problems.every(own.db) == []
    assert own.ours() == own.theirs()
    assert sorted(row[0] for row in own.theirs()) == ["Other", "Write"]
    assert [row[0] for row in own.theirs() if row[2] is None] == ["Write"]


def test_an_undone_start_lets_the_one_before_run_again_though_it_is_made_anew(own: Rig) -> None:
    own.account.reopens = own.account.since_lists_deleted = False
    own.account.stops_at_new_start = True
    own.sign_in()
    for name in ("Write", "Draw"):
        timer.start(own.db, Draft(name), now=own.now)
        own.run(60)
    own.adapter.faults.next("drop_before_commit", lambda request: request.method == "DELETE")
    undo.undo(own.db)
    own.run(20 * 60)
    assert problems.every(own.db) == []
    assert [(row[0], row[2]) for row in own.theirs()] == [("Write", None)]
    assert own.ours() == own.theirs()


def test_what_the_server_has_not_taken_is_told(own: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    own.sign_in()
    verbs.add(own.db, Draft("Write"), start=NOON - 90, stop=NOON - 60, now=NOON)
    own.run(60)
    (entry,) = entries.everything(own.db)
    monkeypatch.setattr(fake_entries, "_fill", lambda *_: None)
    verbs.edit(own.db, [entry.id], {"description": "Draw"}, now=own.now)
    own.run(60)
    assert "“Draw”: the server has kept its own description." in said(own)
    assert own.ours() == own.theirs()


def test_a_stop_that_the_server_dates_a_second_later_can_be_undone(signed_in: Rig) -> None:
    timer.start(signed_in.db, Draft("Write"), now=signed_in.now)
    signed_in.run(60)
    timer.stop(signed_in.db, now=signed_in.now)
    signed_in.now += 1
    signed_in.run(60)
    assert signed_in.ours() == signed_in.theirs()
    undo.undo(signed_in.db)
    signed_in.run(60)
    assert signed_in.ours() == signed_in.theirs()
    assert [entry.stop for entry in entries.everything(signed_in.db)] == [None]
    undo.redo(signed_in.db)
    signed_in.run(60)
    assert signed_in.ours() == signed_in.theirs()
