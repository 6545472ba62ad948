"""The bar on top of every page: what runs, each part of it edited where it stands."""
