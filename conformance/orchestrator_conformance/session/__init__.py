"""What a check works with: one run against one target.

`session` sends requests and records every exchange; read it first. `check_exceptions` has the exceptions that a check
raises. `instances` lists instances and compares lists, `runs` starts instances with `inputs` generated from their
schema, and `workflow_probing` finds out how the workflows behave. `seeding` starts instances if the target has too
few. `failing_inputs` searches for inputs that lead to ERROR, along the `input_variations` of a schema. `effects` finds
out whether requests changed or started runs, and `answered_rows` reads lists that may be refused. `causes` finds the
mistakes that explain a failure, `interruption` handles signals, and `clean_up` aborts unfinished instances at the end.
"""
