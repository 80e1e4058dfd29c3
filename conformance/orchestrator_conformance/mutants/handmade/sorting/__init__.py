"""Mutants that sort lists wrongly."""
