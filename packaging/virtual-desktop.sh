#!/bin/sh
# Runs a command on the desktop there is; where there is none (a server, a container), on a virtual
# one with a panel, and leaves a picture of it. Before the command, `--once` ends both after the
# picture; without a terminal to press Ctrl+C in, that is so anyway.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/setup.sh"

once=
if [ "$1" = --once ]; then
    once=--once
    shift
fi
if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
    exec "$@"
fi

[ -t 0 ] || once=--once
say "there is no desktop session here, so a virtual one is brought up, with a panel for the icon"
python=$venv/bin/python
install_system_packages virtual
cd -- "$root"
exec "$python" -m tests.rig ${once:+"$once"} --picture "$venv/desktop.png" "$@"
