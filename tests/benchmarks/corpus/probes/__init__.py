"""Tests the output of the peers over the wire, with one adapter for each generator."""
