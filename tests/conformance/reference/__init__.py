"""Tests of the embedded reference backend: its domain by itself, and the API over ASGI."""
