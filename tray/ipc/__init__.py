"""Which instance is the first one, and the short messages that the others send to it."""
