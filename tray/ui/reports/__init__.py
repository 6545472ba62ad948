"""The Reports page: where the time of any days went, painted by hand."""
