"""Computes what the templates of client, server and docs print."""
