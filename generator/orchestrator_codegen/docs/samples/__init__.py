"""Sample calls of operations, in curl and Python, and example values for them."""
