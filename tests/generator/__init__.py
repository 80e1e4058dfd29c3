"""The code generator: what it reads, what it refuses and what it writes."""
