"""Mutants whose answers about workflows are wrong."""
