"""Has what a generator made of a document talk over the wire, each generator by an adapter of its own."""
