"""The calls of v8 about what entries are sorted into: projects, clients, tags, tasks."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn, cast

from tray.api.decode import Calls
from tray.api.palette import number_of
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
from tray.api.wire_models import WireClient, WireProject, WireTag, WireTask
from tray.sentences import tr


class V8Catalogue(Calls):
    """What entries are sorted into; v8 names the workspace only where a thing is made."""

    def things(self, table: str, workspace_ids: Sequence[int]) -> list[RemoteThing]:
        """See `Toggl`; a request for each workspace, but for clients one for all."""
        if table == "client":
            reply = self._transport.request("GET", "/clients")
            return [each.value() for each in self._read.many(reply, WireClient)]
        return [thing for each in workspace_ids for thing in self.things_in(table, each)]

    def things_in(self, table: str, workspace_id: int) -> Sequence[RemoteThing]:
        """See `OnlineToggl`."""
        lists: dict[str, Callable[[int], Sequence[RemoteThing]]] = {
            "client": self.clients,
            "project": self.projects,
            "task": self.tasks,
            "tag": self.tags,
        }
        return lists[table](workspace_id)

    def project_page(
        self,
        workspace_id: int,
        *,
        active: bool | None = None,
        name: str = "",
        page: int = 1,
        per_page: int = 200,
    ) -> NoReturn:
        """Not in v8."""
        raise NotOffered("v8 gives all projects at once")

    def projects_of_client(self, workspace_id: int, client_id: int) -> list[RemoteProject]:
        """See `OnlineToggl`."""
        path = f"/clients/{client_id}/projects"
        reply = self._transport.request("GET", path, query={"active": "both"})
        return [each.value() for each in self._read.many(reply, WireProject)]

    def tasks_of_project(self, workspace_id: int, project_id: int) -> list[RemoteTask]:
        """See `OnlineToggl`."""
        reply = self._transport.request("GET", f"/projects/{project_id}/tasks")
        return [each.value() for each in self._read.many(reply, WireTask)]

    def thing(
        self, table: str, workspace_id: int, thing_id: int, *, project_id: int = 0
    ) -> RemoteThing:
        """See `Toggl`."""
        readers: dict[str, Callable[[Response], RemoteThing]] = {
            "client": self._client,
            "project": self._project,
            "task": self._task,
        }
        if table not in readers:
            raise NotOffered(tr("there is no call for a single tag"))
        return readers[table](self._transport.request("GET", f"/{table}s/{thing_id}"))

    def locked_until(self, workspace_id: int) -> NoReturn:
        """Not in v8."""
        raise NotOffered(tr("v8 knows no locked periods"))

    def projects(self, workspace_id: int) -> list[RemoteProject]:
        """See `Toggl`; v8 gives them all at once."""
        path = f"/workspaces/{workspace_id}/projects"
        reply = self._transport.request("GET", path, query={"active": "both"})
        return [each.value() for each in self._read.many(reply, WireProject)]

    def create_project(self, workspace_id: int, fields: ProjectFields) -> RemoteProject:
        """See `Toggl`."""
        body = {"wid": workspace_id, "active": True, **_body(fields)}
        return self._project(self._transport.request("POST", "/projects", body={"project": body}))

    def update_project(
        self, workspace_id: int, project_id: int, fields: ProjectFields
    ) -> RemoteProject:
        """See `Toggl`."""
        body = {"project": _body(fields)}
        return self._project(self._transport.request("PUT", f"/projects/{project_id}", body=body))

    def delete_project(
        self, workspace_id: int, project_id: int, *, with_entries: bool = False
    ) -> None:
        """See `Toggl`."""
        if with_entries:
            raise NotOffered(tr("v8 deletes no entries with their project"))
        self._transport.request("DELETE", f"/projects/{project_id}")

    def clients(self, workspace_id: int) -> list[RemoteClient]:
        """See `Toggl`."""
        reply = self._transport.request("GET", f"/workspaces/{workspace_id}/clients")
        return [each.value() for each in self._read.many(reply, WireClient)]

    def create_client(self, workspace_id: int, fields: ClientFields) -> RemoteClient:
        """See `Toggl`."""
        body = {"client": {**client_body(fields), "wid": workspace_id}}
        return self._client(self._transport.request("POST", "/clients", body=body))

    def update_client(
        self, workspace_id: int, client_id: int, fields: ClientFields
    ) -> RemoteClient:
        """See `Toggl`."""
        body = {"client": client_body(fields)}
        return self._client(self._transport.request("PUT", f"/clients/{client_id}", body=body))

    def archive_client(self, workspace_id: int, client_id: int, *, archived: bool) -> None:
        """Not in v8."""
        raise NotOffered(tr("v8 has no archived clients"))

    def delete_client(self, workspace_id: int, client_id: int) -> None:
        """See `Toggl`."""
        self._transport.request("DELETE", f"/clients/{client_id}")

    def tags(self, workspace_id: int) -> list[RemoteTag]:
        """See `Toggl`."""
        reply = self._transport.request("GET", f"/workspaces/{workspace_id}/tags")
        return [each.value() for each in self._read.many(reply, WireTag)]

    def create_tag(self, workspace_id: int, name: str) -> RemoteTag:
        """See `Toggl`."""
        body = {"tag": {"name": name, "wid": workspace_id}}
        return self._tag(self._transport.request("POST", "/tags", body=body))

    def rename_tag(self, workspace_id: int, tag_id: int, name: str) -> RemoteTag:
        """See `Toggl`."""
        body = {"tag": {"name": name}}
        return self._tag(self._transport.request("PUT", f"/tags/{tag_id}", body=body))

    def delete_tag(self, workspace_id: int, tag_id: int) -> None:
        """See `Toggl`."""
        self._transport.request("DELETE", f"/tags/{tag_id}")

    def tasks(self, workspace_id: int) -> list[RemoteTask]:
        """Every task of a workspace, done ones included."""
        path = f"/workspaces/{workspace_id}/tasks"
        reply = self._transport.request("GET", path, query={"active": "both"})
        return [each.value() for each in self._read.many(reply, WireTask)]

    def create_task(self, workspace_id: int, project_id: int, fields: TaskFields) -> RemoteTask:
        """See `Toggl`."""
        task = {"pid": project_id, "wid": workspace_id, "active": True, **_task_body(fields)}
        return self._task(self._transport.request("POST", "/tasks", body={"task": task}))

    def update_task(
        self, workspace_id: int, project_id: int, task_id: int, fields: TaskFields
    ) -> RemoteTask:
        """See `Toggl`."""
        body = {"task": _task_body(fields)}
        return self._task(self._transport.request("PUT", f"/tasks/{task_id}", body=body))

    def delete_task(self, workspace_id: int, project_id: int, task_id: int) -> None:
        """See `Toggl`."""
        self._transport.request("DELETE", f"/tasks/{task_id}")

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
        if table != "task":
            raise NotOffered("v8 changes only tasks several at once")
        body = {"task": _task_body(cast("TaskFields", fields))}
        reply = self._transport.request("PUT", f"/tasks/{_joined(ids)}", body=body)
        inner = self._read.unwrapped(reply)
        if len(ids) == 1:
            done = {self._read.sole(inner, WireTask).id}
        else:
            done = {each.id for each in self._read.many(inner, WireTask)}
        return Bulk(
            tuple(done & {*ids}), dict.fromkeys((each for each in ids if each not in done), "")
        )

    def delete_things(self, table: str, workspace_id: int, ids: Sequence[int]) -> None:
        """See `Toggl`."""
        if table not in ("project", "task"):
            raise NotOffered("v8 deletes only projects and tasks several at once")
        self._transport.request("DELETE", f"/{table}s/{_joined(ids)}")

    def _project(self, reply: Response) -> RemoteProject:
        return self._read.one(self._read.unwrapped(reply), WireProject).value()

    def _client(self, reply: Response) -> RemoteClient:
        return self._read.one(self._read.unwrapped(reply), WireClient).value()

    def _tag(self, reply: Response) -> RemoteTag:
        return self._read.one(self._read.unwrapped(reply), WireTag).value()

    def _task(self, reply: Response) -> RemoteTask:
        return self._read.one(self._read.unwrapped(reply), WireTask).value()


def _joined(ids: Sequence[int]) -> str:
    return ",".join(map(str, ids))


def _body(fields: ProjectFields) -> dict[str, Any]:
    """The fields of a project as v8 has them: a client by its short name, colours by number."""
    body = project_body(fields)
    if "client_id" in body:
        body["cid"] = body.pop("client_id")
    if "color" in body:
        body["color"] = number_of(body["color"])
    return body


def _task_body(fields: TaskFields) -> dict[str, Any]:
    body = task_body(fields)
    if "user_id" in body:
        body["uid"] = body.pop("user_id")
    return body
