"""The command line of `orchestrator-conformance`: one module for each command."""
