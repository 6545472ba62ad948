"""Calendars are fetched by their addresses, which no sentence has in it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, Final

import pytest

from tray.api import feed_download
from tray.api.feed_download import FeedDownload, FeedReply, calendar_address
from tray.api.session_options import Limits, Setup
from tray.errors import BadAddress, BadReply, NoAccess, NoAnswer, Offline, RemoteError, ServerFailed

SECRET: Final = "s3cr3t-part-of-the-address"


class Handler(BaseHTTPRequestHandler):
    """Answers by the last part of the path."""

    seen: ClassVar[list[str]] = []
    hold: ClassVar = threading.Event()

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("If-None-Match", ""))
        what = self.path.rpartition("/")[2]
        if what == "slow":
            self.hold.wait(60)
        elif what == "circle":
            self._answer(302, {"Location": self.path})
        elif what == "moved":
            self._answer(301, {"Location": "good"})
        elif what == "open":
            self._answer(302, {"Location": "http://example.com/x"})
        elif what.isdecimal():
            self._answer(int(what), {})
        elif self.headers.get("If-None-Match") == '"1"':
            self._answer(304, {})
        else:
            self._answer(200, {"ETag": '"1"'}, b"BEGIN:VCALENDAR")

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def base() -> Iterator[str]:
    """The address of a server of calendars, up to what is asked of it."""
    Handler.seen.clear()
    Handler.hold.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{SECRET}/"
    Handler.hold.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_calendar_comes_with_the_name_of_its_copy_and_only_once(base: str) -> None:
    download = FeedDownload()
    assert download.fetch(f"{base}good") == FeedReply(b"BEGIN:VCALENDAR", '"1"')
    assert download.fetch(f"{base}good", '"1"') == FeedReply(None)
    assert Handler.seen == ["", '"1"']


def test_it_goes_where_it_is_sent_but_not_in_circles(base: str) -> None:
    assert FeedDownload().fetch(f"{base}moved").data == b"BEGIN:VCALENDAR"
    with pytest.raises(BadReply, match="round in circles"):
        FeedDownload().fetch(f"{base}circle")
    with pytest.raises(BadAddress, match="https://"):
        FeedDownload().fetch(f"{base}open")


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (401, NoAccess, "asks for a password"),
        (403, NoAccess, "asks for a password"),
        (404, BadAddress, "no such calendar any more"),
        (410, BadAddress, "no such calendar any more"),
        (429, ServerFailed, "tried again"),
        (503, ServerFailed, "tried again"),
        (418, BadReply, "418"),
    ],
)
def test_a_refusal_is_one_sentence_without_the_address(
    base: str, status: int, error: type[RemoteError], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        FeedDownload().fetch(f"{base}{status}")
    assert SECRET not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_one_that_is_slow_or_gone_is_said_without_its_address(base: str) -> None:
    hasty = FeedDownload(Setup(limits=Limits(whole_seconds=0.2)))
    with pytest.raises(NoAnswer) as slow:
        hasty.fetch(f"{base}slow")
    with pytest.raises(Offline) as gone:
        FeedDownload().fetch(f"http://127.0.0.1:9/{SECRET}")
    for caught in (slow, gone):
        assert SECRET not in str(caught.value)
        assert caught.value.__cause__ is None


def test_one_that_is_too_large_is_left(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_download, "MOST_BYTES", 3)
    with pytest.raises(BadReply, match="not read"):
        FeedDownload().fetch(f"{base}good")


def test_it_can_be_broken_off_from_another_thread(base: str) -> None:
    download = FeedDownload()
    timer = threading.Timer(0.1, download.close)
    timer.start()
    with pytest.raises(RemoteError):
        download.fetch(f"{base}slow")
    timer.join()
    with pytest.raises(Offline):
        download.fetch(f"{base}good")


def test_addresses_are_those_of_calendars() -> None:
    assert calendar_address(" webcal://example.com/a.ics ") == "https://example.com/a.ics"
    assert calendar_address("https://example.com/a?b=c") == "https://example.com/a?b=c"
    for text in ("", "x", "https://", "https://a b.com/", "ftp://example.com/a", "file:///etc/x"):
        with pytest.raises(BadAddress):
            calendar_address(text)
    with pytest.raises(BadAddress, match="https://"):
        calendar_address("http://example.com/a.ics")
