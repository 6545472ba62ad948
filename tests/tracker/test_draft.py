from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest

from tray.errors import NotCreatedYet, NotFound
from tray.model.entities import Project, Tag, Task, What
from tray.store import catalogue
from tray.store.database import Database
from tray.store.undo_log import step
from tray.tracker import catalogue as verbs
from tray.tracker.resolve import Draft, find_project, resolve

NOW: Final = 1_760_000_000
Check = Callable[..., AbstractContextManager[None]]


def resolved(db: Database, what: Draft | What) -> What:
    with step(db, "test", now=NOW) as current:
        return resolve(current, what)


@pytest.fixture
def web(db: Database) -> int:
    """A billable project with the task 1."""
    created_id = verbs.create_project(db, "Web", now=NOW, changes={"billable": True}).created_id
    verbs.create_task(db, created_id, "Plan", now=NOW)
    return created_id


def test_an_empty_draft_is_nothing_in_particular(db: Database) -> None:
    assert resolved(db, Draft()) == What(1)


def test_a_description_is_kept_on_one_line(db: Database) -> None:
    assert resolved(db, Draft(" Write\r\n the\treport\x00 ")).description == "Write the report"
    assert resolved(db, Draft("caf\udce9")).description == "caf?"


def test_spaces_do_not_make_a_description_too_long(db: Database, refused: Check) -> None:
    assert len(resolved(db, Draft(f"  {'x' * 3_000}\n")).description) == 3_000
    with refused("3,001 characters", "Shorten it by 1.", field="description"):
        resolved(db, Draft(f"{'x' * 3_000} x"[1:]))


def test_names_are_found_whatever_their_case(db: Database, web: int) -> None:
    assert resolved(db, Draft("x", "wEB", " plan ")) == What(1, "x", web, 1, (), True)


@pytest.mark.parametrize(
    ("project", "said", "billable"),
    [("Web", None, True), ("Web", False, False), (None, None, False), (None, True, True)],
)
def test_billable_is_what_was_said_else_what_the_project_says(
    db: Database, web: int, project: str | None, said: bool | None, billable: bool
) -> None:
    assert web == 1
    assert resolved(db, Draft("x", project, billable=said)).billable is billable


def test_projects_and_tasks_are_made_only_when_that_is_said(db: Database, refused: Check) -> None:
    with refused("There is no project “App”.", error=NotCreatedYet):
        resolved(db, Draft("x", "App"))
    assert resolved(db, Draft("x", " App  one ", "Plan", create_missing=True)) == What(1, "x", 1, 1)
    assert catalogue.projects(db) == [Project(1, 1, "App one", None, "#0b83d9")]
    assert catalogue.tasks(db) == [Task(1, 1, "Plan")]
    with refused("“App one” has no task “Pla”. Did you mean “Plan”?", error=NotFound):
        resolved(db, Draft("x", "app one", "Pla"))


def test_an_archived_project_is_not_offered_nor_taken(
    db: Database, refused: Check, web: int
) -> None:
    verbs.archive(db, "project", web, now=NOW)
    with refused("There is no project “Wep”.", error=NotCreatedYet):
        resolved(db, Draft("x", "Wep"))
    for create_missing in (False, True):
        with refused("project “Web” is archived", "or restore it.", field="project"):
            resolved(db, Draft("x", "web", create_missing=create_missing))


def test_an_active_project_comes_before_an_archived_one(db: Database, web: int) -> None:
    verbs.archive(db, "project", web, now=NOW)
    client = verbs.create_client(db, "Acme", now=NOW).created_id
    other = verbs.create_project(db, "Web", now=NOW, changes={"client_id": client}).created_id
    assert resolved(db, Draft("x", "web")).project_id == other


def test_of_several_projects_the_client_says_which(db: Database, refused: Check, web: int) -> None:
    client = verbs.create_client(db, "Acme", now=NOW).created_id
    other = verbs.create_project(db, "Web", now=NOW, changes={"client_id": client}).created_id
    with refused("Which “web”?", "“Web (no client)”", "“Web (Acme)”", field="project"):
        resolved(db, Draft("x", "web"))
    assert resolved(db, Draft("x", "web (ACME)")).project_id == other
    assert resolved(db, Draft("x", "web (no client)")).project_id == web


def test_a_project_can_be_looked_for(db: Database, web: int) -> None:
    found = find_project(db, "WEB")
    assert found is not None
    assert found.id == web
    assert find_project(db, "App") is None


def test_an_archived_task_is_not_taken(db: Database, refused: Check, web: int) -> None:
    verbs.archive(db, "task", web, now=NOW)
    for create_missing in (False, True):
        with refused("The task “Plan” is archived. Take another, or restore it.", field="task"):
            resolved(db, Draft("x", "Web", "plan", create_missing=create_missing))


def test_a_task_of_the_same_name_elsewhere_is_not_taken(db: Database, web: int) -> None:
    assert resolved(db, Draft("x", "App", "Plan", create_missing=True)).task_id == 2
    assert resolved(db, Draft("x", "Web", "Plan")).task_id == web


def test_a_task_needs_a_project(db: Database, refused: Check) -> None:
    with refused("A task needs a project. Give the project too.", field="task"):
        resolved(db, Draft("x", task="Plan", create_missing=True))


def test_tags_are_made_when_needed_once(db: Database) -> None:
    assert resolved(db, Draft(tags=("b", " a ", "B", "é", "e\N{COMBINING ACUTE ACCENT}"))) == What(
        1, tag_ids=(1, 2, 3)
    )
    assert [tag.name for tag in catalogue.tags(db)] == ["a", "b", "é"]
    assert resolved(db, Draft(tags=("É", "A"))).tag_ids == (2, 3)


def test_an_archived_tag_is_taken_again_rather_than_made_twice(db: Database) -> None:
    tag = verbs.create_tag(db, "deep", now=NOW).created_id
    verbs.archive(db, "tag", tag, now=NOW)
    assert resolved(db, Draft(tags=("Deep",))).tag_ids == (tag,)
    assert catalogue.tags(db) == [Tag(tag, 1, "deep", archived=True)]


def test_50_tags_are_the_most(db: Database, refused: Check) -> None:
    assert len(resolved(db, Draft(tags=tuple(map(str, range(50))))).tag_ids) == 50
    with refused("at most 50 tags, this one has 51", field="tags"):
        resolved(db, Draft(tags=tuple(map(str, range(51)))))


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft(tags=("ok", " ")), "The name of a tag cannot be empty"),
        (Draft(tags=("x" * 256,)), "The name of a tag can have at most 255 characters"),
        (Draft(project=" ", create_missing=True), "The name of a project cannot be empty"),
        (
            Draft(project="x" * 256, create_missing=True),
            "The name of a project can have at most 255",
        ),
        (Draft(project="x", task="\n", create_missing=True), "The name of a task cannot be empty"),
    ],
)
def test_impossible_names_are_refused(
    db: Database, refused: Check, draft: Draft, words: str
) -> None:
    with refused(words, field="name"):
        resolved(db, draft)


def test_ids_are_put_in_order(db: Database) -> None:
    resolved(db, Draft("x", "Web", "Plan", ("a", "b"), create_missing=True))
    assert resolved(db, What(1, "x", 1, 1, (2, 1, 2))) == What(1, "x", 1, 1, (1, 2))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (What(1, "x", 9), "There is no project 9"),
        (What(1, "x", 1, 9), "There is no task 9"),
        (What(1, "x", tag_ids=(1, 9)), "There is no tag 9"),
    ],
)
def test_ids_of_what_is_not_there_are_refused(
    db: Database, refused: Check, what: What, words: str
) -> None:
    resolved(db, Draft("x", "Web", "Plan", ("a",), create_missing=True))
    with refused(words, error=NotFound):
        resolved(db, what)


@pytest.mark.parametrize(
    ("what", "words", "field"),
    [
        (What(1, "x", 2, 1), "“Plan” is a task of another project. Take one of this", "task"),
        (What(1, "x", None, 1), "A task needs a project", "task"),
        (What(1, "x" * 3_001), "3,001 characters", "description"),
        (What(1, tag_ids=tuple(range(1, 52))), "at most 50 tags", "tags"),
    ],
)
def test_ids_that_do_not_fit_together_are_refused(
    db: Database, refused: Check, what: What, words: str, field: str
) -> None:
    resolved(db, Draft("x", "Web", "Plan", create_missing=True))
    resolved(db, Draft("x", "App", create_missing=True))
    with refused(words, field=field):
        resolved(db, what)
