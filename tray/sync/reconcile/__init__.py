"""Brings rows of ours and the server's versions of them together, wherever either came from."""
