"""Finds the command, runs it, and turns what went wrong into a sentence and an exit code."""

import io
import os
import sys
from collections.abc import Sequence
from enum import IntEnum

from tray.cli import commands
from tray.cli.context import Context
from tray.errors import StorageError, UserError


class Exit(IntEnum):
    """What the exit code of the command line says."""

    DONE = 0
    REFUSED = 1
    """What was asked cannot be done: no such entry, nothing running, against a limit."""
    USAGE = 2
    """The command line itself is wrong."""
    STORAGE = 3
    """The database could not be used: disk full, not writable, damaged, too new."""
    BUG = 4
    """An error of ours; its details are in the crash log."""
    INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run ``toggl-tray`` with these arguments; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show “ is no error
    context = Context(os.environ)
    try:
        code = _run(context, arguments)
        sys.stdout.flush()
    except UserError as error:
        return _failed(str(error), Exit.REFUSED)
    except StorageError as error:
        return _failed(str(error), Exit.STORAGE)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left (`toggl-tray list | head`): nothing to tell anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        about = f" ({error.filename})" if error.filename else ""
        return _failed(f"{error.strerror}{about}. Nothing that was tracked is lost.", Exit.STORAGE)
    except Exception as error:  # a bug must end in a sentence, not in a traceback
        from tray.log import record_crash

        return _failed(record_crash(context.paths.crash_log, error), Exit.BUG)
    else:
        return code
    finally:
        context.close()


def _run(context: Context, arguments: Sequence[str]) -> int:
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
    try:
        options = commands.parser_of(name).parse_args(commands.guarded(rest))
    except SystemExit as leaving:  # argparse has said what is wrong, or shown the help
        return int(leaving.code or 0)
    options.run(context, options)
    context.finish()
    return Exit.DONE


def _failed(sentence: str, code: Exit) -> int:
    sys.stdout.flush()
    print(f"toggl-tray: {sentence}", file=sys.stderr)
    return code
