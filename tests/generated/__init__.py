"""The generated package: models, clients and server stubs, run rather than read."""
