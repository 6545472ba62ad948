"""What the settings show of an account, and the window with what waits for the user."""
