"""What argparse itself says, in the user's language; what no user meets stays as it is."""

from tray.language import ntr, tr


def word(text: str) -> str:
    """A text of argparse's own, in the place of its `gettext`."""
    return {
        "usage: ": tr("usage: "),
        "positional arguments": tr("positional arguments"),
        "options": tr("options"),
        "show this help message and exit": tr("show this help message and exit"),
        "%(prog)s: error: %(message)s\n": tr("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": tr("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": tr("the following arguments are required: %s"),
        "one of the arguments %s is required": tr("one of the arguments %s is required"),
        "unrecognized arguments: %s": tr("unrecognized arguments: %s"),
        "not allowed with argument %s": tr("not allowed with argument %s"),
        "ignored explicit argument %r": tr("ignored explicit argument %r"),
        "expected one argument": tr("expected one argument"),
        "expected at most one argument": tr("expected at most one argument"),
        "expected at least one argument": tr("expected at least one argument"),
        "invalid %(type)s value: %(value)r": tr("invalid %(type)s value: %(value)r"),
        "invalid choice: %(value)r (choose from %(choices)s)": tr(
            "invalid choice: %(value)r (choose from %(choices)s)"
        ),
        "unknown parser %(parser_name)r (choices: %(choices)s)": tr(
            "unknown parser %(parser_name)r (choices: %(choices)s)"
        ),
    }.get(text, text)


def counted(one: str, many: str, n: int) -> str:
    """The same for what counts something, which is only how many arguments are missing."""
    del one, many
    return ntr("expected %s argument", "expected %s arguments", n)
