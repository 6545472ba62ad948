"""Stopping what runs at an earlier moment."""
