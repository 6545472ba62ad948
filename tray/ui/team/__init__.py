"""The page of the team: who is in a workspace, what they are doing, who takes part in what."""
