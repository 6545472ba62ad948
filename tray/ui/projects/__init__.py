"""The page with projects, clients, tags, tasks and favourites, all edited where they stand."""
