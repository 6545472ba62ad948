#!/bin/bash
# Tries what was built in a bare Debian without a compiler, as root, in a chroot of its own:
#     packaging/try_debian.sh RELEASE FORM...    bookworm or trixie; wheel, frozen, deb, appimage
# They are those in dist (or in $DIST); a wheel that is not there is built. It takes xdotool, and
# the environment of packaging/test.sh, whose stand-in for a server the tray exchanges with.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname -- "$here")
DIST=${DIST:-$root/dist}
release=$1
shift
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
base=${TRIALS:-/tmp/toggl-tray-trials}/$release
system=$base.system
display=:72
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/tray/__init__.py")

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# A system as debootstrap makes it, anew for each form.
fresh() {
    leave
    [ -d "$base/usr" ] \
        || debootstrap --variant=minbase --include=ca-certificates "$release" "$base" "$mirror"
    rm -rf "$system"
    cp -a "$base" "$system"
    cp /etc/resolv.conf /etc/hosts "$system/etc/"
    mkdir -p "$system/etc/ssl/certs" # this machine may reach registries by a proxy of its own
    cp /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/"
    mkdir -p "$system/tmp/.X11-unix" "$system/trial"
    mount -t proc proc "$system/proc"
    mount --bind /dev "$system/dev"
    mount --bind /tmp/.X11-unix "$system/tmp/.X11-unix"
    inside 'apt-get update -qq'
}

leave() {
    for place in tmp/.X11-unix dev proc; do
        ! mountpoint -q "$system/$place" || umount --lazy "$system/$place"
    done
}

# inside COMMANDS: as root, with a virtual screen and no other desktop
inside() {
    local network
    mapfile -t network < <(env | grep -iE '^(https?_proxy|no_proxy|PIP_(CERT|INDEX_URL)|UV_DEFAULT_INDEX|SSL_CERT_FILE)=' || true)
    chroot "$system" env -i "${network[@]}" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        HOME=/root LANG=C.UTF-8 DISPLAY=$display DEBIAN_FRONTEND=noninteractive sh -euc "$1"
}

install_packages() { inside "apt-get install -y -qq --no-install-recommends $* >/dev/null"; }

# took TIMES COMMAND: the least of so many
took() {
    # shellcheck disable=SC2016  # of the chroot's shell
    inside 'least=999999
        for each in $(seq '"$1"'); do
            begun=$(date +%s%N); '"$2"' >/dev/null; took=$((($(date +%s%N) - begun) / 1000000))
            [ $took -ge $least ] || least=$took
        done
        echo "'"$2"' took $least ms"'
}

# tracks COMMAND: starts the tray, tracks with Chinese names, and quits
tracks() {
    inside "! command -v cc && ! command -v gcc" || fail "there is a compiler"
    inside "$1 --version"
    if inside "LD_DEBUG=files $1 --version 2>&1" | grep -q libQt6Core; then
        fail "a command loads Qt"
    fi
    inside "$1 start '写报告 @客户 #标签' --new | cat; $1 status | grep -q '^写报告 · 客户'"
    took 10 "$1 status"
    inside "begun=\$(date +%s%N)
        $1 >/trial/tray.log 2>&1 &
        for each in \$(seq 600); do
            if grep -q address.:./ /root/.local/share/toggl-tray/tray.lock 2>/dev/null; then break; fi
            sleep 0.1
        done
        echo \"the tray listens after \$(((\$(date +%s%N) - begun) / 1000000)) ms\"
        $1 quick
        pid=\$(sed 's/.*\"pid\":\\([0-9]*\\).*/\\1/' /root/.local/share/toggl-tray/tray.lock)
        sleep 30
        grep -E '^(Pss|Rss):' /proc/\$pid/smaps_rollup
        $1 doctor
        $1 toggl-tray:stop
        for each in \$(seq 60); do
            if $1 status | grep -q 'Nothing is running'; then break; fi
            sleep 1
        done
        $1 status | grep 'Nothing is running'
        $1 quit"
    printf 'ok  the tray started, a link stopped what ran, commands have Chinese names\n'
    starts_others "$1"
    DISPLAY=$display "$root/.venv/bin/python" "$here/try_package.py" "$system/trial" /trial "$1" "$1"
}

# starts_others COMMAND: what it starts itself, its own processes and programs that are not its own
starts_others() {
    local settings=$system/root/.config/toggl-tray token=0123456789abcdef0123456789abcdef
    local others=$system/usr/local/bin/dbus-launch # which Qt starts where there is no bus
    mkdir -p "$settings/hooks"
    printf '#!/bin/sh\ncat >/trial/told\n' >"$settings/hooks/start"
    local menus=$system/usr/local/bin/kbuildsycoca5 # which Plasma reads menus anew by
    printf '#!/bin/sh\nenv >/trial/environment\n' >"$others"
    cp "$others" "$menus"
    chmod 755 "$settings/hooks/start" "$others" "$menus"
    printf '%s\n' "$token" >"$system/etc/machine-id" # without it Qt does not ask for one
    printf 'serve_api = true\napi_port = 17997\n' >"$settings/settings.toml"
    rm -f "$system/trial/told" "$system/trial/environment"
    inside "LC_ALL=zh_CN.UTF-8 $1 status | grep -q 没有正在计时
        LC_ALL=de_DE.UTF-8 $1 status | grep -q 'Nichts läuft'
        export TOGGL_TRAY_API_TOKEN=$token
        $1 >/trial/tray.log 2>&1 &
        ask() {
            bash -c \"exec 3<>/dev/tcp/127.0.0.1/17997 && printf 'GET /api/v9/me HTTP/1.0\r\nHost: \
localhost\r\nAuthorization: Basic \$(printf %s:api_token $token | base64 -w0)\r\n\r\n' >&3 && head -n1 <&3\" 2>&1
        }
        for each in \$(seq 60); do
            if ask | grep -q ' 200 '; then break; fi
            sleep 1
        done
        ask | grep ' 200 '
        $1 start 'Told to hooks'
        for each in \$(seq 60); do
            if [ -s /trial/told ]; then break; fi
            sleep 1
        done
        grep -q 'Told to hooks' /trial/told
        $1 stop
        $1 quit"
    has_own_libraries
    inside "KDE_SESSION_VERSION=5 $1 install >/dev/null && $1 uninstall >/dev/null"
    has_own_libraries
    rm -r "$settings" "$others" "$menus"
    printf 'ok  hooks are told, the API answers, other programs have their own libraries\n'
}

# What another program that was started had around it.
has_own_libraries() {
    grep -q '^DISPLAY=' "$system/trial/environment" || fail "no other program was started"
    ! grep LD_LIBRARY_PATH "$system/trial/environment" || fail "other programs get our libraries"
    rm "$system/trial/environment"
}

# Where the program is asked for its places: those of root.
try_wheel() {
    say "$release: the wheel, into a venv, without a compiler"
    local wheel=$DIST/toggl_tray-$version-py3-none-any.whl
    [ -f "$wheel" ] || "$root/.venv/bin/python" -m hatchling build -t wheel -d "$DIST" >/dev/null
    fresh
    cp "$wheel" "$system/trial/"
    install_packages pipx python3-venv libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 \
        libgssapi-krb5-2 \
        libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 \
        libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 \
        libxkbcommon-x11-0
    inside "python3 -m venv /opt/tray && /opt/tray/bin/pip install --quiet /trial/*.whl"
    tracks /opt/tray/bin/toggl-tray
    inside "/opt/tray/bin/toggl-tray install --autostart; /opt/tray/bin/toggl-tray uninstall
        /opt/tray/bin/pip uninstall --quiet --yes toggl-tray
        test ! -e /opt/tray/bin/toggl-tray
        test -f /root/.local/share/toggl-tray/toggl-tray.db"
    printf 'ok  removed, the data is there\n'
    starts pipx 'pipx install /trial/*.whl >/dev/null' 'pipx uninstall toggl-tray >/dev/null'
    inside '/opt/tray/bin/pip install --quiet uv'
    starts uv '/opt/tray/bin/uv tool install --quiet --python /usr/bin/python3 /trial/*.whl' \
        '/opt/tray/bin/uv tool uninstall --quiet toggl-tray'
}

# starts NAME INSTALL REMOVE: by another installer
starts() {
    inside "$2 && /root/.local/bin/toggl-tray list | grep -q 写报告"
    inside "$3 && test ! -e /root/.local/bin/toggl-tray"
    printf 'ok  %s installs and removes it\n' "$1"
}

# try_folder FOLDER PROGRAM: of $DIST
try_folder() {
    fresh
    cp -a "$DIST/$1" "$system/opt/"
    install_packages libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libx11-xcb1 \
        libxcb-randr0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libbrotli1 \
        libgssapi-krb5-2 libxcb-render0 libxcb-shm0
    tracks "/opt/$1/$2"
    rm -rf "$system/opt/$1"
    [ -f "$system/root/.local/share/toggl-tray/toggl-tray.db" ] || fail "the data is gone"
}

try_frozen() {
    say "$release: the frozen folder"
    try_folder toggl-tray toggl-tray
}

try_appimage() {
    say "$release: what the AppImage holds, by its AppRun"
    try_folder Toggl_Tray.AppDir AppRun
}

try_deb() {
    say "$release: the package, upgraded from a version before, removed and purged"
    fresh
    local deb=$DIST/toggl-tray_${version}_amd64.deb
    rm -rf "$base.before"
    dpkg-deb -R "$deb" "$base.before"
    sed -i 's/^Version:.*/Version: 0.0.1/' "$base.before/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$base.before" "$system/trial/before.deb" \
        >/dev/null
    cp "$deb" "$system/trial/now.deb"
    inside 'apt-get install -y -qq --no-install-recommends /trial/before.deb >/dev/null 2>&1'
    [ ! -e "$system/etc/xdg/autostart/toggl-tray.desktop" ] || fail "it starts by itself"
    tracks toggl-tray
    inside 'apt-get install -y -qq --no-install-recommends /trial/now.deb >/dev/null 2>&1
        toggl-tray list | grep -q 写报告'
    printf 'ok  upgraded, the data is there\n'
    inside 'apt-get purge -y -qq toggl-tray >/dev/null
        ! find / -xdev -name "*toggl-tray*" -not -path "/root/*" -not -path "/trial/*" \
            -not -path "/proc/*" | grep .'
    [ -f "$system/root/.local/share/toggl-tray/toggl-tray.db" ] || fail "the data is gone"
    printf 'ok  purged without a trace, the data is there\n'
}

export -f inside # for try_package.py
export system display
mkdir -p "$(dirname -- "$base")"
trap leave EXIT
if [ ! -S "/tmp/.X11-unix/X${display#:}" ]; then
    Xvfb "$display" -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    trap 'leave; kill "$screen"' EXIT
    until [ -S "/tmp/.X11-unix/X${display#:}" ]; do sleep 0.1; done
fi
for form in "$@"; do
    "try_$form"
done
say "all as it should be"
