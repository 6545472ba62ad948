#!/bin/sh
# Installs other people's Toggl clients, each into a folder of its own below .clients, for
# tests/hub/test_clients.py: their requirements exclude each other, and are none of the program.
set -eu
root=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
cd -- "$root"
. packaging/setup.sh
set_up test
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv

# client NAME REQUIREMENT...
client() {
    folder=.clients/$1
    shift
    [ -d "$folder" ] || .venv/bin/uv pip install --quiet --python .venv/bin/python \
        --target "$folder" "$@"
}

client togglcli togglcli==4.0.1 'setuptools<81'
client toggl-api-wrapper toggl-api-wrapper==2.2.0
client toggl-python toggl-python==0.3.2
client toggl-track-mcp toggl-track-mcp==0.1.0 'mcp<2'
client togglpy TogglPy==0.1.2
# lib-toggl wants Python 3.13, and is in an environment of its own where there is one.
for python in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3.13; do
    [ ! -x .clients/lib-toggl/bin/python ] || break
    "$python" -c '' 2>/dev/null || continue
    "$python" -m venv --without-pip .clients/lib-toggl
    .venv/bin/uv pip install --quiet --python .clients/lib-toggl/bin/python lib-toggl==0.2.4
done
if command -v npm >/dev/null && [ ! -d .clients/npm ]; then
    npm install --silent --no-audit --no-fund --ignore-scripts --prefix .clients/npm toggl-api@1.0.2
fi
