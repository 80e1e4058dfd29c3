"""Runs each generator on third-party documents, and checks and probes its output."""
