"""Filters of the reference backend: parsing, columns and evaluation."""
