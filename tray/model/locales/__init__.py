"""One module for each language: how it writes days and numbers, and which of its words are read."""
