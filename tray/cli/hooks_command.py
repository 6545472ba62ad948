"""The command that lists hooks, and tries one with a sample of what it is told."""

import argparse
import os
import sys
from typing import Final

from tray import clock
from tray.cli import formatting
from tray.cli.commands import add_action, add_actions
from tray.cli.context import Context
from tray.errors import NotFound, Refused
from tray.hooks import hook_files, hook_message, hook_process
from tray.hooks.hook_files import Hook
from tray.language import tr
from tray.model import formats
from tray.model.entities import TimeEntry
from tray.store import catalogue, entries, hook_failures
from tray.store.hook_events import EVENTS, HERE, HookEvent

_A_WHILE: Final = 1_500
"""How long what a sample tells of has been, in seconds."""


def configure_hooks(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``hooks``."""
    parser.add_argument("--json", action="store_true", help=tr("list as JSON"))
    actions = add_actions(parser)
    run = add_action(
        actions, "run", explanation=tr("run the hooks of an event with a sample"), run=_run
    )
    run.add_argument("event", choices=EVENTS, help=tr("which event"))
    run.add_argument("name", nargs="?", help=tr("only the hook of that name"))
    run.add_argument(
        "--show", action="store_true", help=tr("only show the sample, as a hook reads it")
    )


def run_hooks(context: Context, options: argparse.Namespace) -> None:
    """Carry out ``hooks`` without an action: list them."""
    folder, is_on = context.paths.hooks, context.settings.run_hooks
    found = hook_files.find(folder)
    failed = hook_failures.everything(context.db)
    if options.json:
        listed = [
            {
                "event": each.event,
                "name": each.name,
                "refused": each.problem or None,
                "failed": failed.get(each.name),
            }
            for each in found
        ]
        formatting.print_json({"v": 1, "folder": folder, "on": is_on, "hooks": listed})
        return
    if found:
        rows = [[each.event, each.name, _state(each, failed)] for each in found]
        print(formatting.table(rows))
    else:
        print(
            tr("No hooks. A program of yours in {folder} is one if its name begins with:").format(
                folder=folder
            )
        )
        for event in EVENTS:
            print(f"  {os.path.join(folder, event)}")
    if not is_on:
        print(tr("The settings say that none is run."))


def _state(hook: Hook, failed: dict[str, str]) -> str:
    return hook.problem or failed.get(hook.name) or tr("is run")


def _run(context: Context, options: argparse.Namespace) -> None:
    message = hook_message.message(
        context.db, _sample(context, options.event), context.settings, now=context.now
    )
    if options.show:
        print(message.decode(), end="")
        return
    of_event = [
        each for each in hook_files.find(context.paths.hooks) if each.event == options.event
    ]
    chosen = [each for each in of_event if options.name in (None, each.name)]
    if not chosen:
        raise NotFound(tr("There is no such hook in {folder}.").format(folder=context.paths.hooks))
    failures = [sentence for each in chosen if (sentence := _tried(context, each, message))]
    if failures:
        raise Refused(failures[0])


def _tried(context: Context, hook: Hook, message: bytes) -> str:
    """Run a hook and show what it wrote; why it failed, or nothing."""
    if hook.problem:
        return hook.problem
    began = clock.now()
    result = hook_process.run(hook, message, context.environ)
    if result.output:
        print(result.output)
    if not result.failure:
        print(
            tr("The hook {name} is done after {seconds} s.").format(
                name=hook.name, seconds=clock.now() - began
            )
        )
    sys.stdout.flush()
    return result.failure


def _sample(context: Context, event: str) -> HookEvent:
    """An event as it could be, of the entry that runs or the latest."""
    now = context.now
    details: dict[str, object] = {}
    if event in ("start", "stop", "change"):
        details = {"changes": [_sample_change(context, event)], "count": 1}
    elif event == "sync-problem":
        details = {"problem": {"kind": "refused", "said": tr("The server refused an entry.")}}
    else:
        back = None if event == "idle" else formats.iso_utc(now)
        details = {"absence": {"begin": formats.iso_utc(now - _A_WHILE), "back": back}}
    return HookEvent(0, now, event, HERE, "", 0, {**details, "sample": True})


def _sample_change(context: Context, event: str) -> list[object]:
    now, db = context.now, context.db
    entry = entries.running(db) or entries.latest(db, until=now)
    if entry is None:
        workspace = catalogue.workspace_of_new(db)
        entry = TimeEntry(0, workspace, "Sample", None, None, (), False, now - _A_WHILE, None)
    running = _image(entry._replace(stop=None))
    stopped = _image(entry._replace(stop=max(now, entry.start)))
    before, after = {
        "start": (None, running),
        "stop": (running, stopped),
        "change": (_image(entry._replace(description="")), _image(entry)),
    }[event]
    return [entry.id, before, after]


def _image(entry: TimeEntry) -> list[object]:
    """An entry as the store notes it for hooks."""
    tags = "[" + ",".join(map(str, entry.tag_ids)) + "]"
    return [*entry[1:5], tags, int(entry.billable), entry.start, entry.stop]
