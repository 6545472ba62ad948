"""Every call that the four documents name, in their order, and the command that causes it.

``python -m tests.cli.calls`` writes the table to ``.github/CALLS.md``.
"""

from pathlib import Path
from typing import Final, NamedTuple

PAGE: Final = Path(__file__).parents[2] / ".github" / "CALLS.md"


class Row(NamedTuple):
    """One call of a document."""

    what: str
    """In the document's words."""
    call: str
    """Method and path as the server gets them, ``*`` for a number or several."""
    command: str
    """What a user types; ``<…>`` stands for the server's number of a thing of that name."""
    typed: str = ""
    """What they are asked for besides."""


V8_LINES: Final = (
    Row(
        "create a time entry",
        "POST /time_entries",
        "add 'Meeting with possible clients @Website #billed 7:58-8:18'",
    ),
    Row("get workspaces", "GET /workspaces", "workspaces --refresh"),
    Row("get projects", "GET /workspaces/*/projects", "projects --refresh"),
    Row("get tags", "GET /workspaces/*/tags", "tags --refresh"),
    Row(
        "start a time entry",
        "POST /time_entries/start",
        "api POST /time_entries/start -f time_entry[description]=出门"
        " -f time_entry[created_with]=curl",
    ),
)
"""Of v8-life-logging.txt."""

V8: Final = (
    Row(
        "sign in with e-mail and password", "GET /me", "login --email user@example.org", "PASSWORD"
    ),
    Row("sign in with an API token", "GET /me", "login", "TOKEN"),
    Row(
        "authenticate with a session cookie",
        "POST /sessions",
        "login --session --email user@example.org",
        "PASSWORD",
    ),
    Row("destroy the session", "DELETE /sessions", "logout"),
    Row("get current user data and time entries", "GET /me", "login", "TOKEN"),
    Row("create a client", "POST /clients", "clients create Acme"),
    Row("get client details", "GET /clients/*", "clients show Acme --refresh"),
    Row("update a client", "PUT /clients/*", "clients rename Acme Example"),
    Row("get clients visible to user", "GET /clients", "clients --refresh"),
    Row("get client projects", "GET /clients/*/projects", "clients projects Example --refresh"),
    Row("delete a client", "DELETE /clients/*", "clients delete Example"),
    Row("create a project", "POST /projects", "projects create Shop"),
    Row("get project data", "GET /projects/*", "projects show Shop --refresh"),
    Row("update project data", "PUT /projects/*", "projects rename Shop Store"),
    Row("get project users", "GET /projects/*/project_users", "projects users Store"),
    Row("create a project user", "POST /project_users", "projects users Store add ann --manager"),
    Row(
        "update a project user",
        "PUT /project_users/*",
        "projects users Store change ann --no-manager",
    ),
    Row("delete a project user", "DELETE /project_users/*", "projects users Store remove ann"),
    Row(
        "add multiple users to a project", "POST /project_users", "projects users Store add ann bob"
    ),
    Row(
        "update multiple project users",
        "PUT /project_users/*,*",
        "projects users Store change ann bob --manager",
    ),
    Row(
        "delete multiple project users",
        "DELETE /project_users/*,*",
        "projects users Store remove ann bob",
    ),
    Row("create a tag", "POST /tags", "tags create invoice"),
    Row("update a tag", "PUT /tags/*", "tags rename invoice paid"),
    Row("delete a tag", "DELETE /tags/*", "tags delete paid"),
    Row("create a task", "POST /tasks", "projects add-task Store Sketch"),
    Row("get project tasks", "GET /projects/*/tasks", "projects tasks Store --refresh"),
    Row("get task details", "GET /tasks/*", "tasks show Sketch --refresh"),
    Row("update a task", "PUT /tasks/*", "tasks rename Sketch Paint"),
    Row("update multiple tasks", "PUT /tasks/*,*", "tasks done Paint Write"),
    Row("delete multiple tasks", "DELETE /tasks/*,*", "tasks delete Read Write"),
    Row("delete a task", "DELETE /tasks/*", "tasks delete Paint"),
    Row("create a time entry", "POST /time_entries", "add 'Report 9:00-9:30'"),
    Row(
        "start a time entry",
        "POST /time_entries/start",
        "api POST /time_entries/start -f time_entry[created_with]=x",
    ),
    Row("stop a time entry", "PUT /time_entries/*/stop", "stop"),
    Row("get time entry details", "GET /time_entries/*", "show 1"),
    Row("update time entry", "PUT /time_entries/*", "edit 1 --description Paper"),
    Row(
        "get time entries started in a specific time range",
        "GET /time_entries",
        "sync",
    ),
    Row("get the running time entry", "GET /time_entries/current", "status --refresh"),
    Row(
        "bulk update time entries tags",
        "PUT /time_entries/*,*",
        "tag 1 2 urgent",
    ),
    Row("delete time entry", "DELETE /time_entries/*", "delete 1"),
    Row("update current user data", "PUT /me", "profile change --zone Asia/Tokyo"),
    Row("reset API token", "POST /reset_token", "profile reset-token", "y\ny"),
    Row("sign up new user", "POST /signups", "signup new@example.org --accept-terms", "new secret"),
    Row("get user workspaces", "GET /workspaces", "workspaces --refresh"),
    Row("get workspace", "GET /workspaces/*", "workspaces show"),
    Row("update workspace", "PUT /workspaces/*", "workspaces change --name Office"),
    Row("get workspace users", "GET /workspaces/*/users", "workspaces users"),
    Row("get workspace clients", "GET /workspaces/*/clients", "clients -w 1 --refresh"),
    Row("get workspace projects", "GET /workspaces/*/projects", "projects -w 1 --refresh"),
    Row("get workspace tasks", "GET /workspaces/*/tasks", "tasks --refresh"),
    Row("get workspace tags", "GET /workspaces/*/tags", "tags -w 1 --refresh"),
    Row("invite users to workspace", "POST /workspaces/*/invite", "invite carl@example.org"),
    Row("get workspace users for a workspace", "GET /workspaces/*/workspace_users", "members"),
    Row("update workspace user", "PUT /workspace_users/*", "members role ann admin"),
    Row("delete workspace user", "DELETE /workspace_users/*", "members remove ann --yes"),
    Row("get a generic overview of your team", "GET /dashboard/*", "dashboard"),
)
"""Of v8-overview.txt."""

GATEWAY: Final = (
    Row("Get Current User", "GET /me", "sync"),
    Row("List Workspaces", "GET /me/workspaces", "workspaces --refresh"),
    Row("Get Workspace", "GET /workspaces/*", "workspaces show"),
    Row("List Workspace Users", "GET /workspaces/*/users", "workspaces users"),
    Row("List Time Entries", "GET /me/time_entries", "sync"),
    Row(
        "List Time Entries from day to day",
        "GET /me/time_entries",
        "api GET /me/time_entries -f start_date=2026-02-01 -f end_date=2026-02-28",
    ),
    Row("Get Current Time Entry", "GET /me/time_entries/current", "status --refresh"),
    Row("Create Time Entry", "POST /workspaces/*/time_entries", "start 'Working on task'"),
    Row("Stop Time Entry", "PATCH /workspaces/*/time_entries/*/stop", "stop"),
    Row("Update Time Entry", "PUT /workspaces/*/time_entries/*", "edit last --description Paper"),
    Row("Delete Time Entry", "DELETE /workspaces/*/time_entries/*", "delete last"),
    Row(
        "List Projects",
        "GET /workspaces/*/projects",
        "projects -w 1 --refresh",
    ),
    Row(
        "List Projects in use",
        "GET /workspaces/*/projects",
        "projects -w 1 --refresh --active --page 1 --per-page 50",
    ),
    Row("Create Project", "POST /workspaces/*/projects", "projects create Shop"),
    Row("Update Project", "PUT /workspaces/*/projects/*", "projects rename Shop Store"),
    Row("Delete Project", "DELETE /workspaces/*/projects/*", "projects delete Store"),
    Row("List Clients", "GET /workspaces/*/clients", "clients -w 1 --refresh"),
    Row("Create Client", "POST /workspaces/*/clients", "clients create Acme"),
    Row("Update Client", "PUT /workspaces/*/clients/*", "clients rename Acme Example"),
    Row("Delete Client", "DELETE /workspaces/*/clients/*", "clients delete Example"),
    Row("List Tags", "GET /workspaces/*/tags", "tags -w 1 --refresh"),
    Row("Create Tag", "POST /workspaces/*/tags", "tags create invoice"),
    Row("Update Tag", "PUT /workspaces/*/tags/*", "tags rename invoice paid"),
    Row("Delete Tag", "DELETE /workspaces/*/tags/*", "tags delete paid"),
)
"""Of v9-gateway-routes.txt; the same calls without a gateway."""

POST: Final = "POST /workspaces/*/time_entries"
_ANY: Final = "api '/workspaces/{workspace}/time_entries' -f created_with=x -F duration=60"
_START: Final = "-f start=2026-02-13T07:58:58Z"
V9_POST: Final = (
    Row("billable", POST, "add 'Call @Website $ 9:00-9:30'"),
    Row("created_with", POST, "add 'Call 9:30-10:00'"),
    Row("description", POST, "add 'Call Ann 9:30-10:00'"),
    Row("duration", POST, "start 'Call Bob'"),
    Row("duronly", POST, f"{_ANY} {_START} -F duronly=true"),
    Row("event_metadata", POST, f"{_ANY} {_START} -f event_metadata[origin_feature]=timer"),
    Row("pid", POST, f"{_ANY} {_START} -F pid=<Website>"),
    Row("project_id", POST, "add 'Call @Website 9:00-9:30'"),
    Row("shared_with_user_ids", POST, f"{_ANY} {_START} -F shared_with_user_ids[]=<Ann>"),
    Row("start", POST, "add 'Call 10:00-10:30'"),
    Row("start_date", POST, f"{_ANY} {_START} -f start_date=2026-02-12"),
    Row("stop", POST, "add 'Call 10:30-11:00'"),
    Row("tag_action", POST, f"{_ANY} {_START} -f tag_action=add"),
    Row("tag_ids", POST, f"{_ANY} {_START} -F tag_ids[]=<billed>"),
    Row("tags", POST, "add 'Call #billed 11:00-11:30'"),
    Row("task_id", POST, "add 'Call @Website/Draw 11:30-11:45'"),
    Row("tid", POST, f"{_ANY} {_START} -F tid=<Draw>"),
    Row("uid", POST, f"{_ANY} {_START} -F uid={{user}}"),
    Row("user_id", POST, "add 'Call @Website 11:50-11:55' --for ann"),
    Row("wid", POST, f"{_ANY} {_START} -F wid=<Workspace>"),
    Row("workspace_id", POST, "add 'Call 11:45-11:50'"),
    Row("meta", POST, "add 'Call 11:55-11:58' --for ann"),
)
"""Of v9-post-time-entry.txt: each field, and the parameter."""

DOCUMENTS: Final = {
    "v8: the lines of `v8-life-logging.txt`": V8_LINES,
    "v8: the calls of `v8-overview.txt`": V8,
    "v9, with or without a gateway: the routes of `v9-gateway-routes.txt`": GATEWAY,
    "v9: the fields of `v9-post-time-entry.txt`": V9_POST,
}


def page() -> str:
    """The table as a page for maintainers."""
    text = (
        "# Every call of the documents\n\n"
        "What a user types to cause each call of the four documents on Toggl's API, as "
        "`tests/cli/calls.py` has it and\n`tests/cli/test_calls.py` tries it; `<…>` stands for the "
        "server's number of a thing of that name. In windows the\nsame calls are made by the page "
        "that shows the thing.\n"
    )
    for heading, rows in DOCUMENTS.items():
        text += f"\n## {heading}\n\n| call | on the wire | command |\n| --- | --- | --- |\n"
        for row in rows:
            command = row.command.replace("|", "\\|")
            text += f"| {row.what} | `{row.call}` | `toggl-tray {command}` |\n"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
