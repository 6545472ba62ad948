"""The fake as one function from request to reply, whichever way requests come in."""

from email.utils import formatdate
from itertools import count
from typing import Final, NamedTuple

from tests.fakes.toggl import gateway, sessions, v8, v9
from tests.fakes.toggl.account import Account
from tests.fakes.toggl.exchange import Reply, Request, html, text
from tests.fakes.toggl.gateway import Gateway
from tests.fakes.toggl.quota import PREMIUM, Leak, Quota, organization

V8_BUCKET: Final = "v8"
"""The log's name for calls that nothing counts."""


class Logged(NamedTuple):
    """A request as it was answered."""

    time: float
    method: str
    path: str
    bucket: str
    """``user``, ``organization <id>``, ``v8``, or empty for one who is not signed in."""
    status: int
    request: Request


class Service:
    """A server for one account, over v9, v8 and the gateway at once.

    Attributes:
        account: What it keeps.
        quota: The hourly buckets.
        leak: The bucket of each second; off unless a test enables it.
        gateway: The gateway in front of it.
        v8_gone: 410 or 418, if v8 is to be switched off.
        v8_errors: How v8 words errors.
        log: Every request it has handled.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.quota = Quota()
        self.leak = Leak()
        self.gateway = Gateway()
        self.v8_gone = 0
        self.v8_errors = v8.Errors.RECORDED
        self.log: list[Logged] = []
        self._numbers = count(1)

    def handle(self, request: Request) -> Reply:
        """Answer a request."""
        with self.account.lock:
            for row in self.account.workspaces.values():
                if row.premium:
                    self.quota.limits.setdefault(organization(row.organization_id), PREMIUM)
            bucket, reply = self._answer(request)
            now = self.account.now
            self.log.append(
                Logged(now, request.method, request.path, bucket, reply.status, request)
            )
        common = {
            "Date": formatdate(now, usegmt=True),
            "Server": "nginx",
            "X-Toggl-Request-Id": f"{next(self._numbers):032x}",
        }
        return reply.with_headers(common)

    def _answer(self, request: Request) -> tuple[str, Reply]:
        """The bucket that paid, and the reply."""
        if open_to_all := sessions.answered(self.account, request):
            return "", open_to_all
        if request.path.startswith(f"{gateway.PREFIX}/"):
            return self._through_gateway(request)
        if request.path.startswith(f"{v8.PREFIX}/"):
            return self._v8(request)
        if request.path.startswith((f"{v9.PREFIX}/", f"{v9.REPORTS_PREFIX}/")):
            turned_away = v9.turn_away(self.account, request)
            return ("", turned_away) if turned_away else self._v9(request)
        return "", html(404, "404 Not Found")

    def _through_gateway(self, request: Request) -> tuple[str, Reply]:
        turned_away = self.gateway.turn_away(request)
        if turned_away:
            return "", turned_away
        bucket, reply = self._v9(request._replace(path=request.path.removeprefix(gateway.PREFIX)))
        return bucket, self.gateway.passed_back(request, reply)

    def _v9(self, request: Request) -> tuple[str, Reply]:
        now, bucket = self.account.now, v9.bucket(self.account, request.path)
        if not self.leak.take(now):
            return bucket, html(429, "429 Too Many Requests")
        if self.quota.take(bucket, now):
            reply = v9.respond(self.account, self.quota, request)
        else:
            wait = self.quota.resets_in(bucket, now)
            reply = text(
                402,
                "You have hit your hourly limit for API calls. "
                f"The quota will reset in {wait} seconds.",
            )
        return bucket, reply.with_headers(self.quota.headers(bucket, now))

    def _v8(self, request: Request) -> tuple[str, Reply]:
        if self.v8_gone:
            return "", Reply(self.v8_gone, {}, b"")
        turned_away = v8.turn_away(self.account, request)
        if turned_away:
            return "", turned_away
        if not self.leak.take(self.account.now):
            return V8_BUCKET, html(429, "429 Too Many Requests")
        return V8_BUCKET, v8.respond(self.account, self.quota, request, self.v8_errors)
