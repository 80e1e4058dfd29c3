"""The worked example of the README: a backend, a program that uses it, and what it claims to have."""
