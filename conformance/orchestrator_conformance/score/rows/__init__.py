"""The rows of a score, counted from the trials of each kind of variant."""
