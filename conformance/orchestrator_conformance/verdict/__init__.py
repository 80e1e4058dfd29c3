"""From exchanges to a verdict: outcomes, findings and expected failures."""
