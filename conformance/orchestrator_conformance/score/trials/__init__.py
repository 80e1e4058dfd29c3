"""Runs the suite or Schemathesis on variants, each trial in its own process; `plan` selects the trials."""
