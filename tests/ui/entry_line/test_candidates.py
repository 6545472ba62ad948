from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.model import pinyin
from tray.model.calendar_event import CalendarEvent
from tray.model.entities import Client, Project, Tag, Task, What
from tray.model.quick_entry.parsed_line import QuickEntry
from tray.model.quick_entry.read import read_line
from tray.model.suggest import Index, PastActivity, best_first
from tray.store.catalogue import Names
from tray.ui.entry_line.candidate_row import MOST, CandidateKind, CandidateRow
from tray.ui.entry_line.candidates import CandidateSources, candidates
from tray.ui.entry_line.line_names import (
    merged,
    only_project,
    projects_named,
    question,
    refusal,
)

NOW = 1_750_000_000
NAMES = Names(
    {
        1: Project(1, 1, "Acme", 1, "#0b83d9"),
        2: Project(2, 1, "研究", None, "#9e5bd9"),
        3: Project(3, 1, "Two words"),
        4: Project(4, 1, "Old", archived=True),
        5: Project(5, 1, "Twin", 1),
        6: Project(6, 1, "Twin"),
    },
    {1: Client(1, 1, "Globex")},
    {1: Task(1, 1, "Design"), 2: Task(2, 1, "Old task", archived=True), 3: Task(3, 2, "Design")},
    {1: Tag(1, 1, "writing"), 2: Tag(2, 1, "two words"), 3: Tag(3, 1, "gone", archived=True)},
).with_distinctions()
REPORT = What(1, "Write report", 1, None, (1,))
HISTORY = (REPORT, What(1, "写算法", 2), What(1, "Email"), What(1, "", 1, 1))


def sources(things: Sequence[What] | None = HISTORY, names: Names = NAMES) -> CandidateSources:
    if things is None:
        return CandidateSources(None, HISTORY, names)
    slots = (1, 0, 0, 0, 0, 0, 0, 0)
    rows = [
        PastActivity(at, what, 10 - at, NOW - at, slots, " ".join(pinyin.keys(what.description)))
        for at, what in enumerate(things, start=1)
    ]
    projects = {project.id: project.name for project in names.projects.values()}
    return CandidateSources(Index(best_first(rows), projects), HISTORY, names)


def offered(line: str, taken_from: CandidateSources | None = None) -> list[CandidateRow]:
    """What is offered for a line whose caret is where the bar stands."""
    caret = line.index("|") if "|" in line else len(line)
    text = line.replace("|", "")
    reading = read_line(text, now=NOW, zone=None)
    return candidates(text, reading, caret, taken_from or sources(), now=NOW)


def texts(line: str) -> list[str]:
    return [candidate.text for candidate in offered(line)]


def after(candidate: CandidateRow) -> str:
    """The line once it is taken, with a bar for the caret."""
    text, caret = candidate.completed, candidate.caret
    return f"{text[:caret]}|{text[caret:]}"


def test_what_was_done_is_offered_by_description_project_and_pinyin() -> None:
    assert texts("rep") == ["Write report"]
    assert texts("xie") == ["写算法"]
    assert texts("写") == ["写算法"]
    assert set(texts("")) == {"Write report", "写算法", "Email", "Acme / Design"}


def test_an_entry_says_what_else_there_is() -> None:
    (report,) = offered("rep")
    assert report == CandidateRow(
        CandidateKind.ENTRY, "Write report", ((6, 9),), "#writing  Acme", "#0b83d9", REPORT
    )
    nameless = next(each for each in offered("") if each.text == "Acme / Design")
    assert nameless.beside == ""


def test_the_caret_decides_what_is_completed() -> None:
    assert [each.offer for each in offered("rep @Ac|")] == [
        CandidateKind.PROJECT,
        CandidateKind.NEW_PROJECT,
    ]
    assert [each.offer for each in offered("rep| @Acme")] == [CandidateKind.ENTRY]
    assert [each.offer for each in offered("rep @Acme |")] == [CandidateKind.ENTRY]
    assert [each.offer for each in offered("rep #wri|")] == [CandidateKind.TAG]
    assert [each.offer for each in offered("rep 9:00-10:00|")] == [CandidateKind.ENTRY]
    assert [each.offer for each in offered("@Acme/D|")] == [
        CandidateKind.TASK,
        CandidateKind.NEW_TASK,
    ]


@pytest.mark.parametrize(
    ("line", "taken", "expected"),
    [
        ("rep @ac|", "Acme", "rep @Acme |"),
        ("rep @ac| #x tomorrow", "Acme", "rep @Acme |#x tomorrow"),
        ("rep @|", "Acme", "rep @Acme |"),
        ('rep @"|', "Two words", 'rep @"Two words" |'),
        ("rep @two|", "Two words", 'rep @"Two words" |'),
        ("＠yan|", "研究", "@研究 |"),
        ("@ac|/Design x", "Acme", "@Acme|/Design x"),
        ("rep #wr| @Acme", "writing", "rep #writing |@Acme"),
        ("rep #|", "two words", 'rep #"two words" |'),
        ("＃two|", "two words", '#"two words" |'),
        ("🎉 @ac| 🎉", "Acme", "🎉 @Acme |🎉"),
        ("@acme/|", "Design", "@acme/Design |"),
        ("@acme/des| x", "Design", "@acme/Design |x"),
        ("مرحبا @ac|", "Acme", "مرحبا @Acme |"),
    ],
)
def test_a_name_is_completed_and_the_rest_of_the_line_stays(
    line: str, taken: str, expected: str
) -> None:
    candidate = next(each for each in offered(line) if each.text == taken)
    assert after(candidate) == expected


@pytest.mark.parametrize("line", ["a@b|", r"\@ac|", "C#|", "5$|", "rep ac|me"])
def test_what_is_text_completes_no_name(line: str) -> None:
    assert all(each.offer is CandidateKind.ENTRY for each in offered(line))


def test_a_project_that_does_not_exist_is_offered_last() -> None:
    *known, new = offered("rep @acm")
    assert [each.text for each in known] == ["Acme"]
    assert (new.offer, new.text, after(new)) == (CandidateKind.NEW_PROJECT, "acm", "rep @acm |")
    assert offered('@"Twin (Globex)"') == []
    assert [each.offer for each in offered("@acme/Desi")] == [
        CandidateKind.TASK,
        CandidateKind.NEW_TASK,
    ]
    assert offered("@nobody/Des") == []


def test_a_new_project_can_have_a_client() -> None:
    literal, for_client = offered('rep @"Shop (2024)"')
    assert (literal.text, literal.beside) == ("Shop (2024)", "")
    assert after(for_client) == 'rep @"Shop (+2024)" |'
    assert "“2024”" in for_client.beside
    (known,) = offered('@"Shop (Globex)"')
    assert after(known) == '@"Shop (Globex)" |'
    assert "“Globex”" in known.beside


def test_what_exists_is_not_offered_as_new() -> None:
    assert CandidateKind.NEW_PROJECT not in {each.offer for each in offered("@ACME")}
    assert CandidateKind.NEW_PROJECT not in {each.offer for each in offered("@old")}
    assert CandidateKind.NEW_TASK not in {each.offer for each in offered("@acme/design")}


def test_archived_names_are_not_offered() -> None:
    assert "Old" not in texts("@")
    assert "gone" not in texts("#")
    assert texts("@acme/") == ["Design"]


def test_an_unknown_tag_leaves_the_entries() -> None:
    assert texts("rep #qqq") == ["Write report"]


def test_what_is_used_comes_first() -> None:
    assert texts("@")[:2] == ["Acme", "研究"]
    used = sources([What(1, "x", 3, None, (2,)), What(1, "y", 1, None, (1,))])
    assert [each.text for each in offered("@", used)][:2] == ["Two words", "Acme"]
    assert [each.text for each in offered("#", used)] == ["two words", "writing"]


def test_projects_of_one_name_are_told_apart_by_their_client() -> None:
    globex, other = (each for each in offered("@twin") if each.text == "Twin")
    assert {globex.beside, other.beside} == {"Globex", "no client"}
    assert {globex.completed, other.completed} == {'@"Twin (Globex)" ', '@"Twin (no client)" '}


def test_until_the_history_is_there_the_latest_stand_in() -> None:
    assert [each.what for each in offered("", sources(None))] == list(HISTORY)
    assert offered("rep", sources(None)) == []
    assert [each.text for each in offered("@ac", sources(None))] == ["Acme", "ac"]


def test_what_was_deleted_since_is_not_offered() -> None:
    left = NAMES._replace(projects={2: NAMES.projects[2]})
    found = offered("", sources()._replace(names=left))
    assert {each.text for each in found} == {"写算法", "Email"}


def test_there_are_never_more_rows_than_fit() -> None:
    many = {n: Project(n, 1, f"Project {n}") for n in range(1, 50)}
    crowd = NAMES._replace(projects=many)
    found = offered("@proj", sources([], crowd))
    assert len(found) == MOST
    assert found[-1].offer is CandidateKind.NEW_PROJECT


_WORDS = st.sampled_from(
    [
        "x",
        "y",
        "🎉",
        "写",
        "مرحبا",
        "@ac",
        '@"two w',
        "#wri",
        '#"two',
        "@acme/de",
        "2-3pm",
        "$",
        "\\@",
        '"',
    ]
)


@given(st.lists(_WORDS, max_size=6).map(" ".join), st.data())
def test_taking_a_name_changes_nothing_else_of_what_the_line_means(
    text: str, data: st.DataObject
) -> None:
    caret = data.draw(st.integers(0, len(text)))
    before = read_line(text, now=NOW, zone=None).entry
    for candidate in offered(f"{text[:caret]}|{text[caret:]}"):
        assert candidate.caret <= len(candidate.completed)
        after = read_line(candidate.completed, now=NOW, zone=None).entry
        match candidate.offer:
            case CandidateKind.ENTRY:
                continue
            case CandidateKind.TAG:
                assert candidate.text in after.tags
                assert after == before._replace(tags=after.tags)
            case CandidateKind.PROJECT | CandidateKind.NEW_PROJECT:
                meant = projects_named(candidate.text, NAMES)
                chosen = projects_named(after.project or "", NAMES)
                assert chosen == meant or (len(chosen) == 1 and chosen[0] in meant)
                assert after == before._replace(project=after.project)
            case _:
                assert after == before._replace(task=candidate.text)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("acme", 1),
        ("ACME", 1),
        ("Acme (globex)", 1),
        ("two  words", 3),
        ("old", 4),
        ("Twin", None),
        ("Twin (no client)", 6),
        ("nobody", None),
    ],
)
def test_names_mean_what_the_tracker_takes_them_for(name: str, meant: int | None) -> None:
    project = only_project(name, NAMES)
    assert (project and project.id) == meant


def test_a_project_is_called_so_that_the_line_means_it() -> None:
    for project in NAMES.projects.values():
        assert only_project(NAMES.project(project), NAMES) == project


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (QuickEntry("x"), ""),
        (QuickEntry("x", "acme", "design"), ""),
        (QuickEntry("x", "Nobody", "Tests"), ""),
        (QuickEntry("x", "twin"), "Which “twin”? There are “Twin (Globex)”, “Twin (no client)”."),
        (QuickEntry("x", "old"), "The project “Old” is archived."),
        (QuickEntry("x", "acme", "old task"), "The task “Old task” is archived."),
    ],
)
def test_names_are_refused_as_the_tracker_would(entry: QuickEntry, said: str) -> None:
    sentence = refusal(entry, NAMES)
    assert sentence.startswith(said)
    assert bool(sentence) == bool(said)


def test_the_question_names_what_is_missing_and_what_may_be_meant() -> None:
    assert question(QuickEntry("x"), NAMES) == ""
    assert question(QuickEntry("x", "acme", "design"), NAMES) == ""
    assert question(QuickEntry("x", "Acne"), NAMES) == (
        "There is no project “Acne”. Did you mean “Acme”? Press Enter again to create it."
    )
    assert question(QuickEntry("x", "acme", "Tests"), NAMES) == (
        "“Acme” has no task “Tests”. Press Enter again to create it."
    )


def test_what_is_typed_beside_a_thing_done_before_is_added() -> None:
    typed = QuickEntry("rep", "研究", None, ("urgent", "writing"), True, NOW - 60, NOW)
    assert merged(REPORT, typed, NAMES) == QuickEntry(
        "Write report", "Acme", None, ("writing", "urgent"), True, NOW - 60, NOW
    )


MEETING = CalendarEvent(1, "Work", "#e36a00", "Weekly call", NOW - 60, NOW + 60)


def test_the_meeting_that_is_on_stands_first_until_something_else_is_typed() -> None:
    taken_from = sources()._replace(meeting=MEETING)
    for line in ("", "wee", "Weekly call"):
        first = offered(line, taken_from)[0]
        assert (first.offer, first.text) == (CandidateKind.MEETING, "Weekly call")
        assert (first.beside, first.colour) == ("on now · Work", "#e36a00")
        assert merged(first.what or What(0), QuickEntry(), NAMES) == QuickEntry("Weekly call")
    assert all(each.offer is CandidateKind.ENTRY for each in offered("Em", taken_from))
    assert offered("", CandidateSources(None, HISTORY, NAMES, MEETING))[0].text == "Weekly call"


def test_a_meeting_is_offered_as_it_was_tracked_the_last_time() -> None:
    taken_from = sources()._replace(meeting=MEETING._replace(title="Write report"))
    rows = offered("", taken_from)
    assert rows[0].what == REPORT
    assert rows[0].beside == "#writing  Acme  on now · Work"
    assert [each.text for each in rows].count("Write report") == 1
