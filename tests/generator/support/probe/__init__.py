"""A probe of any document: the generated client calls the generated server with drawn values."""
