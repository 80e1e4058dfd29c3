"""Runs that the suite starts. Start with `runs`, then `workflow_probing`, which finds out how the workflows behave.

`seeding` starts runs if the target has too few instances, `concurrent_starts` starts several at once, `failing_inputs`
searches for inputs that lead to ERROR, and `effects` finds out whether a request changed or started runs.
"""
