"""Holds the part of every generated package that no document changes.

These modules are linted, type-checked and tested here, then copied beside the generated ones, where `_model`
becomes `your_package._model`. They import each other relatively, and otherwise only httpx, pydantic and, for
the server stubs, Starlette with its anyio. What the client imports imports neither.
"""
