"""Edits the source that datamodel-code-generator returns. Each module takes source and returns changed source."""
