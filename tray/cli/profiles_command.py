"""The command for several accounts beside each other: list, make, switch, rename, remove."""

import argparse

from tray import profile_actions, profiles
from tray.cli import formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.cli.prompts import agrees, is_interactive
from tray.cli.streams import print_notice
from tray.common_settings import common_settings
from tray.errors import NotConfirmed
from tray.language import tr
from tray.model.formats import iso_utc
from tray.profile_actions import ProfileState
from tray.sentences import together


def configure_profiles(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``profiles``."""
    parser.epilog = tr(
        "Each has an account, a database, settings and a tray of its own. `toggl-tray --profile\n"
        "NAME …` is about one of them; so is TOGGL_TRAY_PROFILE. Without a name, everything is\n"
        "about the profile that was switched to last."
    )
    parser.add_argument("--json", action="store_true", help=tr("list as JSON"))
    actions = add_actions(parser)
    listing = add_action(
        actions, "list", explanation=tr("list the profiles there are"), run=run_profiles
    )
    listing.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=tr("as JSON")
    )
    made = add_action(
        actions, "create", explanation=tr("make one, with the settings of this one"), run=_create
    )
    made.add_argument("name", help=tr("what it is called"))
    used = add_action(
        actions, "use", explanation=tr("switch to one, for all that names none"), run=_use
    )
    used.add_argument("profile", help=tr("its name; “default” is the first"))
    renamed = add_action(actions, "rename", explanation=tr("call one something else"), run=_rename)
    renamed.add_argument("profile", help=tr("its name"))
    renamed.add_argument("name", help=tr("what it is called from now on"))
    gone = add_action(
        actions, "remove", explanation=tr("remove one, after a backup of it"), run=_remove
    )
    gone.add_argument("profile", help=tr("its name"))
    gone.add_argument("--yes", action="store_true", help=tr("without being asked"))
    back = add_action(
        actions, "restore", explanation=tr("bring a removed one back, as it was"), run=_restore
    )
    back.add_argument("name", help=tr("its name"))
    timers = add_action(
        actions,
        "timer",
        explanation=tr("whether one entry runs in all of them together, or one in each"),
        run=_timer,
    )
    timers.add_argument("timers", choices=("one", "each"), nargs="?", help=tr("none: say which"))


def run_profiles(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``profiles`` and ``profiles list``."""
    found = profile_actions.states(context.environ)
    here = context.paths.profile
    if options.json:
        listed = [_json(each, here) for each in found]
        formatting.print_json({"v": 1, "profiles": listed, "one_timer": _one_timer(context)})
        return
    print(formatting.table([_row(context, each, here) for each in found], right=(4,)))
    for name, folder in profiles.removed(context.environ):
        text = tr("Removed: {name}. `toggl-tray profiles restore` brings it back from {folder}.")
        print_notice(text.format(name=name, folder=folder))


def _row(context: Context, state: ProfileState, here: str) -> list[str]:
    return [
        "*" if state.name == here else "",
        profiles.shown(state.name),
        state.account or tr("no account"),
        _running(context, state),
        tr("{number:.1f} MB").format(number=state.size_bytes / 1e6),
        tr("its tray runs") if state.has_tray else "",
    ]


def _running(context: Context, state: ProfileState) -> str:
    if state.running is None:
        return tr("nothing runs")
    since = formatting.moment(context, state.running_since)
    name = state.running or tr("an entry without a description")
    return tr("{name}, since {moment}").format(name=name, moment=since)


def _json(state: ProfileState, here: str) -> dict[str, object]:
    runs = state.running is not None
    return {
        "name": state.name,
        "current": state.name == here,
        "account": state.account or None,
        "url": state.url or None,
        "running": state.running,
        "running_since": iso_utc(state.running_since) if runs else None,
        "unsent": state.unsent,
        "size_bytes": state.size_bytes,
        "data": state.paths.data,
        "tray": state.has_tray,
    }


def _create(context: Context, options: argparse.Namespace) -> None:
    made = profiles.create(context.environ, options.name)
    profile_actions.tell_login_apart(context.environ)
    print(
        together(
            tr("Made the profile “{name}”.").format(name=made.profile),
            tr("`toggl-tray profiles use` switches to it."),
        )
    )


def _use(context: Context, options: argparse.Namespace) -> None:
    found = profiles.existing(context.environ, options.profile)
    profile_actions.switch(context.environ, found)
    print(
        tr("What names no profile is about “{name}” now.").format(
            name=profiles.shown(found.profile)
        )
    )


def _rename(context: Context, options: argparse.Namespace) -> None:
    old = profiles.existing(context.environ, options.profile)
    new = profile_actions.rename(context.environ, old, options.name)
    text = tr("The profile “{old}” is called “{new}” now.")
    print(text.format(old=old.profile, new=new.profile))


def _remove(context: Context, options: argparse.Namespace) -> None:
    profile = profiles.existing(context.environ, options.profile)
    state = profile_actions.state_of(context.environ, profile)
    if not options.yes:
        if not is_interactive():
            raise NotConfirmed(
                tr("The profile “{name}” was not removed: nobody was asked.").format(
                    name=profile.profile
                )
            )
        if not agrees(profile_actions.question(state)):
            print(tr("Nothing was removed."))
            return
    folder = profile_actions.remove(context.environ, profile, now=context.now)
    print(
        together(
            tr("Removed the profile “{name}”.").format(name=profile.profile),
            tr("Its files are kept in {folder}; `profiles restore` brings it back.").format(
                folder=folder
            ),
        )
    )


def _restore(context: Context, options: argparse.Namespace) -> None:
    found = profiles.bring_back(context.environ, options.name)
    print(
        together(
            tr("The profile “{name}” is there again.").format(name=found.profile),
            tr("Sign in to its account once more."),
        )
    )


def _one_timer(context: Context) -> bool:
    return common_settings(context.paths.profiles_folder).one_timer


def _timer(context: Context, options: argparse.Namespace) -> None:
    folder = context.paths.profiles_folder
    if options.timers is not None:
        chosen = common_settings(folder)._replace(one_timer=options.timers == "one")
        profiles.set_common(context.environ, chosen)
    print(
        tr("One entry runs in all profiles together: a start stops what runs in another.")
        if _one_timer(context)
        else tr("Each profile has a running entry of its own.")
    )
