"""What came back for a request, before anybody has made sense of it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from tray.api.remote_values import ResponseInfo
from tray.api.timestamps import seconds

_NUMBER: Final = re.compile(r"-?\d{1,18}", re.ASCII)
_DATE: Final = re.compile(
    r"[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII
)
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
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
    """When it was by the server's clock, always GMT in HTTP."""
    try:
        if usual := _DATE.fullmatch(date):
            day, name, year, hour, minute, second = usual.groups()
            month = _MONTHS.index(name) // 3 + 1
            day_began = datetime(int(year), month, int(day), tzinfo=UTC)
            return seconds(
                day_began.replace(hour=int(hour), minute=int(minute), second=int(second))
            )
        from email.utils import parsedate_to_datetime  # ten modules, for what hardly a server says

        return seconds(parsedate_to_datetime(date).replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError):
        return None
