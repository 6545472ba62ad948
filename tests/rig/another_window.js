// Another program's window: it says what is typed there and whether it has the keyboard, and at the
// key 1 it gets a token, as a panel does before it starts a program.
imports.gi.versions.Gdk = '4.0';
imports.gi.versions.Gtk = '4.0';
const {Gdk, Gio, GLib, Gtk} = imports.gi;

Gtk.init();
const window = new Gtk.Window({title: 'Another', default_width: 200, default_height: 100});
const keys = new Gtk.EventControllerKey();
keys.connect('key-pressed', (_keys, key) => {
    print(`key ${Gdk.keyval_name(key)}`);
    if (key === Gdk.KEY_1) {
        const app = Gio.AppInfo.create_from_commandline(
            'true', 'Toggl Tray', Gio.AppInfoCreateFlags.SUPPORTS_STARTUP_NOTIFICATION);
        const context = Gdk.Display.get_default().get_app_launch_context();
        print(`token ${context.get_startup_notify_id(app, [])}`);
    }
    return true;
});
window.add_controller(keys);
window.connect('notify::is-active', () => print(`active ${window.is_active}`));
window.present();
new GLib.MainLoop(null, false).run();
