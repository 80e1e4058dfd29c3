"""Mutants that grant access to what a caller may not see, or refuse access to what they show in lists."""
