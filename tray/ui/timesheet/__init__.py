"""The week as a grid of projects by days, a length typed into each cell."""
