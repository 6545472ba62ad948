"""A stateful stand-in for Toggl Track, written from its documents and recorded replies.

with serve(Account()) as server:      # real HTTP on the loopback interface
    server.url, server.v8_url, server.gateway_url
    server.account.start("on the phone")
    server.faults.next("drop_after_commit")

service = Service(Account())          # without sockets
service.handle(request_of("GET", "/api/v9/me", headers=…))
session.mount("http://127.0.0.1", MountedAdapter(service))
"""

from tests.fakes.toggl.account import Account
from tests.fakes.toggl.exchange import Reply, Request, request_of
from tests.fakes.toggl.faults import Fault, Faults
from tests.fakes.toggl.mounted import MountedAdapter
from tests.fakes.toggl.rows import LiveEntry
from tests.fakes.toggl.server import Server, serve
from tests.fakes.toggl.service import Service

__all__ = [
    "Account",
    "Fault",
    "Faults",
    "LiveEntry",
    "MountedAdapter",
    "Reply",
    "Request",
    "Server",
    "Service",
    "request_of",
    "serve",
]
