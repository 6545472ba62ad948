"""The calls of v9 about what entries are sorted into: projects, clients, tags, tasks."""

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from tray.api.codec import msgspec
from tray.api.decode import Calls
from tray.api.remote_api import NotOffered
from tray.api.remote_values import (
    Bulk,
    ClientFields,
    ProjectFields,
    RemoteClient,
    RemoteProject,
    RemoteTag,
    RemoteTask,
    RemoteThing,
    TaskFields,
)
from tray.api.request_bodies import client_body, project_body, task_body
from tray.api.response import Response
from tray.api.timestamps import seconds
from tray.api.wire_models import Patched, Timestamp, WireClient, WireProject, WireTag, WireTask
from tray.errors import Gone
from tray.sentences import tr

PER_PAGE: Final = 200
"""The most that the server gives; without it, it stops at 151 and does not say so."""


_Listed = WireClient | WireProject | WireTask | WireTag
_LISTS: Final[dict[str, tuple[str, type[_Listed], dict[str, str | int]]]] = {
    "client": ("/me/clients", WireClient, {}),
    "project": ("/me/projects", WireProject, {"include_archived": "true"}),
    "task": ("/me/tasks", WireTask, {"include_not_active": "true"}),
    "tag": ("/me/tags", WireTag, {}),
}
"""What lists each kind of thing over all workspaces."""


class _Preferences(msgspec.Struct):
    report_locked_at: Timestamp | None = None


class _TaskPage(msgspec.Struct):
    data: list[WireTask] | None = None


class V9Catalogue(Calls):
    """What entries are sorted into, workspace by workspace."""

    def things(self, table: str, workspace_ids: Sequence[int]) -> list[RemoteThing]:
        """See `Toggl`."""
        path, kind, query = _LISTS[table]
        try:
            reply = self._transport.request("GET", path, query=query)
        except Gone as error:
            raise NotOffered(tr("there is no {path}").format(path=path)) from error
        found: list[_Listed] = self._read.many(reply, kind)
        return [each.value() for each in found]

    def thing(
        self, table: str, workspace_id: int, thing_id: int, *, project_id: int = 0
    ) -> RemoteThing:
        """See `Toggl`."""
        ways: dict[str, tuple[str, type[WireClient | WireProject | WireTask]]] = {
            "client": (f"clients/{thing_id}", WireClient),
            "project": (f"projects/{thing_id}", WireProject),
            "task": (f"projects/{project_id}/tasks/{thing_id}", WireTask),
        }
        if table not in ways:
            raise NotOffered(tr("there is no call for a single tag"))
        path, kind = ways[table]
        found: WireClient | WireProject | WireTask = self._read.one(
            self._get(workspace_id, path), kind
        )
        return found.value()

    def things_in(self, table: str, workspace_id: int) -> Sequence[RemoteThing]:
        """See `OnlineToggl`."""
        lists: dict[str, Callable[[int], Sequence[RemoteThing]]] = {
            "client": self.clients,
            "project": self.projects,
            "task": self.tasks,
            "tag": self.tags,
        }
        return lists[table](workspace_id)

    def projects_of_client(self, workspace_id: int, client_id: int) -> list[RemoteProject]:
        """See `OnlineToggl`; the first 200."""
        query: dict[str, str | int] = {
            "active": "both",
            "client_ids": client_id,
            "per_page": PER_PAGE,
        }
        reply = self._get(workspace_id, "projects", query)
        return [each.value() for each in self._read.many(reply, WireProject)]

    def tasks_of_project(self, workspace_id: int, project_id: int) -> list[RemoteTask]:
        """See `OnlineToggl`."""
        reply = self._get(workspace_id, f"projects/{project_id}/tasks")
        return [each.value() for each in self._read.many(reply, WireTask)]

    def locked_until(self, workspace_id: int) -> int | None:
        """See `Toggl`."""
        found = self._read.one(self._get(workspace_id, "preferences"), _Preferences)
        return None if found.report_locked_at is None else seconds(found.report_locked_at)

    def projects(self, workspace_id: int) -> list[RemoteProject]:
        """See `Toggl`."""
        found: dict[int, RemoteProject] = {}
        page = 0
        while True:
            page += 1
            some = self.project_page(workspace_id, page=page)
            known = len(found)
            found.update((each.id, each) for each in some)
            if len(some) < PER_PAGE or len(found) == known:
                return list(found.values())

    def project_page(
        self,
        workspace_id: int,
        *,
        active: bool | None = None,
        name: str = "",
        page: int = 1,
        per_page: int = PER_PAGE,
    ) -> list[RemoteProject]:
        """Some projects of a workspace.

        Args:
            workspace_id: The server's id of the workspace.
            active: Only those that are in use, or only those that are not; None: both.
            name: Only those with this in their name.
            page: Which page, from 1.
            per_page: Projects on a page, at most 200.
        """
        query: dict[str, str | int] = {"active": "both", "page": page, "per_page": per_page}
        if active is not None:
            query["active"] = "true" if active else "false"
        if name:
            query["name"] = name
        reply = self._get(workspace_id, "projects", query)
        return [each.value() for each in self._read.many(reply, WireProject)]

    def create_project(self, workspace_id: int, fields: ProjectFields) -> RemoteProject:
        """See `Toggl`."""
        body = {"active": True, **project_body(fields)}
        reply = self._send("POST", f"{workspace_id}/projects", body)
        return self._read.one(reply, WireProject).value()

    def update_project(
        self, workspace_id: int, project_id: int, fields: ProjectFields
    ) -> RemoteProject:
        """See `Toggl`."""
        reply = self._send("PUT", f"{workspace_id}/projects/{project_id}", project_body(fields))
        return self._read.one(reply, WireProject).value()

    def delete_project(
        self, workspace_id: int, project_id: int, *, with_entries: bool = False
    ) -> None:
        """See `Toggl`."""
        path = f"/workspaces/{workspace_id}/projects/{project_id}"
        mode = "delete" if with_entries else "unassign"
        self._transport.request("DELETE", path, query={"teDeletionMode": mode})

    def clients(self, workspace_id: int) -> list[RemoteClient]:
        """See `Toggl`."""
        reply = self._get(workspace_id, "clients", {"status": "both"})
        return [each.value() for each in self._read.many(reply, WireClient)]

    def create_client(self, workspace_id: int, fields: ClientFields) -> RemoteClient:
        """See `Toggl`."""
        reply = self._send("POST", f"{workspace_id}/clients", client_body(fields))
        return self._read.one(reply, WireClient).value()

    def update_client(
        self, workspace_id: int, client_id: int, fields: ClientFields
    ) -> RemoteClient:
        """See `Toggl`."""
        reply = self._send("PUT", f"{workspace_id}/clients/{client_id}", client_body(fields))
        return self._read.one(reply, WireClient).value()

    def archive_client(self, workspace_id: int, client_id: int, *, archived: bool) -> None:
        """See `Toggl`."""
        path = f"{workspace_id}/clients/{client_id}"
        if archived:
            self._send("POST", f"{path}/archive")
        else:
            self._send("POST", f"{path}/restore", {"restore_all_projects": True})

    def delete_client(self, workspace_id: int, client_id: int) -> None:
        """See `Toggl`."""
        self._send("DELETE", f"{workspace_id}/clients/{client_id}")

    def tags(self, workspace_id: int) -> list[RemoteTag]:
        """See `Toggl`."""
        reply = self._get(workspace_id, "tags")
        return [each.value() for each in self._read.many(reply, WireTag)]

    def create_tag(self, workspace_id: int, name: str) -> RemoteTag:
        """See `Toggl`."""
        reply = self._send("POST", f"{workspace_id}/tags", {"name": name})
        return self._read.sole(reply, WireTag).value()

    def rename_tag(self, workspace_id: int, tag_id: int, name: str) -> RemoteTag:
        """See `Toggl`."""
        reply = self._send("PUT", f"{workspace_id}/tags/{tag_id}", {"name": name})
        return self._read.sole(reply, WireTag).value()

    def delete_tag(self, workspace_id: int, tag_id: int) -> None:
        """See `Toggl`."""
        self._send("DELETE", f"{workspace_id}/tags/{tag_id}")

    def tasks(self, workspace_id: int) -> list[RemoteTask]:
        """Every task of a workspace, archived ones included (a request a page of 200)."""
        found: dict[int, RemoteTask] = {}
        page = 0
        while True:
            page += 1
            query: dict[str, str | int] = {"active": "both", "page": page, "per_page": PER_PAGE}
            reply = self._get(workspace_id, "tasks", query)
            some = self._read.one(reply, _TaskPage).data or []
            known = len(found)
            found.update((each.id, each.value()) for each in some)
            if len(some) < PER_PAGE or len(found) == known:
                return list(found.values())

    def create_task(self, workspace_id: int, project_id: int, fields: TaskFields) -> RemoteTask:
        """See `Toggl`."""
        path = f"{workspace_id}/projects/{project_id}/tasks"
        reply = self._send("POST", path, {"active": True, **task_body(fields)})
        return self._read.one(reply, WireTask).value()

    def update_task(
        self, workspace_id: int, project_id: int, task_id: int, fields: TaskFields
    ) -> RemoteTask:
        """See `Toggl`."""
        path = f"{workspace_id}/projects/{project_id}/tasks/{task_id}"
        return self._read.one(self._send("PUT", path, task_body(fields)), WireTask).value()

    def delete_task(self, workspace_id: int, project_id: int, task_id: int) -> None:
        """See `Toggl`."""
        self._send("DELETE", f"{workspace_id}/projects/{project_id}/tasks/{task_id}")

    def update_things(
        self,
        table: str,
        workspace_id: int,
        ids: Sequence[int],
        fields: ProjectFields | TaskFields,
        *,
        project_id: int = 0,
    ) -> Bulk:
        """See `Toggl`."""
        if table == "client":
            return self._archive_clients(workspace_id, ids, fields)
        joined = ",".join(map(str, ids))
        body: dict[str, Any] = (
            project_body(cast("ProjectFields", fields))
            if table == "project"
            else task_body(cast("TaskFields", fields))
        )
        operations = [
            {"op": "replace", "path": f"/{name}", "value": value} for name, value in body.items()
        ]
        ways = {"project": f"projects/{joined}", "task": f"projects/{project_id}/tasks/{joined}"}
        if table not in ways:
            raise NotOffered(f"v9 changes each {table} by itself")
        reply = self._send("PATCH", f"{workspace_id}/{ways[table]}", operations)
        return self._read.one(reply, Patched).value()

    def _archive_clients(
        self, workspace_id: int, ids: Sequence[int], fields: ProjectFields | TaskFields
    ) -> Bulk:
        if fields != {"archived": True}:
            raise NotOffered("v9 only archives several clients at once")
        self._send("POST", f"{workspace_id}/clients/archive", [*ids])
        return Bulk(tuple(ids), {})

    def delete_things(self, table: str, workspace_id: int, ids: Sequence[int]) -> None:
        """See `Toggl`."""
        if table != "client":
            raise NotOffered(f"v9 deletes each {table} by itself")
        self._send("POST", f"{workspace_id}/clients/delete", [*ids])

    def _get(
        self, workspace_id: int, what: str, query: dict[str, str | int] | None = None
    ) -> Response:
        return self._transport.request("GET", f"/workspaces/{workspace_id}/{what}", query=query)

    def _send(self, method: str, path: str, body: object = None) -> Response:
        return self._transport.request(method, f"/workspaces/{path}", body=body)
