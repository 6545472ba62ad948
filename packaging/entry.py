"""What a frozen program starts with."""

from tray.__main__ import main

main()
