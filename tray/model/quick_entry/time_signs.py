"""Whether a time may stand in a line at all, told without loading what reads times."""

from tray.model.locales import chosen


def may_be_time(shadow: str, at: int, codes: tuple[str, ...]) -> bool:
    """Whether one may begin at index `at`: False is certain, of most words.

    Every time has a digit, with nothing before it that has a # or an @, or says that it is ago.

    Args:
        shadow: see `scan.shadow_of`.
        at: where a word begins.
        codes: the languages whose words are read beside English; without any the user's own.
    """
    rest = shadow[at:]
    words = rest.partition("#")[0].partition("@")[0]
    if any(map(words.__contains__, "0123456789")):
        return True
    locales = map(chosen.locale_of, ("en", *(codes or (chosen.code(),))))
    forms = (form for locale in locales for form in locale.words.ago)
    return any(all(map(rest.__contains__, form.replace("{length}", " ").split())) for form in forms)
