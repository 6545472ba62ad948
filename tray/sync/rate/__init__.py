"""When the server may be asked again: quota, polling, back-off, and how far its clock is."""
