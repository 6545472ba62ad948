"""The command that connects this computer with an account."""

import argparse
from typing import Final, Literal
from urllib.parse import urlsplit

from tray import clock, credentials, settings
from tray.api.address import DEFAULT_URL, Address, Auth, read_address
from tray.cli import account as shared
from tray.cli import formatting, prompts
from tray.cli.context import Context
from tray.cli.streams import print_notice
from tray.credentials import TokenStorage
from tray.errors import Refused
from tray.ipc import lock
from tray.language import ntr, tr
from tray.model import formats
from tray.sentences import together
from tray.settings import Settings
from tray.store import account
from tray.sync.sign_in import account_access, identity, linking
from tray.sync.sign_in.account_access import Access
from tray.sync.sign_in.linking import Choice

_Server = Literal["toggl", "own", "gateway"]
_CHOICES: Final[tuple[Choice, ...]] = ("upload", "keep", "later")
_EXAMPLES: Final = {"own": "localhost:8080", "gateway": "https://gateway.example/toggl-track"}
_PROFILE: Final = "https://track.toggl.com/profile"


def _choices() -> dict[Choice, str]:
    return {
        "upload": tr("send them to the account"),
        "keep": tr("keep them on this computer only"),
        "later": tr("decide later; until then they stay here"),
    }


def _servers() -> dict[_Server, str]:
    return {
        "toggl": tr("at Toggl itself"),
        "own": tr("on a server of your own"),
        "gateway": tr("at Toggl, reached through a gateway"),
    }


def _outcome(choice: Choice) -> str:
    return {
        "upload": tr("Made here before: {entries}, now on the way to the account."),
        "keep": tr("Made here before: {entries}, kept on this computer only."),
        "later": tr(
            "Made here before: {entries}, kept on this computer until `toggl-tray sync --upload`."
        ),
    }[choice]


def configure_login(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``login``."""
    parser.add_argument(
        "--url", help=tr("the server's address, with the path of its API; else Toggl")
    )
    parser.add_argument(
        "--email",
        metavar="ADDRESS",
        help=tr("ask for the password, once, to fetch the token with it"),
    )
    parser.add_argument(
        "--session",
        action="store_true",
        help=tr("sign in with a session, which `logout` ends on the server, instead of the token"),
    )
    parser.add_argument(
        "--auth",
        choices=[each.value for each in (Auth.BASIC, Auth.BEARER)],
        help=tr("where the address does not tell"),
    )
    parser.add_argument(
        "--unencrypted",
        action="store_true",
        help=tr("allow http:// for this one server, in whose network everyone can read it"),
    )
    parser.add_argument("--connection", default="", help=tr("which of a gateway's connections"))
    parser.add_argument(
        "--before", choices=list(_CHOICES), help=tr("what becomes of the entries made here before")
    )
    parser.epilog = tr(
        "Asks for the API token, at the bottom of {profile} or on the\nprofile "
        "page of your own server, and keeps it in the computer's keyring. A "
        "script writes\nit to the input, as one line; the command line would show "
        "it to everyone. With\nTOGGL_API_TOKEN set, that is taken, unless --email "
        "is given."
    ).format(profile=_PROFILE)


def run_login(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``login``."""
    access, token = _access(context, options)
    me = access.me()
    if access.settings != context.settings:
        settings.save(context.paths.settings_file, access.settings)
    identity.check_same(context.db, me, access.address.url)
    name = me.name or me.email or str(me.user_id)
    is_new = account.read(context.db) is None
    choice, here = _choice(context, options, name) if is_new else ("later", 0)
    if token:
        _keep(context, access, token)
    linking.sign_in(context.db, me, access.location, choice=choice, now=clock.now())
    if not is_new and options.before == "upload":
        choice, here = "upload", linking.upload(context.db, now=clock.now())
    shared.notify_tray(context)
    print(tr("Signed in as {name}, at {host}.").format(name=name, host=access.address.host))
    if here:
        print(_outcome(choice).format(entries=formatting.entries(here)))
    if lock.holder(context.paths.lock) is None:
        print(
            formatting.dim(
                tr("`toggl-tray sync` exchanges everything; so does the tray while it runs.")
            )
        )


def _access(context: Context, options: argparse.Namespace) -> tuple[Access, str]:
    """The access that was asked for, and the token to keep; none if the environment has it."""
    before, environ = account.read(context.db), context.environ
    url, auth, connection = options.url, options.auth, options.connection
    url = url or environ.get("TOGGL_API_URL", "")
    auth = auth or environ.get("TOGGL_API_AUTH", "")
    connection = connection or environ.get("TOGGL_API_CONNECTION", "")
    if options.url is not None and not options.url.strip():
        raise Refused(tr("--url is empty. Name a server after it, or leave it out to mean Toggl."))
    if before is None and not url and credentials.from_environment(environ) is None:
        url = _server()
    if before is not None and not url:
        kept = "" if before.auth == Auth.SESSION else before.auth
        url, auth, connection = before.url, auth or kept, connection or before.connection
    if options.session:
        auth = Auth.SESSION.value
    chosen = context.settings
    if options.unencrypted:
        chosen = chosen._replace(unencrypted_server=urlsplit(url).hostname or "")
    address = read_address(url, auth or None, unencrypted=chosen.unencrypted_server)
    identity.check_server(context.db, address.url)
    by_token = options.email is None and not options.session
    given = credentials.from_environment(environ) if by_token else None
    token = given.token if given else _token(options.email, address, chosen)
    access = account_access.access_with(token, url, auth, connection=connection, settings=chosen)
    return access, "" if given else token


def _server() -> str:
    """The address that the user names, if there is one to ask; empty means Toggl's own."""
    if not prompts.is_interactive():
        return ""
    where = prompts.choice(tr("Where is your account?"), _servers(), "toggl")
    if where == "toggl":
        return ""
    prompt = (
        tr("Address of the own server, such as {example}: ")
        if where == "own"
        else tr("Address of the gateway server, such as {example}: ")
    )
    url = prompts.read_line(prompt.format(example=_EXAMPLES[where]))
    if not url:
        raise Refused(tr("Nobody was signed in."))
    return url


def _token(email: str | None, address: Address, chosen: Settings) -> str:
    """The token that the user gives, or what is had for the password."""
    if address.auth is Auth.SESSION:
        email = email or prompts.read_line(tr("E-mail address: "))
        password = prompts.secret(tr("Password (not shown, used once): "))
        return account_access.open_session(email, password, address, settings=chosen)
    if email is None and address.auth is Auth.BASIC and prompts.is_interactive():
        print(
            tr("Sign in at {host} with the API token from the bottom of {page}.").format(
                host=address.host, page=_PROFILE
            )
            if address.url == DEFAULT_URL
            else tr("Sign in at {host} with the API token from your profile page there.").format(
                host=address.host
            )
        )
        print(formatting.dim(tr("Press Enter to use your e-mail address and password instead.")))
        token = prompts.secret(tr("API token (not shown): "))
        email = None if token else prompts.read_line(tr("E-mail address: "))
        if email == "":
            raise Refused(tr("Nobody was signed in."))
    elif email is None:
        prompt = (
            tr("Key for {host} (not shown): ")
            if address.auth is Auth.BEARER
            else tr("API token for {host} (not shown): ")
        )
        token = prompts.secret(prompt.format(host=address.host))
    if email is None:
        return token
    password = prompts.secret(tr("Password (not shown, used once): "))
    return account_access.token_for(email, password, address.url, settings=chosen)


def _choice(context: Context, options: argparse.Namespace, name: str) -> tuple[Choice, int]:
    """What becomes of the entries made before, and how many there are."""
    here = linking.entries_here(context.db)
    if options.before or not here or not prompts.is_interactive():
        return options.before or "later", here
    question = ntr(
        "Signing in as {name}. {count} entry made on this computer is not in the account:",
        "Signing in as {name}. {count} entries made on this computer are not in the account:",
        here,
    ).format(name=name, count=formats.number(here))
    return prompts.choice(question, _choices(), "later"), here


def _keep(context: Context, access: Access, token: str) -> None:
    """Put the token in the keyring.

    Raises:
        Refused: there is none that can be used.
    """
    secret_store, before = context.secret_store(), account.read(context.db)
    if secret_store.save(access.address.url, token) is TokenStorage.MEMORY:
        raise Refused(
            together(
                secret_store.problem,
                tr("For a command that is at once: nobody was signed in."),
            )
        )
    if before is not None and before.url != access.address.url:
        secret_store.delete(before.url)
        if secret_store.problem:
            print_notice(secret_store.problem)
