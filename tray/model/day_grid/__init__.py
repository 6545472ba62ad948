"""A grid of days and hours: what stands where in it, and what dragging makes of that."""
