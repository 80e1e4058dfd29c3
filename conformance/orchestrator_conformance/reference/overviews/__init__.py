"""Workflows of the reference backend: their definitions, the catalogue, and statistics on their runs."""
