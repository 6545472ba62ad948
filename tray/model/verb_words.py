"""What the steps of undo are called in the user's language; the store keeps their English names."""

from tray.language import ptr
from tray.lean_typing import Final
from tray.model.field_words import kind_word

_KINDS: Final = ("client", "project", "tag", "task")


def verb_word(verb: str) -> str:
    """The word for a verb, as it stands behind *Undo*."""
    action, _, kind = verb.partition(" ")
    if kind in _KINDS:
        return _of_thing(action).format(kind=kind_word(kind))
    return _plain().get(verb, verb)


def _of_thing(action: str) -> str:
    return {
        "create": ptr("step", "create {kind}"),
        "edit": ptr("step", "edit {kind}"),
        "rename": ptr("step", "rename {kind}"),
        "archive": ptr("step", "archive {kind}"),
        "restore": ptr("step", "restore {kind}"),
        "merge": ptr("step", "merge {kind}"),
        "delete": ptr("step", "delete {kind}"),
    }[action]


def _plain() -> dict[str, str]:
    return {
        "start": ptr("step", "start"),
        "stop": ptr("step", "stop"),
        "automatic stop": ptr("step", "automatic stop"),
        "continue": ptr("step", "continue"),
        "add": ptr("step", "add"),
        "edit": ptr("step", "edit"),
        "split": ptr("step", "split"),
        "merge": ptr("step", "merge"),
        "duplicate": ptr("step", "duplicate"),
        "delete": ptr("step", "delete"),
        "answer": ptr("step", "answer"),
        "import": ptr("step", "import"),
        "pin": ptr("step", "pin"),
        "unpin": ptr("step", "unpin"),
        "move favourite": ptr("step", "move favourite"),
        "set length": ptr("step", "set length"),
        "copy week": ptr("step", "copy week"),
        "save report": ptr("step", "save report"),
        "remove report": ptr("step", "remove report"),
        "delete project and its entries": ptr("step", "delete project and its entries"),
    }
