"""The page of the settings with the profiles."""
