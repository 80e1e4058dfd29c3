"""Renders a reference as Markdown, HTML and a catalog entity."""
