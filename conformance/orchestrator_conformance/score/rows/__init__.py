"""The rows of a score: what the trials of each kind of variant show."""
