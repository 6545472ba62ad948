"""What the operating system offers, behind small interfaces that say what does not work and why."""
