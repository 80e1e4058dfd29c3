"""The modules that are the same in every generated package.

They are linted, type-checked and tested here, then copied next to the generated modules: `_model` becomes
`your_package._model`. They import each other relatively. Their only third-party imports are httpx, pydantic and,
for the server stubs, Starlette and its anyio. Importing the client imports neither of these two.
"""
