"""Tests that run the generated package: models, clients and server stubs."""
