"""Files and backups in the settings: import, export, backups, and what was exchanged."""
