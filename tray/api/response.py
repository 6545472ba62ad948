"""What came back for a request, before anybody has made sense of it."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from tray.api.remote_values import ResponseInfo
from tray.api.timestamps import seconds

_NUMBER: Final = re.compile(r"-?\d{1,18}", re.ASCII)
_CHARGED: Final = re.compile(r"/(workspace|organization)s?/(\d+)\b")


class Request(NamedTuple):
    """Which request it was."""

    method: str
    path: str
    """Without the part that all paths of the API share."""
    default_field: str | None = None
    """The field that a refusal is about if its words name none."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_me(self) -> bool:
        """Whether it asked who we are: then a wrong answer is a wrong address."""
        return self.path == "/me"

    @property
    def bucket(self) -> str:
        """Which requests it is counted with, where the server counts by workspace."""
        found = _CHARGED.match(self.path)
        return f"{found[1]} {found[2]}" if found else "user"


class Response(NamedTuple):
    """The answer to a request."""

    call: Request
    status: int
    headers: Mapping[str, str]
    """Found by name in any case."""
    body: bytes = b""

    def number(self, header: str) -> int | None:
        """A header with a whole number in it, if it is one that fits into 64 bits."""
        text = self.headers.get(header, "").strip()
        return int(text) if _NUMBER.fullmatch(text) else None

    def info(self, bucket: str) -> ResponseInfo:
        """What its head tells about requests that are left, and the server's clock."""
        return ResponseInfo(
            bucket=bucket,
            status=self.status,
            remaining=self.number("X-Toggl-Quota-Remaining"),
            resets_in_seconds=self.number("X-Toggl-Quota-Resets-In"),
            server_time=_moment(self.headers.get("Date", "")),
        )


def _moment(date: str) -> int | None:
    try:
        return seconds(parsedate_to_datetime(date).replace(tzinfo=UTC))  # always GMT, in HTTP
    except (ValueError, TypeError, OverflowError):
        return None
