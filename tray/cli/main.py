"""Finds the command, runs it, and turns what went wrong into a sentence and an exit code."""

import os
import sys
from collections.abc import Sequence

from tray import paths, settings
from tray.chosen_language import set_language
from tray.cli import commands, streams
from tray.cli.context import Context
from tray.language import tr
from tray.lean_typing import Final
from tray.local_errors import DamagedDatabase, StorageError, UserError
from tray.sentences import reason, together


class Exit:
    """What the exit code of the command line says."""

    DONE: Final = 0
    REFUSED: Final = 1
    """What was asked cannot be done: no such entry, nothing running, against a limit."""
    USAGE: Final = 2
    """The command line itself is wrong."""
    STORAGE: Final = 3
    """The database could not be used: disk full, not writable, damaged, too new."""
    BUG: Final = 4
    """An error of ours; its details are in the crash log."""
    REMOTE: Final = 5
    """The server of the account could not be reached, or did not accept the sign-in."""
    INTERRUPTED: Final = 130


def main(arguments: Sequence[str], *, debug: bool = False) -> int:
    """Run ``toggl-tray`` with these arguments; return its exit code.

    Args:
        arguments: The command and its options.
        debug: Whether to log every step, on the screen as well.
    """
    streams.prepare()
    if "_ARGCOMPLETE" in os.environ:
        from tray.cli.completion import use_typed_profile

        use_typed_profile(os.environ)
    context = Context(os.environ)
    try:
        code = _run(context, arguments, debug=debug)
        sys.stdout.flush()
    except DamagedDatabase:
        return _repaired(context)
    except (Exception, KeyboardInterrupt) as error:  # each ends in a sentence, not in a traceback
        return explained(error)
    else:
        return code
    finally:
        context.close()
        streams.release()


def _repaired(context: Context) -> int:
    """Repair the database, as opening does not notice damage further inside."""
    try:
        sentence = context.rescue()
    except (Exception, KeyboardInterrupt) as error:  # as above
        return explained(error)
    return _failed(together(sentence, tr("Give the command again.")), Exit.STORAGE)


def explained(error: BaseException) -> int:
    """Say in a sentence what went wrong; return the exit code for it."""
    from tray.cli.advice import with_advice
    from tray.errors import ItemError, RemoteError

    match error:
        case UserError() | ItemError():
            return _failed(with_advice(error), Exit.REFUSED)
        case StorageError():
            return _failed(with_advice(error), Exit.STORAGE)
        case RemoteError():
            return _failed(with_advice(error), Exit.REMOTE)
        case KeyboardInterrupt():
            return Exit.INTERRUPTED
        case BrokenPipeError():
            return Exit.DONE  # whoever read our output has left (`toggl-tray list | head`)
        case OSError():
            why = reason(error).rstrip(".") or type(error).__name__
            if error.filename:
                why = tr("{reason} ({file})").format(reason=why, file=error.filename)
            safe = tr("{reason}. Nothing that was tracked is lost.").format(reason=why)
            return _failed(safe, Exit.STORAGE)
    from tray.log import record_crash

    return _failed(record_crash(paths.find(os.environ).crash_log, error), Exit.BUG)


def _run(context: Context, arguments: Sequence[str], *, debug: bool) -> int:
    set_language(settings.language_in(context.paths.settings_file))
    if "_ARGCOMPLETE" in context.environ:
        from tray.cli.completion import answer

        answer(context)
    name, *rest = arguments or ["guide"]
    if name in ("-h", "--help", "help") and not rest:
        print(commands.overview())
        return Exit.DONE
    if name in ("-h", "--help", "help"):
        name, rest = rest[0], ["--help"]
    if name in ("-V", "--version"):
        from tray import __version__

        print(f"toggl-tray {__version__}")
        return Exit.DONE
    if name not in commands.COMMANDS:
        return _failed(commands.unknown(name), Exit.USAGE)
    rest = _without_switch(context, rest)
    try:
        options = commands.parse(name, rest)
    except SystemExit as leaving:  # argparse has said what is wrong, or shown the help
        return int(leaving.code or 0)
    if debug or commands.COMMANDS[name].is_remote:
        context.start_log(debug=debug)
    if not commands.COMMANDS[name].is_about_profiles:
        context.ensure_profile()
    with context.damage_found():
        options.run(context, options)
    context.finish()
    return Exit.DONE


def _without_switch(context: Context, words: list[str]) -> list[str]:
    """`words` without the switch for all commands, which is heeded wherever it stands."""
    end = words.index("--") if "--" in words else len(words)
    if "--no-hooks" in words[:end]:
        context.tells_hooks = False
    return [*(word for word in words[:end] if word != "--no-hooks"), *words[end:]]


def _failed(sentence: str, code: int) -> int:
    streams.print_notice(sentence)
    return code
