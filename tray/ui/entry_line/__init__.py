"""The line an entry is typed into, with its chips and candidates, for every window that has one."""
