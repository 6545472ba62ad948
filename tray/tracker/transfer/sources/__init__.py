"""What other programs keep of time, each format in a module of its own, as content to import."""
