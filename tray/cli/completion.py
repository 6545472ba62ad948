"""Completes commands, options, entries and names in bash, zsh and fish, through `argcomplete`."""

import argparse
import os
import shlex
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from typing import Any, Final

from tray import launch_options, profiles
from tray.cli import commands, formatting, messages
from tray.cli.context import Context
from tray.cli.parser import Parser
from tray.cli.streams import clean, is_clean, one_line
from tray.errors import UserError
from tray.language import tr
from tray.model.locales import chosen
from tray.model.setting_choices import WEEKDAYS
from tray.paths import PROFILE_VARIABLE
from tray.store import catalogue, entries, favourites, known_people
from tray.store.catalogue import Kind

_RECENT: Final = 20
"""How many entries are offered by number."""

_ZSH: Final = r"""#compdef toggl-tray
_toggl_tray() {
    local line="${(j: :)words[1,CURRENT-1]} ${(q)${(Q)PREFIX}}"
    local -a candidates nospace
    candidates=("${(@ps:\v:)$(_ARGCOMPLETE=1 _ARGCOMPLETE_SHELL=zsh _ARGCOMPLETE_SUPPRESS_SPACE=1 \
        _ARGCOMPLETE_IFS=$'\v' COMP_LINE=$line COMP_POINT=$#line \
        $words[1] 8>&1 9>/dev/null >/dev/null 2>&1 </dev/null)}")
    [[ $candidates == */: ]] && nospace=(-S '')
    [[ -n $candidates ]] && _describe -V toggl-tray candidates "${nospace[@]}"
}
compdef _toggl_tray toggl-tray"""
"""Argcomplete's own reads `$BUFFER`, in which zsh leaves out the quote that a word begins with."""


def configure_completion(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``completion``."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    parser.epilog = (
        tr("For every new shell:") + "\n"
        "  bash  echo 'eval \"$(toggl-tray completion bash)\"' >> ~/.bashrc\n"
        "  zsh   echo 'eval \"$(toggl-tray completion zsh)\"' >> ~/.zshrc "
        + tr("(after compinit)")
        + "\n"
        "  fish  toggl-tray completion fish > ~/.config/fish/completions/toggl-tray.fish"
    )


def run_completion(_: Context, options: argparse.Namespace) -> None:
    """Carry out ``completion``."""
    from argcomplete.shell_integration import shellcode

    print(_ZSH if options.shell == "zsh" else shellcode(["toggl-tray"], shell=options.shell))


def answer(context: Context) -> None:
    """Tell the shell that asks (through ``_ARGCOMPLETE``) what could come next, and exit."""
    from argcomplete import autocomplete
    from argcomplete.completers import BaseCompleter

    class Completer(BaseCompleter):
        """Our candidates, in the shape that argcomplete asks for."""

        __call__ = Candidates(context).shown

    breaks = os.environ.get("_ARGCOMPLETE_COMP_WORDBREAKS", "")
    # Bash replaces an @ together with the word behind it, which argcomplete does not know.
    os.environ["_ARGCOMPLETE_COMP_WORDBREAKS"] = breaks.replace("@", "")
    root = Parser(prog="toggl-tray", description=tr("what could come next"))
    root.add_argument("--version", action="store_true")
    _add_profile(root, context)
    actions = root.add_subparsers()
    typed = context.environ.get("COMP_LINE", "").split()
    for name, command in commands.COMMANDS.items():
        parser = actions.add_parser(name, help=command.help, description=command.help)
        if name in typed:
            commands.configure(name, parser)
        _add_profile(parser, context)
    autocomplete(
        root,
        default_completer=Completer(),
        always_complete_options=False,
        validator=lambda candidate, prefix: candidate.casefold().startswith(prefix.casefold()),
    )


def _add_profile(parser: argparse.ArgumentParser, context: Context) -> None:
    """Offer to name the profile, where there is more than one."""
    if len(profiles.everything(context.environ)) > 1:
        parser.add_argument(launch_options.PROFILE, help=tr("about which account's files it is"))


def use_typed_profile(environ: MutableMapping[str, str]) -> None:
    """Complete what there is in the profile that the line names, if there is one of that name."""
    line = environ.get("COMP_LINE", "")
    try:
        words = shlex.split(line)
    except ValueError:  # a quote is still open
        words = line.split()
    typed = words if line.endswith(" ") else words[:-1]
    _, name = launch_options.without_profile(typed)
    with suppress(UserError):
        if name and profiles.existing(environ, name):
            environ[PROFILE_VARIABLE] = name


class Candidates:
    """What fits where an argument is neither a command nor an option."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def __call__(
        self, prefix: str, action: argparse.Action, parser: argparse.ArgumentParser, **_: Any
    ) -> Sequence[str] | Mapping[str, str]:
        """The candidates for one argument, by its name; with explanations, if it is a mapping.

        `prefix` is what stands there already; the caller drops what does not begin so.
        """
        match action.dest:
            case "line":
                from tray.cli.completed_line import lines

                return lines(self.context, prefix)
            case "entry" | "entries":
                return self._entries()
            case "entries_and_tags":
                return {**self._entries(), **dict.fromkeys(self._names("tag", parser), tr("a tag"))}
            case "project" | "client" | "tag" | "which" | "into" | "like" as what:
                return self._names("project" if what == "like" else what, parser)
            case "day" | "first" | "last":
                return _days(("week", "month", "all") if action.dest == "day" else ())
            case "who" | "assign" | "member" | "users" | "whose" | "range" | "by" as what:
                return self._people_or_report(what)
            case "place" | "to":
                return self._places()
            case "problem" | "profile" as what:
                return self._problems() if what == "problem" else self._profiles()
            case "file":
                return _files(prefix)
        return []

    def shown(self, *words: Any, **named: Any) -> Sequence[str] | Mapping[str, str]:
        """The candidates that can be typed, what explains them being one line of plain text."""
        found = self(*words, **named)
        if isinstance(found, Mapping):
            return {each: clean(one_line(about)) for each, about in found.items() if is_clean(each)}
        return [each for each in found if is_clean(each)]

    def _names(self, what: str, parser: argparse.ArgumentParser) -> list[str]:
        names = catalogue.names(self.context.db)
        if what in ("client", "tag"):  # the entry or project decides of which workspace it is
            found = names.clients.values() if what == "client" else names.tags.values()
            return list(dict.fromkeys(each.name for each in found if not each.archived))
        kind: Kind = "project" if what == "project" else parser.get_default("kind")
        archived = what == "which" and parser.prog.endswith((" restore", " reopen"))
        labels = [label for each, label in names.labels(kind) if each.archived == archived]
        # The last of the words is who is to do these tasks, and any may be the last.
        is_who = what == "which" and parser.prog.endswith(" assign")
        return [*labels, *self._people_or_report("who")] if is_who else labels

    def _people_or_report(self, what: str) -> list[str]:
        """Who is known to be in a workspace, or what a report can be of."""
        if what in ("range", "by"):
            return self._of_report(what)
        words = {"who": ["me", "nobody"], "assign": ["me"]}.get(what, [])
        return [*words, *(each.label for each in known_people.everyone(self.context.db))]

    def _of_report(self, what: str) -> list[str]:
        from tray.model.reports.report_definition import Grouping
        from tray.model.reports.report_range import WORDS
        from tray.store import saved_reports

        if what == "by":
            return [each.value for each in Grouping]
        ours = chosen.current().words.ranges
        return [*ours, *WORDS, *(each.name for each in saved_reports.all_saved(self.context.db))]

    def _entries(self) -> dict[str, str]:
        newest = entries.newest(self.context.db, _RECENT)
        names = catalogue.names_of(self.context.db, *newest)
        explained = {
            str(entry.id): f"{formatting.title(entry, names)} {messages.times(self.context, entry)}"
            for entry in newest
        }
        return {"last": tr("the latest"), "running": tr("the running one"), **explained}

    def _problems(self) -> dict[str, str]:
        from tray.cli.problems import everything

        return {each.key: each.sentence for each in everything(self.context)}

    def _profiles(self) -> list[str]:
        return [each.profile for each in profiles.everything(self.context.environ)]

    def _places(self) -> dict[str, str]:
        pinned = favourites.everything(self.context.db)
        names = catalogue.names_of(self.context.db, *(each.what for each in pinned))
        return {
            str(place): formatting.title(each.what, names)
            for place, each in enumerate(pinned, start=1)
        }


def _days(longer: tuple[str, ...]) -> list[str]:
    """What days are called, in the user's own words and in English; and longer times."""
    english = ["today", "yesterday", *longer, *WEEKDAYS]
    if chosen.current() is chosen.ENGLISH:
        return english
    words = chosen.current().words
    ranges = [word for word, meaning in words.ranges.items() if meaning in longer]
    return [*words.days_back, *ranges, *(names[0] for names in words.weekdays), *english]


def _files(prefix: str) -> list[str]:
    """The files and folders that go on with `prefix`."""
    folder = os.path.dirname(prefix)
    try:
        found = sorted(os.listdir(os.path.expanduser(folder) or "."))
    except OSError:
        return []
    hidden = os.path.basename(prefix).startswith(".")
    paths = [
        os.path.join(folder, name)
        for name in found
        if name.isprintable() and name.startswith(".") == hidden
    ]
    return [f"{path}/" if os.path.isdir(os.path.expanduser(path)) else path for path in paths]
