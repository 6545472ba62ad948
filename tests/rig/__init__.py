"""A desktop of our own for tests of the tray, and for showing it where there is no desktop.

A private X server, window manager, panel, notification daemon and D-Bus session, driven as a
person would: by pointer and keyboard. `desktop.Desktop` is the way in.
"""
