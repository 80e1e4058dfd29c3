"""Hand-written mutants by topic, each of which breaks one requirement. `catalogue.py` lists all."""
