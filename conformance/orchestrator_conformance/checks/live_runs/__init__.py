"""Checks of how runs change over time, and of what lists and overviews show of them meanwhile."""
