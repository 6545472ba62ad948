"""The command that makes any call of the account's server, for scripts and the curious."""

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tray import clock
from tray.cli import account as shared
from tray.cli import after_change
from tray.cli.context import Context
from tray.cli.streams import print_notice, show_result
from tray.credentials import TokenStorage
from tray.errors import BadFile, BadLine, QuotaSpent, Refused
from tray.language import tr
from tray.sentences import reason, together
from tray.store import catalogue, remote_rows
from tray.store.account import LinkedAccount

if TYPE_CHECKING:
    from tray.api.any_call import Answer

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PLACE: Final = re.compile(r"\{(\w+)\}")
_KEY: Final = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART: Final = re.compile(r"\[([^\[\]]*)\]")


def configure_api(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``api``."""
    parser.add_argument(
        "method",
        nargs="?",
        type=str.upper,
        choices=_METHODS,
        help=tr("else GET, or POST with fields"),
    )
    parser.add_argument("path", help=tr("such as /me; {workspace} and {user} are filled in"))
    parser.add_argument(
        "-f",
        "--field",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=tr("a text of the body, or of the query of a GET or DELETE"),
    )
    parser.add_argument(
        "-F",
        "--json-field",
        action="append",
        default=[],
        metavar="KEY=JSON",
        help=tr("likewise JSON"),
    )
    parser.add_argument("--input", metavar="FILE", help=tr("the whole body; - is the input"))
    parser.add_argument("--paginate", action="store_true", help=tr("get all pages, as one list"))
    parser.add_argument(
        "-i", "--include", action="store_true", help=tr("status and requests left, beside the body")
    )
    parser.add_argument(
        "--force", action="store_true", help=tr("ask though no requests are left for this hour")
    )
    parser.epilog = tr(
        "A key can lead further down: time_entry[description]=Report, time_entry[tags][]=billed.\n"
        "The body is written as it comes, without any token in it. Leaves with 0 for a success,\n"
        "1 if the server refuses this, 5 if it cannot be asked. What was changed is fetched then."
    )


def run_api(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``api``."""
    there = shared.signed_in_account(context)
    body, fields = _body(options), _fields(options)
    gets = options.paginate or (body is None and not fields)
    method = options.method or ("GET" if gets else "POST")
    if body is None and fields and method not in ("GET", "DELETE"):
        body, fields = json.dumps(fields).encode(), {}
    if options.paginate and method != "GET":
        raise BadLine(tr("--paginate is for GET only."))
    answer = _ask(context, there, method, options, body=body, fields=fields)
    if method != "GET" and answer.error is None:
        after_change.pull(context)
    if answer.error is not None:
        raise answer.error


def _ask(
    context: Context,
    there: LinkedAccount,
    method: str,
    options: argparse.Namespace,
    *,
    body: bytes | None,
    fields: dict[str, Any],
) -> "Answer":
    """Make the call, or all of its pages, and write what comes."""
    from tray.api.any_call import read_target
    from tray.sync.rate.ledger import Ledger

    access = shared.access(context)
    if not access.belongs_here:
        raise Refused(
            tr("TOGGL_API_TOKEN has not been used here yet. `toggl-tray sync` does that.")
        )
    target = read_target(_filled(context, there, options.path), access.address)
    target = target._replace(query={**target.query, **{k: _plain(v) for k, v in fields.items()}})
    ledger = Ledger(context.db, clock.now, overdraw=options.force)
    line = access.any_call(ledger.charge, ledger.check)
    try:
        if options.paginate:
            return _write_pages(line.pages(target), options, ledger)
        answer = line.call(method, target, body)
        _settle(ledger, answer)
        _keep(context, there, answer)
        _write(answer, options)
    except QuotaSpent as error:
        if error.status is None:
            error.args = (together(str(error), tr("--force asks all the same.")),)
        raise
    else:
        return answer
    finally:
        line.close()


def _settle(ledger: Any, answer: "Answer") -> None:
    ledger.settle(answer.error if isinstance(answer.error, QuotaSpent) else None)


def _keep(context: Context, there: LinkedAccount, answer: "Answer") -> None:
    """Sign in by the token that was just made; the one before is worth nothing any more."""
    if answer.token:
        store = context.secret_store()
        if store.save(there.url, answer.token) is TokenStorage.MEMORY:
            print_notice(
                together(store.problem, tr("Sign in again with the new one from your profile."))
            )
        else:
            print_notice(
                tr("The new token is in the keyring; other computers have to sign in anew.")
            )
        shared.notify_tray(context)


def _write_pages(pages: Iterable["Answer"], options: argparse.Namespace, ledger: Any) -> "Answer":
    from tray.api.any_call import joined, rows_in

    rows, last = [], None
    for last in pages:
        _settle(ledger, last)
        found = rows_in(last.body)
        if last.error is not None or found is None:
            _write(last, options)
            return last
        _show_head(last, options)
        rows += found
    if last is None:
        raise Refused(tr("The server gave no page."))
    _write_body(joined(rows))
    return last


def _write(answer: "Answer", options: argparse.Namespace) -> None:
    _show_head(answer, options)
    _write_body(answer.body)


def _show_head(answer: "Answer", options: argparse.Namespace) -> None:
    if not options.include:
        return
    print(tr("status: {status}").format(status=answer.status), file=sys.stderr)
    if answer.info.remaining is not None:
        print(
            tr("requests left: {remaining}").format(remaining=answer.info.remaining),
            file=sys.stderr,
        )
    if answer.info.resets_in_seconds is not None:
        print(
            tr("renewed in: {resets_in_seconds} s").format(
                resets_in_seconds=answer.info.resets_in_seconds
            ),
            file=sys.stderr,
        )


def _write_body(body: bytes) -> None:
    """Every byte to a file or another program; to a terminal, nothing that moves its cursor."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        print(body.decode("utf-8", "replace"))
        return
    show_result()
    sys.stdout.buffer.write(body + (b"" if body.endswith(b"\n") else b"\n"))
    sys.stdout.buffer.flush()


def _filled(context: Context, there: LinkedAccount, path: str) -> str:
    def value(found: re.Match[str]) -> str:
        match found[1]:
            case "user":
                return str(there.user_id)
            case "workspace" | "workspace_id" | "w":
                return str(_workspace(context))
        raise BadLine(
            tr("{{{found}}} is not known. Write {{workspace}}, {{user}} or a number.").format(
                found=found[1]
            )
        )

    return _PLACE.sub(value, path)


def _workspace(context: Context) -> int:
    """The server's id of the workspace where new things go."""
    found = remote_rows.remote_id(context.db, "workspace", catalogue.workspace_of_new(context.db))
    if found is None:
        raise Refused(
            tr("The workspaces of the account are not here yet. `toggl-tray sync` does that.")
        )
    return found


def _body(options: argparse.Namespace) -> bytes | None:
    if options.input is None:
        return None
    try:
        text = sys.stdin.read() if options.input == "-" else Path(options.input).read_text("utf-8")
        json.loads(text)
    except OSError as error:
        raise BadFile(
            tr("{input} cannot be read ({reason}).").format(
                input=options.input, reason=reason(error)
            )
        ) from error
    except ValueError as error:
        raise BadFile(
            tr("{input} is not JSON ({error}).").format(input=options.input, error=error)
        ) from error
    return text.encode()


def _fields(options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in options.field:
        key, value = _split(text, "-f")
        _place(found, key, value)
    for text in options.json_field:
        key, value = _split(text, "-F")
        try:
            _place(found, key, json.loads(value))
        except ValueError as error:
            raise BadLine(
                tr("{value} is not JSON; -f {key}={value} sends it as text.").format(
                    value=value, key=key
                )
            ) from error
    return found


def _split(text: str, option: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not _KEY.fullmatch(key):
        raise BadLine(
            tr("“{text}” is no field. Write {option} KEY=VALUE.").format(text=text, option=option)
        )
    return key, value


def _place(into: dict[str, Any], key: str, value: object) -> None:
    """Put a value where its key says: ``a[b]`` is b in a, ``a[]`` one more in the list a."""
    first, rest = _KEY.fullmatch(key).groups()  # type: ignore[union-attr]  # see `_split`
    steps = [first, *_PART.findall(rest)]
    at: Any = into
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        inner: Any = value if following is None else [] if following == "" else {}
        if isinstance(at, list) != (step == ""):
            raise BadLine(
                tr("The field {key} does not fit the others of its name.").format(key=key)
            )
        if isinstance(at, list):
            at.append(inner)
        elif following is None:
            at[step] = value
        else:
            inner = at.setdefault(step, inner)
        at = inner


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
