"""What was done here, on its way to the server: chosen, sent, and settled by the answer."""
