"""What a user can do: each verb is one transaction that can be undone, and says what it changed."""
