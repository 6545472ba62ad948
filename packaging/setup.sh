# shellcheck shell=sh
# Brings .venv to what the files beside this one ask for. Sourced, with `root` set to the checkout.
#
# .venv/ready-run and .venv/ready-test say what was installed: where the checkout and its Python
# are, then the checksums of what asks for things. While that is so there is nothing to do. They
# are taken away before any change and written last, so a .venv without ready-run is half-made; it
# is made anew, and so is one whose checkout was moved or whose Python was replaced. The program
# itself is installed as a reference to the checkout: it is always as new as the sources.

# shellcheck disable=SC2154  # whoever sources this sets root
venv=$root/.venv
python= # what makes .venv, or what is in it already

# set_up run|test
set_up() {
    if [ -x "$venv/bin/python" ]; then
        [ "$(cat -- "$venv/ready-$1" 2>/dev/null)" = "$(describe)" ] && return
        [ "$(head -n 2 -- "$venv/ready-run" 2>/dev/null)" = "$(describe | head -n 2)" ] \
            && python=$venv/bin/python
    fi
    if [ -e "$venv/setting-up" ] && kill -0 "$(cat -- "$venv/setting-up")" 2>/dev/null; then
        die "another set-up is at work in .venv; try again when it is done"
    fi

    [ -n "$python" ] || find_python
    install_system_packages "$1"
    # apart, so that a machine that cannot have one of these goes without that one only
    if [ "$1" = test ] && grep -q '^VERSION_CODENAME=bookworm$' /etc/os-release 2>/dev/null; then
        install_system_packages browser
        install_system_packages gnome
        install_system_packages plasma
    fi
    [ "$python" = "$venv/bin/python" ] || make_venv
    echo $$ >"$venv/setting-up"
    rm -f -- "$venv/ready-run" "$venv/ready-test"
    install_python_packages "$1"
    describe >"$venv/ready-$1"
    [ "$1" = run ] || describe >"$venv/ready-run"
    rm -f -- "$venv/setting-up"
}

describe() {
    printf '%s\n' "$root"
    readlink -f -- "$venv/bin/python" || echo none
    (cd -- "$root" && cksum pyproject.toml packaging/setup.sh packaging/*.txt resources/languages/*/*.po)
}

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    die "Python 3.11 or newer is needed, and $(python3 --version 2>/dev/null || echo none) is" \
        "here; install one (as python3.11, say; on Debian and Ubuntu with python3.11-venv)," \
        "then run this again"
}

# install_system_packages run|virtual|test|browser|gnome|plasma
install_system_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "no apt-get here, so please see to it that there are Python 3.11 or newer with venv" \
            "and, on Linux, what Qt loads: libGL, libEGL, libxkbcommon, fontconfig, D-Bus, xcb-cursor"
        return
    fi
    # shellcheck disable=SC2046  # one word for each package
    set -- $(missing_packages "$1")
    [ $# -gt 0 ] || return 0
    as_root="env" # which changes nothing
    if [ "$(id -u)" -ne 0 ]; then
        as_root=$(command -v sudo) || {
            say "only root may install what is missing: apt-get install $*"
            return 0
        }
    fi
    say "installing system packages, for Python's venv, Qt, a desktop or the tests: $*"
    "$as_root" apt-get update -qq >/dev/null 2>&1 </dev/null || say "apt-get update failed; going on"
    quietly "$as_root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" \
        || say "apt-get could not install them, see above; going on without"
}

# missing_packages run|virtual|test|browser|gnome|plasma
missing_packages() {
    # A later release may have another name for a package, and say so in Provides.
    # shellcheck disable=SC2016  # these are dpkg's variables
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' \
        | sed -n 's/^installed / /p' | tr '\n,' '  ')
    case $1 in
        run) lines='1,/^\[virtual\]/' ;;
        virtual) lines='1,/^\[test\]/' ;;
        test) lines='1,/^\[gnome\]/' ;;
        *) lines="/^\[$1\]/,/^\[/" ;;
    esac
    sed -n "${lines}s/^[a-z0-9]/&/p" "$root/packaging/debian-packages.txt" \
        | while read -r package; do
            case "$installed " in *" $package "*) ;; *) echo "$package" ;; esac
        done
    "$python" -c 'import ensurepip, venv' 2>/dev/null \
        || "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

make_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null \
        || die "$python has no venv; install it (Debian, Ubuntu: python3-venv), then run this again"
    say "making .venv with $("$python" --version), to keep what follows apart from the system"
    rm -rf -- "$venv"
    mkdir -- "$venv"
    echo $$ >"$venv/setting-up"
    quietly "$python" -m venv "$venv" || die "Python could not make .venv; it says why above"
}

# install_python_packages run|test
install_python_packages() {
    say "installing the pinned libraries into .venv, the first time about 100 MB, most of it Qt"
    lists=$root/packaging
    if [ "$1" = test ]; then
        set -- -r "$lists/requirements.txt" -r "$lists/requirements-test.txt"
    else
        set -- -r "$lists/requirements.txt"
    fi
    pip_install --require-hashes --no-deps --only-binary :all: "$@"
    pip_install --no-index --no-deps --no-build-isolation --editable "$root"
    qt_error=$("$venv/bin/python" -c 'import PySide6.QtWidgets' 2>&1) \
        || say "commands work here, the tray does not, as Qt does not load: ${qt_error##*Error: }"
}

pip_install() {
    quietly "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" \
        || die "the libraries could not be installed; pip says why above"
}

# Runs a command; what it prints is shown only if it fails.
quietly() {
    output=$("$@" 2>&1 </dev/null) || {
        printf '%s\n' "$output" >&2
        return 1
    }
}

say() { printf 'toggl-tray: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}
