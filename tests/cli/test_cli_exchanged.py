"""What can be looked at of the exchange, and what it leaves to the user to decide."""

import pytest

from tests.cli.conftest import Cli, Program
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server
from tray.store.opening import open_database

HOUR = 3600


def test_the_status_as_json(signed_in: Cli, toggl: Server) -> None:
    signed_in("sync")
    left = toggl.quota.remaining("user", signed_in.now)
    assert signed_in.json("status", "--json")["sync"] == {
        "state": "in step",
        "pending": 0,
        "refused": 0,
        "last_sync": "2026-02-13T12:00:00Z",
        "quota": [
            {
                "bucket": "user",
                "remaining": left,
                "total": 30,
                "resets_at": "2026-02-13T13:00:02Z",
            },
            {
                "bucket": "organization 2147484651",
                "remaining": 30,
                "total": 30,
                "resets_at": None,
            },
        ],
    }
    signed_in("start", "Write")
    sync = signed_in.json("status", "--json")["sync"]
    assert (sync["state"], sync["pending"]) == ("waiting", 1)


def test_the_status_in_words(signed_in: Cli, toggl: Server) -> None:
    signed_in("sync")
    signed_in.now += 150
    assert signed_in("status").splitlines()[-1] == "Synced 2 min ago"
    toggl.quota.spend("user", signed_in.now, 18)
    signed_in("sync")
    line = signed_in("status").splitlines()[-1]
    assert line.startswith("Synced just now · ")
    assert line.endswith(" of 30 requests left")


def test_a_wrong_clock_is_told(signed_in: Cli) -> None:
    signed_in("sync")
    with open_database(str(signed_in.home / "toggl-tray.db")) as db:
        db.run("UPDATE account SET clock_skew = 7200")
    sentence = (
        "This computer's clock is 2 hours slow, and so are the times you track. "
        "Set it right in the computer's settings."
    )
    assert signed_in("status").splitlines()[-1] == sentence
    assert sentence in signed_in("doctor")


def test_the_quota(signed_in: Cli, toggl: Server) -> None:
    signed_in("sync")
    signed_in("start", "Write")
    signed_in("sync")
    rows = signed_in("quota").splitlines()
    assert rows[0].startswith("looking for changes ")
    assert f"{toggl.quota.remaining('user', signed_in.now)} of 30 requests left" in rows[0]
    assert rows[0].endswith("renewed at 13:00")
    assert rows[1].startswith("uploading changes")
    assert "29 of 30 requests left" in rows[1]
    asked = len(toggl.log)
    found = signed_in.json("quota", "--json")
    assert found.keys() == {"v", "quota"}
    assert [each["remaining"] for each in found["quota"]][1] == 29
    assert len(toggl.log) == asked
    signed_in.now += HOUR + 5
    assert signed_in("quota").splitlines()[1].endswith("30 of 30 requests left")


def test_no_request_was_made(cli: Cli) -> None:
    sentence = "No request has been made yet. `toggl-tray login` signs in."
    assert cli.fails(1, "quota") == sentence
    assert cli.json("quota", "--json") == {"v": 1, "quota": []}


def test_the_journal(signed_in: Cli, toggl: Server) -> None:
    signed_in("start", "Write")
    signed_in("sync")
    signed_in.now += 24 * HOUR
    toggl.account.stop()
    signed_in("sync")
    assert signed_in("journal") == (
        "2026-02-13 12:00  account   Signed in as Test User.\n"
        "2026-02-13 12:00  sent      “Write” was made on the server.\n"
        "12:00             received  “Write” was changed on another device.\n"
    )
    assert signed_in("journal", "-n", "1").startswith("12:00  received  “Write”")
    found = signed_in.json("journal", "--json", "-n", "1")
    assert found["lines"][0].pop("at").startswith("2026-02-14T12:00:0")
    said = "“Write” was changed on another device."
    assert found == {"v": 1, "lines": [{"kind": "received", "said": said}]}


def test_an_empty_journal(cli: Cli) -> None:
    assert "Nothing has been exchanged yet." in cli("journal")
    assert cli.json("journal", "--json") == {"v": 1, "lines": []}
    assert "“0” is not a whole number" in cli.misused("journal", "-n", "0")


def test_what_doctor_finds(signed_in: Cli, toggl: Server, keyring: FakeKeyring) -> None:
    signed_in("sync")
    asked = len(toggl.log)
    said = signed_in("doctor")
    assert "✓  account          Test User: Synced just now" in said
    assert "✓  keyring          keeps the token" in said
    assert f"✓  server           {toggl.url}, API v9" in said
    assert " of 30 for looking for changes" in said
    keyring.secrets.clear()
    assert "✗  keyring          has no token; `toggl-tray login`" in signed_in("doctor")
    assert len(toggl.log) == asked


def test_what_doctor_finds_without_an_account(cli: Cli, keyring: FakeKeyring) -> None:
    said = cli("doctor")
    assert "✓  account          none; `toggl-tray login` connects one" in said
    assert "✓  keyring          can be used" in said
    assert "✓  server           https://api.track.toggl.com/api/v9, API v9" in said
    assert keyring.secrets == {}


def refused(cli: Cli, toggl: Server) -> str:
    """A refused new entry; its id among the problems."""
    toggl.account.workspace.required = frozenset({"project"})
    cli("add", "Write 9:00-9:30")
    assert cli.half_done(1, "sync")[0].startswith("refused")
    (found,) = cli.json("problems", "--json")["problems"]
    assert found["kind"] == "refused"
    assert found["field"] == "project"
    assert found["choices"] == ["retry", "drop"]
    return str(found["id"])


def test_nothing_needs_the_user(cli: Cli) -> None:
    assert cli("problems") == "Nothing waits for you.\n"
    assert cli.json("problems", "--json") == {"v": 1, "problems": []}
    assert cli.fails(1, "problems", "retry", "7").startswith("There is no problem 7.")


def test_what_was_refused_is_listed_and_sent_again(signed_in: Cli, toggl: Server) -> None:
    key = refused(signed_in, toggl)
    assert signed_in("problems").startswith(
        f"{key}  The server did not create “Write” from 09:00 (project): "
    )
    assert signed_in("problems").endswith("(retry, drop, or edit 1)\n")
    sentence = signed_in.fails(1, "problems", "take", key)
    assert sentence.endswith("What can be done is: retry or drop.")
    toggl.account.workspace.required = frozenset()
    assert signed_in("problems", "retry", key) == "“Write” will be sent again.\n"
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Write"]


def test_what_was_refused_is_dropped(signed_in: Cli, toggl: Server) -> None:
    key = refused(signed_in, toggl)
    assert signed_in("problems", "drop", key) == "“Write” stays on this computer only.\n"
    signed_in("sync")
    assert toggl.account.entries() == []


def test_a_stop_that_was_refused_is_dropped(signed_in: Cli, toggl: Server) -> None:
    signed_in("start", "Write")
    signed_in("sync")
    toggl.account.workspace.locked_until = signed_in.now + HOUR
    signed_in.now += 60
    signed_in("stop")
    signed_in.half_done(1, "sync")
    (found,) = signed_in.json("problems", "--json")["problems"]
    assert signed_in("problems", "drop", found["id"]) == (
        "“Write” is again as the account has it, but stopped here; in the account it still runs.\n"
    )
    signed_in("sync")
    assert signed_in.json("status", "--json")["running"] is None
    assert signed_in("problems") == "Nothing waits for you.\n"


def test_what_was_refused_is_corrected(signed_in: Cli, toggl: Server) -> None:
    refused(signed_in, toggl)
    signed_in("edit", "1", "@Book", "--new")
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Write"]


def gone(cli: Cli, toggl: Server) -> str:
    """An entry that was deleted elsewhere and changed here."""
    cli("add", "Write 9:00-9:30")
    cli("sync")
    toggl.account.delete(toggl.account.entries()[0].id)
    cli("edit", "1", "Read")
    cli.half_done(1, "sync")
    (found,) = cli.json("problems", "--json")["problems"]
    assert (found["kind"], found["choices"]) == ("gone", ["recreate", "drop"])
    return str(found["id"])


def test_what_was_deleted_elsewhere_is_made_anew(signed_in: Cli, toggl: Server) -> None:
    key = gone(signed_in, toggl)
    assert "will be made anew" in signed_in("problems", "recreate", key)
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Read"]


def test_what_was_deleted_elsewhere_goes_here_too(signed_in: Cli, toggl: Server) -> None:
    key = gone(signed_in, toggl)
    assert "is deleted here, too" in signed_in("problems", "drop", key)
    signed_in("sync")
    assert signed_in.json("list", "all", "--json")["entries"] == []
    signed_in("undo")
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Read"]


def in_conflict(cli: Cli, toggl: Server) -> str:
    """A description that was changed on both sides, here later."""
    cli("add", "Write 9:00-9:30")
    cli("sync")
    toggl.account.edit(toggl.account.entries()[0].id, description="Theirs")
    cli.now += 10
    cli("edit", "1", "Ours")
    cli.now += 60  # what was done a while ago is sent after a look
    assert "1 conflict" in cli.with_remarks("sync")[1]
    (found,) = cli.json("problems", "--json")["problems"]
    assert (found["kind"], found["choices"]) == ("conflict", ["keep", "take"])
    return str(found["id"])


def test_the_other_value_is_taken(signed_in: Cli, toggl: Server) -> None:
    key = in_conflict(signed_in, toggl)
    assert "“Ours” was kept, as it was changed later. (keep, take" in signed_in("problems")
    said = signed_in("problems", "take", key)
    assert said == "The description of “Ours” is “Theirs” now.\n"
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Theirs"]


def test_the_value_stays(signed_in: Cli, toggl: Server) -> None:
    key = in_conflict(signed_in, toggl)
    assert "stays as it is" in signed_in("problems", "keep", key)
    signed_in("sync")
    assert [each.description for each in toggl.account.entries()] == ["Ours"]


def test_the_status_loads_nothing_that_speaks(program: Program) -> None:
    names = "import sys; from tray.cli.main import main; main(['status']); "
    heavy = "{'requests', 'msgspec', 'keyring', 'tray.api.connect', 'tray.sync.engine'}"
    program.run([program.command[0], "-c", f"{names}assert not {heavy} & set(sys.modules)"])
    home = program.environ["TOGGL_TRAY_HOME"]
    with open_database(f"{home}/toggl-tray.db") as db:
        db.run(
            "INSERT INTO account (id, url, auth, user_id, name) VALUES (1, 'x', 'basic', 1, 'A')"
        )
    heavy = heavy.replace("}", ", 'tray.api.remote_values'}")
    done = program.run([program.command[0], "-c", f"{names}assert not {heavy} & set(sys.modules)"])
    assert done.stdout.endswith("Earlier entries are still to come\n")


def with_a_copy(cli: Cli, toggl: Server) -> str:
    """An entry that arrived on the server twice, where one was changed before this one saw it."""
    cli("add", "Ours 9:00-9:30")
    cli("sync")
    first = toggl.account.entries()[0]
    toggl.account.add(first.start, first.start + HOUR // 2, description="Copy")
    cli.now += 60
    assert "1 conflict" in cli.with_remarks("sync")[1]
    (found,) = cli.json("problems", "--json")["problems"]
    assert (found["kind"], found["choices"]) == ("copy", ["keep", "take", "drop"])
    return str(found["id"])


@pytest.mark.parametrize(
    ("choice", "said", "left"),
    [
        ("keep", "“Ours” from", {"Ours", "Copy"}),
        ("take", "“Ours” from", {"Copy"}),
        ("drop", "“Copy” from", {"Ours"}),
    ],
)
def test_of_what_may_be_a_copy_both_stay_or_one_goes(
    signed_in: Cli, toggl: Server, choice: str, said: str, left: set[str]
) -> None:
    key = with_a_copy(signed_in, toggl)
    assert "“Copy” from" in signed_in("problems")
    assert signed_in("problems", choice, key).startswith(said)
    assert signed_in("problems") == "Nothing waits for you.\n"
    signed_in("sync")
    assert {each.description for each in toggl.account.entries()} == left
    if choice != "keep":
        signed_in("undo")
        signed_in("sync")
        assert {each.description for each in toggl.account.entries()} == {"Ours", "Copy"}
