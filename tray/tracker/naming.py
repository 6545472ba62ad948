"""When two names are the same to a person, and which names somebody may have meant."""

from collections.abc import Iterable

from tray.language import tr
from tray.sentences import either


def folded(name: str) -> str:
    """`name` for comparing: without case, composed, with single spaces."""
    if name.isascii():
        return " ".join(name.casefold().split())
    from unicodedata import normalize

    caseless = normalize("NFC", name).casefold()  # which may decompose: ΐ
    return " ".join(normalize("NFC", caseless).split())


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A question that offers up to three names that look like `name`; empty if none does."""
    import difflib

    by_folded = {folded(other): other for other in names}
    close = difflib.get_close_matches(folded(name), list(by_folded), n=3, cutoff=0.6)
    if not close:
        return ""
    meant = either(tr("“{name}”").format(name=by_folded[one]) for one in close)
    return tr("Did you mean {names}?").format(names=meant)
