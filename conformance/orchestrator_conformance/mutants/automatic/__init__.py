"""Mutants made by a tool: single edits of the reference backend's syntax tree."""
