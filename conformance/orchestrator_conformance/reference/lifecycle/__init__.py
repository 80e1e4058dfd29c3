"""Instances of the reference backend (`instance`), how they change (`lifecycle`), and their store."""
