"""The API as data: the intermediate representation, and the parser that builds it from a valid document."""
