"""Stand-ins for the outside worlds, real classes with the same interface."""
