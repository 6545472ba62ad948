"""Keeps the local copy and the account in step, within the requests the account has an hour."""
