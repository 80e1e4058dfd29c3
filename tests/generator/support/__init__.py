"""Documents, packages and comparisons that several tests of the generator share."""
