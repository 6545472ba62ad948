"""Values and pure decisions: no I/O, no Qt; the clock and the zone are arguments."""
