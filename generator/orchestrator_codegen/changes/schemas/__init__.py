"""Compares schemas."""
