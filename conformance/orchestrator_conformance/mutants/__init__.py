"""Backends that misbehave on purpose: each breaks one requirement of the reference backend, and nothing else.

They show that the suite can fail, and that a failure points at what is broken. A mutant is a class in place of one
part of the reference backend, marked with the requirement that it breaks; its docstring says how.
"""
