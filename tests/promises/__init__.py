"""The README's promises, measured by one command; ``python -m tests.promises``."""
