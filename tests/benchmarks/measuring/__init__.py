"""Measures costs, and generates the packages of the peers."""
