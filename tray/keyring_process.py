"""Has the keyring asked by a process that ends with the answer.

What it takes to ask one, a library of ciphers on most desktops, is 12 MB that would stay in the
tray for ever; the tray asks once after its start. Question and answer go through pipes only.
"""

import json
import logging
import os
import sys
from threading import Thread
from typing import IO, Any, Final

from tray import program
from tray.chosen_language import set_language
from tray.credentials import SecretStore, TokenStorage
from tray.language import language

_log: Final = logging.getLogger(__name__)


class SecretsAside(SecretStore):
    """The secrets of a profile; where there can be no such process, this one asks.

    Args:
        scope: Tells the secrets of one profile from those of all others.
    """

    def __init__(self, *, scope: str) -> None:
        super().__init__(scope=scope)
        self._profile = scope

    def read(self, account: str) -> str | None:
        """See `SecretStore`."""
        if account in self._memory:
            return self._memory[account]
        answer = self._answer("read", account)
        return super().read(account) if answer is None else answer["secret"]

    def save(self, account: str, secret: str) -> TokenStorage:
        """See `SecretStore`."""
        self._memory[account] = secret
        answer = self._answer("save", account, secret)
        if answer is None:
            return super().save(account, secret)
        kept = TokenStorage(answer["kept"])
        if kept is TokenStorage.KEYRING:
            del self._memory[account]
        return kept

    def delete(self, account: str) -> None:
        """See `SecretStore`."""
        self._memory.pop(account, None)
        if self._answer("delete", account) is None:
            super().delete(account)

    def _answer(self, verb: str, *words: str) -> dict[str, Any] | None:
        """What came of it; None if no process could tell."""
        question = {
            "language": language(),
            "scope": self._profile,
            "verb": verb,
            "words": words,
        }
        try:
            with program.keyring_asker() as process:
                answer = _exchanged(process.stdin, process.stdout, question)
                self.problem, self.reason = answer["problem"], answer["reason"]
        except (OSError, ValueError, KeyError) as error:
            _log.warning("no process for the keyring: %s", type(error).__name__)
            return None
        return answer


def _exchanged(
    inlet: IO[bytes] | None, outlet: IO[bytes] | None, question: dict[str, Any]
) -> dict[str, Any]:
    if inlet is None or outlet is None:
        raise OSError
    inlet.write(json.dumps(question).encode() + b"\n")
    inlet.flush()
    answer = json.loads(outlet.readline())
    if not isinstance(answer, dict):
        raise ValueError
    return answer


def main() -> None:
    """Answer one question, and end; at once if whoever asked is gone, or wants no answer."""
    outlet = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing else may be written there
    question = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with_input, name="end of the question", daemon=True).start()
    set_language(question["language"])
    secrets_kept = SecretStore(scope=question["scope"])
    done = getattr(secrets_kept, question["verb"])(*question["words"])
    answer = {
        "secret": done if isinstance(done, str) else None,
        "kept": done.value if isinstance(done, TokenStorage) else None,
        "problem": secrets_kept.problem,
        "reason": secrets_kept.reason,
    }
    outlet.write(json.dumps(answer).encode() + b"\n")
    outlet.flush()


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)
