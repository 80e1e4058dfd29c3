"""Checks of authentication, of the isolation of users, and that callers can read what lists show them."""
