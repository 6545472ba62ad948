"""Any call of the account's server: what is sent, what is shown of the answer, and what is not."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.fakes.keyrings import FakeKeyring
from tests.fakes.toggl import Server


def test_the_body_comes_as_it_was_received(signed_in: Cli, toggl: Server) -> None:
    project = toggl.account.add_project("上厕所")
    said = signed_in("api", "/workspaces/{workspace}/projects")
    assert [each["id"] for each in json.loads(said)] == [project]
    assert "上厕所" in said or "\\u4e0a" in said
    assert toggl.log[-1].path == f"/api/v9/workspaces/{toggl.account.workspace_id}/projects"


@pytest.mark.parametrize("path", ["me/tags", "/me/tags", "/api/v9/me/tags", "URL/me/tags"])
def test_a_path_may_have_its_prefix(signed_in: Cli, toggl: Server, path: str) -> None:
    toggl.account.add_tag("billed")
    (tag,) = signed_in.json("api", path.replace("URL", toggl.url))
    assert tag["name"] == "billed"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/api/v8/time_entries", "is one of v8"),
        ("https://example.org/api/v9/me", "is not the server of this account"),
        ("/me/../../admin", "leads out of the API"),
        ("/workspaces/{organisation}", "{organisation} is not known"),
    ],
)
def test_the_credential_goes_nowhere_else(
    signed_in: Cli, toggl: Server, path: str, sentence: str
) -> None:
    before = len(toggl.log)
    assert sentence in signed_in.fails(1, "api", path)
    assert len(toggl.log) == before


def test_no_credential_is_shown(signed_in: Cli, toggl: Server) -> None:
    said, head = signed_in.with_remarks("api", "-i", "/me")
    assert json.loads(said)["api_token"] == "•••"
    assert toggl.account.token not in said + head
    assert re.fullmatch(r"status: 200\nrequests left: \d+\nrenewed in: \d+ s\n", head)


def test_fields_make_the_body_and_what_changed_is_here_then(signed_in: Cli, toggl: Server) -> None:
    made = signed_in.json(
        "api",
        "/workspaces/{workspace}/time_entries",
        *("-f", "description=Report", "-f", "start=2026-02-13T10:00:00Z", "-f", "created_with=x"),
        *("-F", "duration=600", "-F", 'tags=["billed"]'),
    )
    (entry,) = toggl.account.entries()
    assert (entry.id, entry.description, entry.tags) == (made["id"], "Report", ("billed",))
    assert "Report" in signed_in("list")


def test_a_body_of_its_own(signed_in: Cli, toggl: Server, tmp_path: Path) -> None:
    file = tmp_path / "body.json"
    file.write_text('{"name": "Client"}', encoding="utf-8")
    path = "/workspaces/{workspace}/clients"
    assert signed_in.json("api", "POST", path, "--input", str(file))["name"] == "Client"
    signed_in.is_typed('{"name": "Other"}')
    assert signed_in.json("api", "POST", path, "--input", "-")["name"] == "Other"
    assert "Client" in signed_in("clients")
    file.write_text("{", encoding="utf-8")
    assert "is not JSON" in signed_in.fails(1, "api", "POST", path, "--input", str(file))
    assert "cannot be read" in signed_in.fails(1, "api", "POST", path, "--input", "/nowhere")


def test_all_pages_are_one_list(signed_in: Cli, toggl: Server) -> None:
    for number in range(5):
        toggl.account.add_project(f"Project {number}")
    path = "/workspaces/{workspace}/projects"
    before = len(toggl.log)
    found = signed_in.json("api", path, "-f", "per_page=2", "-f", "active=both", "--paginate")
    assert sorted(each["name"] for each in found) == [f"Project {number}" for number in range(5)]
    assert len(toggl.log) == before + 3
    assert signed_in.json("api", "/me/tags", "--paginate") == []


def test_the_exit_code_says_who_has_to_act(
    signed_in: Cli, toggl: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    body, sentence = signed_in.half_done(1, "api", "/me/time_entries/1")
    assert json.loads(body) == "Resource can not be found"
    assert "does not exist" in sentence
    toggl.account.token = "0" * 32
    body, sentence = signed_in.half_done(5, "api", "/me")
    assert "does not accept the sign-in" in sentence
    toggl.stop()
    assert signed_in.fails(5, "api", "/me")


def test_the_hour_is_not_overdrawn_but_by_force(signed_in: Cli, toggl: Server) -> None:
    while toggl.quota.remaining("user", signed_in.now) > 0:
        signed_in("api", "/me/logged")
    before = len(toggl.log)
    sentence = signed_in.fails(5, "api", "/me/logged")
    assert sentence.endswith("in 60 min. --force asks all the same.")
    assert len(toggl.log) == before
    assert "used up" in signed_in.half_done(5, "api", "/me/logged", "--force")[1]
    assert len(toggl.log) == before + 1


def test_a_new_token_goes_to_the_keyring(
    signed_in: Cli, toggl: Server, keyring: FakeKeyring
) -> None:
    before = toggl.account.token
    said, remark = signed_in.with_remarks("api", "POST", "/me/reset_token")
    assert json.loads(said) == "•••"
    assert "other computers have to sign in anew" in remark
    assert before != toggl.account.token
    assert list(keyring.secrets.values()) == [toggl.account.token]
    assert signed_in.json("api", "/me")["email"] == toggl.account.email


def test_nobody_is_signed_in(cli: Cli, toggl: Server) -> None:
    assert cli.fails(1, "api", "/me").startswith("Nobody is signed in.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["-f", "name"], "“name” is no field. Write -f KEY=VALUE."),
        (["-F", "name=x"], "x is not JSON; -f name=x sends it as text."),
        (["-f", "a=1", "-f", "a[]=2"], "The field a[] does not fit the others of its name."),
        (["POST", "--paginate"], "--paginate is for GET only."),
    ],
)
def test_what_cannot_be_sent(signed_in: Cli, words: list[str], sentence: str) -> None:
    method, rest = ([words[0]], words[1:]) if words[0] == "POST" else ([], words)
    assert signed_in.fails(1, "api", *method, "/me", *rest) == sentence


def test_every_line_of_the_old_documents(
    cli: Cli, toggl: Server, keyring: FakeKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGGL_API_URL", toggl.v8_url)
    cli.is_typed(toggl.account.token)
    cli("login")
    w, project = toggl.account.workspace_id, toggl.account.add_project("出门")
    entry = ("-f", "time_entry[created_with]=curl", "-F", f"time_entry[pid]={project}")
    made = cli.json(
        *("api", "POST", "/api/v8/time_entries", "-f", "time_entry[tags][]=billed", *entry),
        *("-f", "time_entry[description]=Meeting with possible clients"),
        *("-F", "time_entry[duration]=1200", "-f", "time_entry[start]=2026-02-12T07:58:58.000Z"),
    )
    assert made["data"]["tags"] == ["billed"]
    assert [each["id"] for each in cli.json("api", "GET", f"{toggl.v8_url}/workspaces")] == [w]
    assert cli.json("api", "GET", f"/workspaces/{w}/projects")[0]["name"] == "出门"
    assert cli.json("api", "GET", f"/workspaces/{w}/tags")[0]["name"] == "billed"
    started = cli.json(
        *("api", "POST", "/time_entries/start", "-f", "time_entry[tags][]=出行", *entry),
        *("-f", "time_entry[description]=出门"),
    )
    assert started["data"]["duration"] < 0
    assert "出门" in cli("status")
