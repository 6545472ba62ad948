"""What works on several systems, for where nothing better exists."""
