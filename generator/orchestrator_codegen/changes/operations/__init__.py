"""Compares operations: parameters, bodies, answers, security and servers."""
