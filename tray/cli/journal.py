"""The commands that show what was exchanged with the account, and how many requests are left."""

import argparse
from collections.abc import Sequence

from tray.cli import arguments, formatting
from tray.cli.context import Context
from tray.errors import Refused
from tray.language import tr
from tray.model import formats
from tray.store import journal
from tray.sync import status, status_json, status_text
from tray.sync.rate import quota
from tray.sync.rate.quota import Bucket

_LINES = 20


def configure_quota(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``quota``."""
    parser.add_argument(
        "--refresh", action="store_true", help=tr("ask the server, which takes a request")
    )
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def configure_journal(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``journal``."""
    parser.add_argument(
        "-n",
        "--limit",
        type=arguments.count,
        default=_LINES,
        metavar="N",
        help=tr("the latest N lines; else {count}").format(count=_LINES),
    )
    parser.add_argument("--json", action="store_true", help=tr("as JSON, its shape in the README"))


def run_quota(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``quota``."""
    if options.refresh:
        _refresh(context)
    buckets = status.read(context.db, now=context.now).buckets
    if options.json:
        formatting.print_json(
            {"v": 1, "quota": [status_json.bucket_json(each) for each in buckets]}
        )
        return
    if not buckets:
        raise Refused(tr("No request has been made yet. `toggl-tray login` signs in."))
    print(formatting.table([_row(context, each, buckets) for each in buckets], right=(1,)))


def _refresh(context: Context) -> None:
    from tray.cli.online_calls import online

    with online(context) as server:
        counts = server.quota()
    with context.db.writing():
        quota.accept_totals(context.db, counts, now=context.now)


def _row(context: Context, bucket: Bucket, among: Sequence[Bucket]) -> list[str]:
    full = bucket.remaining >= bucket.total or not bucket.resets_at
    return [
        status_text.purpose(bucket, among),
        tr("{remaining} of {total} requests left").format(
            remaining=formats.number(bucket.remaining), total=formats.number(bucket.total)
        ),
        ""
        if full
        else tr("renewed at {moment}").format(moment=formatting.moment(context, bucket.resets_at)),
    ]


def run_journal(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``journal``."""
    lines = journal.latest(context.db, options.limit)[::-1]
    if options.json:
        listed = [
            {"at": formats.iso_utc(each.at), "kind": each.kind, "said": each.text} for each in lines
        ]
        formatting.print_json({"v": 1, "lines": listed})
    elif lines:
        rows = [
            [formatting.moment(context, each.at), journal.kind_word(each.kind), each.text]
            for each in lines
        ]
        print(formatting.table(rows))
    else:
        print(tr("Nothing has been exchanged yet. `toggl-tray login` signs in."))
