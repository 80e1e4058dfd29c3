"""Mutants written by hand, by topic. Each breaks one requirement."""
