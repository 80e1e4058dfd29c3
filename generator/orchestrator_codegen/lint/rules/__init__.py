"""The rules of `lint`, by topic."""
