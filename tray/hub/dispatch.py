"""From one HTTP request to its answer: who asks, in which version of the API, and what."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias
from urllib.parse import parse_qs

from tray import clock, log
from tray.errors import Busy, NotFound, StorageError, UserError
from tray.hub import (
    admission,
    report_calls,
    v8_calls,
    v9_catalogue_calls,
    v9_entry_calls,
    v9_me_calls,
    v9_workspace_calls,
)
from tray.hub.admission import TokenCheck
from tray.hub.api_call import ApiCall, ApiRequest, NotKeptHere, ServedCopy
from tray.hub.api_reply import TEXT_TYPE, ApiError, ApiReply, answer
from tray.hub.api_routes import Answer, ApiRouter
from tray.hub.cookie_sessions import CookieSessions
from tray.hub.passing_on import PassingOn
from tray.hub.thread_databases import ThreadDatabases
from tray.settings import Settings

Environ: TypeAlias = dict[str, Any]
StartReply: TypeAlias = Callable[[str, list[tuple[str, str]]], object]

_SESSIONS: Final = ("/sessions", "/me/sessions")
_LOG: Final = logging.getLogger(__name__)
_ALWAYS: Final = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
_PLENTY: Final = (
    ("X-Toggl-Quota-Remaining", str(v9_me_calls.PLENTY)),
    ("X-Toggl-Quota-Resets-In", str(v9_me_calls.HOUR_SECONDS)),
)
_REASONS: Final = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    402: "Payment Required",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class ApiVersion(NamedTuple):
    """One version of the API, and how it words refusals."""

    prefix: str
    router: ApiRouter
    check: Callable[[TokenCheck, Mapping[str, str]], None]
    """Raises `ApiError` for who has not shown the token."""
    error: Callable[[ApiError, Mapping[str, str]], ApiReply]
    is_gateway: bool = False


def _check_basic(tokens: TokenCheck, headers: Mapping[str, str]) -> None:
    given = admission.basic(headers)
    if given is None:
        raise ApiError(401)
    token, password = given
    tokens.check(token if password == admission.PASSWORD else "")


def _check_bearer(tokens: TokenCheck, headers: Mapping[str, str]) -> None:
    token = admission.bearer(headers)
    if token is None:
        raise ApiError(401, "Invalid or missing API key")
    tokens.check(token)


def _v9_error(error: ApiError, headers: Mapping[str, str]) -> ApiReply:
    del headers
    if error.status == 401 and not error.words:
        return ApiReply(401, heads=(("X-Authorization-Missing", "true"),))
    return answer(error.words, error.status)


def _v8_error(error: ApiError, headers: Mapping[str, str]) -> ApiReply:
    """As the documents of v8 have it; or as its server did it, for who wants plain text."""
    if error.status in (401, 403):
        return ApiReply(403)
    if "text/plain" in headers.get("HTTP_ACCEPT", ""):
        return ApiReply(error.status, error.words.encode(), TEXT_TYPE)
    status = 404 if error.status == 400 else error.status
    return answer([error.words] if error.words else None, status)


_V9: Final = ApiRouter(
    v9_me_calls.ROUTES, v9_entry_calls.ROUTES, v9_catalogue_calls.ROUTES, v9_workspace_calls.ROUTES
)
_V8: Final = ApiRouter(v8_calls.ROUTES)
_REPORTS: Final = ApiRouter(report_calls.ROUTES)
VERSIONS: Final = (
    ApiVersion("/toggl-track/api/v9", _V9, _check_bearer, _v9_error, is_gateway=True),
    ApiVersion("/toggl-track/reports/api/v3", _REPORTS, _check_bearer, _v9_error, is_gateway=True),
    ApiVersion("/api/v9", _V9, _check_basic, _v9_error),
    ApiVersion("/api/v8", _V8, _check_basic, _v8_error),
    ApiVersion("/reports/api/v3", _REPORTS, _check_basic, _v9_error),
)


class Dispatch:
    """The application that the server calls, on any of its threads."""

    def __init__(
        self,
        databases: ThreadDatabases,
        tokens: TokenCheck,
        settings: Callable[[], Settings],
        passing_on: PassingOn,
        note_written: Callable[[], object] = lambda: None,
        *,
        crash_log: str = os.devnull,
    ) -> None:
        self._crash_log = crash_log
        self._databases = databases
        self._tokens = tokens
        self._settings = settings
        self._passing_on = passing_on
        self._note_written = note_written
        self._sessions = CookieSessions()

    def __call__(self, environ: Environ, start_reply: StartReply) -> Iterable[bytes]:
        """Answer one request."""
        reply = self._reply(environ)
        body = [reply.body] if isinstance(reply.body, bytes) else reply.body
        heads = [("Content-Type", reply.kind), *_ALWAYS, *_PLENTY, *reply.heads]
        if isinstance(reply.body, bytes):
            heads.append(("Content-Length", str(len(reply.body))))
        start_reply(f"{reply.status} {_REASONS.get(reply.status, 'Status')}", heads)
        return body

    def _reply(self, environ: Environ) -> ApiReply:
        path = "/" + "/".join(filter(None, environ.get("PATH_INFO", "").split("/")))
        version = next((each for each in VERSIONS if _is_below(path, each.prefix)), None)
        word = _v9_error if version is None else version.error
        try:
            admission.check_caller(environ)
            if version is None:
                raise ApiError(404, "There is no such API here")
            rest = path[len(version.prefix) :] or "/"
            if rest in _SESSIONS:
                return self._session(version, environ)
            if version.is_gateway or not self._sessions.is_open(environ):
                version.check(self._tokens, environ)
            return self._answered(version, environ, rest)
        except ApiError as error:
            return _with_wait(word(error, environ), error)
        except NotFound as error:
            return word(ApiError(404, str(error)), environ)
        except UserError as error:
            return word(ApiError(400, str(error)), environ)
        except Busy as error:
            return word(ApiError(503, str(error)), environ)
        except StorageError as error:
            _LOG.error("the database: %s", type(error).__name__)
            self._databases.forget()
            return word(ApiError(500, str(error)), environ)
        except Exception as error:  # one bad request must not end in a page of waitress's
            self._databases.forget()
            return word(ApiError(500, log.record_crash(self._crash_log, error)), environ)

    def _session(self, version: ApiVersion, environ: Environ) -> ApiReply:
        """Begin or end a session, in which a cookie stands for the token."""
        if environ["REQUEST_METHOD"] == "DELETE":
            self._sessions.end(environ)
            return ApiReply(200)
        version.check(self._tokens, environ)
        reply = self._answered(version, {**environ, "REQUEST_METHOD": "GET"}, "/me")
        return reply._replace(heads=(*reply.heads, ("Set-Cookie", self._sessions.begin())))

    def _answered(self, version: ApiVersion, environ: Environ, path: str) -> ApiReply:
        request = _request(environ, path)
        served = ServedCopy(self._settings(), self._tokens.token)
        found = _found(version.router, request, may_pass=served.settings.api_pass_on)
        call = ApiCall(
            self._databases.mine(),
            request,
            served,
            now=clock.now(),
            is_gateway=version.is_gateway,
        )
        whole_path = version.prefix.removeprefix("/toggl-track") + path
        if found is None:
            return self._passing_on.ask(call, whole_path)
        function, call.numbers = found
        try:
            return function(call)
        except NotKeptHere:
            return self._passing_on.ask(call, whole_path)
        finally:
            if request.method != "GET":
                self._note_written()


def _found(
    router: ApiRouter, request: ApiRequest, *, may_pass: bool
) -> tuple[Answer, Mapping[str, Any]] | None:
    """What answers here; None if nothing does."""
    try:
        return router.find(request.method, request.path)
    except ApiError:
        if may_pass:  # the server may know that method there
            return None
        raise


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def _request(environ: Environ, path: str) -> ApiRequest:
    query = environ.get("QUERY_STRING", "")
    try:
        fields = parse_qs(query, keep_blank_values=True, errors="replace", max_num_fields=100)
    except ValueError:
        raise ApiError(400, "Too many parameters") from None
    return ApiRequest(
        environ["REQUEST_METHOD"],
        path,
        fields,
        environ["wsgi.input"].read(),
        environ.get("CONTENT_TYPE", ""),
        environ.get("HTTP_USER_AGENT", ""),
    )


def _with_wait(reply: ApiReply, error: ApiError) -> ApiReply:
    if not error.wait_seconds:
        return reply
    return reply._replace(heads=(*reply.heads, ("Retry-After", str(error.wait_seconds))))
