"""The worked example of docs/tutorials/write-a-backend.md: a backend, a program that uses it, and its claims."""
