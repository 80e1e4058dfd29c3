"""The suite as plain pytest: `pytest -p orchestrator_conformance.plugin --pyargs orchestrator_conformance`."""
