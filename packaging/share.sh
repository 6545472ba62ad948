# shellcheck shell=sh
# What packages for Linux put into /usr/share; sourced, with `root` set to the checkout.

# shellcheck disable=SC2154  # whoever sources this sets root
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/tray/__init__.py")

# put_share FOLDER: menu entry, AppStream data and icons below FOLDER
put_share() {
    mkdir -p "$1/applications" "$1/metainfo" "$1/icons/hicolor/scalable/apps" \
        "$1/icons/hicolor/256x256/apps"
    install -m 644 "$root/resources/toggl-tray.desktop" "$1/applications/"
    install -m 644 "$root/resources/icons/toggl-tray.svg" "$1/icons/hicolor/scalable/apps/"
    install -m 644 "$root/resources/icons/toggl-tray.png" "$1/icons/hicolor/256x256/apps/"
    sed "s/@VERSION@/$version/; s/@DATE@/$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%F)/" \
        "$root/packaging/toggl-tray.metainfo.xml" \
        >"$1/metainfo/io.github.toggl_tray.TogglTray.metainfo.xml"
    chmod 644 "$1/metainfo/"*
}
