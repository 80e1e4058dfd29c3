"""Writes a score as text, Markdown or JSON; `sentences` has the sentences that the formats share."""
