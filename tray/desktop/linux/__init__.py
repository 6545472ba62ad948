"""Linux and other Unixes with an X server, Wayland and a D-Bus session."""
