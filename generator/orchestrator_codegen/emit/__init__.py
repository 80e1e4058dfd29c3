"""Turns the intermediate representation into Python source text, file by file; no file is read or written here."""
