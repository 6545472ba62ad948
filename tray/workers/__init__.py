"""What the tray does on threads of its own, so that no click ever waits for it."""
