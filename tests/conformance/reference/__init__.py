"""Tests of the reference backend: its parts in isolation, and the API over ASGI."""
