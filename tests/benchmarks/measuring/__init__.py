"""How costs are measured, and the peers that are measured too."""
