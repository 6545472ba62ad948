"""The small window that comes up at the icon: what runs, the day, and what to start next."""
