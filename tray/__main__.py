"""Starts the program: ``toggl-tray`` and ``python -m tray``."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from tray.cli.main import main as run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
