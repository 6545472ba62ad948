"""What is on the server, on its way here: fetched by pages, matched with what was sent, applied."""
