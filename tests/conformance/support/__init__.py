"""What several tests of the conformance suite use: targets, plans and trials."""
