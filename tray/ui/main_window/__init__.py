"""The main window: a rail, and beside it the pages that it leads to."""
