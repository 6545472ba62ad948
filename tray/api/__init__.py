"""The account's server: one module for each protocol it may speak, and what carries them."""
