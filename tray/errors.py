"""Every error of ours, sorted by who has to act on it.

    TrayError                   carries one sentence for the user
    ├── UserError               the user has to change something
    │   ├── Refused             what was asked is against a rule of the tracker or the API
    │   │   ├── NotConfirmed    possible, but it looks like a slip: ask, or say how to insist
    │   │   ├── Archived        a project or task that is out of use, but could be restored
    │   │   ├── OtherAccount    the data here belongs to another account
    │   │   └── Undecided       changes wait for the user's decision
    │   ├── NotFound            no such entry, project, client, tag …
    │   │   └── NotCreatedYet      a project or task that could be made
    │   ├── BadLine             a quick-entry line or a time that cannot be read
    │   └── BadFile             a file to import, or the settings file, is not what it should be
    ├── StorageError            the computer has to be put right first; nothing was lost
    │   ├── DiskFull
    │   ├── ReadOnly
    │   ├── Busy                another process holds the database for too long
    │   ├── NewerDatabase       made by a later version of this program
    │   └── DamagedDatabase     the file is not a readable database any more
    ├── RemoteError             the server of the account; `server_message` is what it said
    │   ├── TryLater            time has to act: the same request may succeed later
    │   │   ├── Offline         it could not be reached; nothing was sent
    │   │   ├── NoAnswer        it was sent, no whole answer came: it may have been carried out
    │   │   ├── Intercepted     something on the way answered in the server's place
    │   │   ├── Doubted         401 or 403: before it is believed, it is asked whose token that is
    │   │   ├── ServerFailed    5xx: it may have been carried out
    │   │   ├── TooFast         429
    │   │   └── QuotaSpent      402: the requests of this hour are used up
    │   ├── AccountError        the user has to act before anything more can be exchanged
    │   │   ├── SignInRefused   the token is wrong or was withdrawn
    │   │   ├── GatewayRefused  the gateway does not know the key, or has no connection to Toggl
    │   │   ├── BadAddress      the address cannot be used, or is not a server of this API
    │   │   │   └── Unencrypted plain HTTP to a private network, which has to be allowed
    │   │   ├── Untrusted       the server's certificate cannot be trusted
    │   │   └── EndpointGone    410 or 418: this version of the API is switched off
    │   ├── ItemError           this one item; everything else goes on
    │   │   ├── ServerRefused   400: against a rule of the server; `field` names which, if known
    │   │   ├── PremiumNeeded   402: `field` needs a paid plan
    │   │   ├── NoAccess        403: not for this account
    │   │   ├── Gone            404: deleted, or never there
    │   │   └── AlreadyStopped  409
    │   └── BadReply            the answer is not what the API says; it may have been carried out
    │       └── TooLong         it is longer than we read
    └── (anything else)         a bug: never shown as a traceback, see `log.record_crash`

The message of each is a full sentence that names what is wrong and what to do.
"""

from tray.local_errors import Archived as Archived
from tray.local_errors import BadFile as BadFile
from tray.local_errors import BadLine as BadLine
from tray.local_errors import Busy as Busy
from tray.local_errors import DamagedDatabase as DamagedDatabase
from tray.local_errors import DiskFull as DiskFull
from tray.local_errors import NewerDatabase as NewerDatabase
from tray.local_errors import NotConfirmed as NotConfirmed
from tray.local_errors import NotCreatedYet as NotCreatedYet
from tray.local_errors import NotFound as NotFound
from tray.local_errors import OtherAccount as OtherAccount
from tray.local_errors import ReadOnly as ReadOnly
from tray.local_errors import Refused as Refused
from tray.local_errors import StorageError as StorageError
from tray.local_errors import TrayError as TrayError
from tray.local_errors import Undecided as Undecided
from tray.local_errors import UserError as UserError


class RemoteError(TrayError):
    """The server of the account, or the way to it."""

    def __init__(
        self, sentence: str, *, server_message: str = "", status: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.server_message = server_message
        """What the server itself said, on one line, at most 300 characters; never a secret."""
        self.status = status
        """The HTTP status, if there was an answer."""


class TryLater(RemoteError):
    """The same request may succeed later; `wait_seconds` says when, if the server did."""

    def __init__(
        self,
        sentence: str,
        *,
        server_message: str = "",
        status: int | None = None,
        wait_seconds: int | None = None,
    ) -> None:
        super().__init__(sentence, server_message=server_message, status=status)
        self.wait_seconds = wait_seconds


class Offline(TryLater):
    """The server could not be reached; nothing was sent."""


class NoAnswer(TryLater):
    """The request was sent, but no whole answer came: it may have been carried out."""


class Intercepted(TryLater):
    """A firewall or the like answered in the server's place: it may have been carried out."""


class Doubted(TryLater):
    """In the place of `NoAccess` until `sync/engine.py` has asked whose token that is."""


class ServerFailed(TryLater):
    """The server failed (5xx): it may have carried the request out."""


class TooFast(TryLater):
    """Too many requests at once (429)."""


class QuotaSpent(TryLater):
    """The requests that the plan allows for this hour are used up (402)."""


class AccountError(RemoteError):
    """Nothing more can be exchanged before the user has acted."""


class SignInRefused(AccountError):
    """The token, or the e-mail and password, are not accepted."""


class GatewayRefused(AccountError):
    """The gateway does not accept its key, or has no connection to Toggl."""


class BadAddress(AccountError):
    """The address cannot be used, or what answers there does not speak this API."""


class Unencrypted(BadAddress):
    """Plain HTTP to a server in a private network, which the user has not allowed yet."""

    def __init__(self, sentence: str, *, host: str) -> None:
        super().__init__(sentence)
        self.host = host


class Untrusted(AccountError):
    """`api/` cannot trust the server's certificate, or cannot use the CA file that was named."""


class EndpointGone(AccountError):
    """This version of the API is switched off there (410, 418)."""


class ItemError(RemoteError):
    """This one item was not accepted; `field` names the field at fault, if it is known."""

    def __init__(
        self,
        sentence: str,
        *,
        server_message: str = "",
        status: int | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(sentence, server_message=server_message, status=status)
        self.field = field


class ServerRefused(ItemError):
    """The item is against a rule of the server (400)."""


class PremiumNeeded(ItemError):
    """`field` needs a paid plan (402)."""


class NoAccess(ItemError):
    """The item is not for this account (403)."""


class Gone(ItemError):
    """The item was deleted, or never was there (404)."""


class AlreadyStopped(ItemError):
    """The entry had been stopped already (409)."""


class BadReply(RemoteError):
    """The answer is not what the API says; the request may have been carried out."""


class TooLong(BadReply):
    """The answer is longer than we read; in parts it may be read."""
