"""How this computer and an account are connected, and parted again."""
