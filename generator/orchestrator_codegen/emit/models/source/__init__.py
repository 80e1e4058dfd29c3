"""Edits the source that datamodel-code-generator returns."""
