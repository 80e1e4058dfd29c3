"""Instances of the reference backend, and how they change."""
