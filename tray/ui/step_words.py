"""What a step that can be undone did, in words."""

from tray.language import quoted, tr
from tray.model.verb_words import verb_word
from tray.store.undoing import PastStep


def of_step(step: PastStep) -> str:
    """What a step did, and to what."""
    verb = verb_word(step.verb)
    if not step.subject:
        return verb
    return tr("{verb} {subject}").format(verb=verb, subject=quoted(step.subject))
