"""What a check works with: one run against one target.

`session` sends requests and records every exchange; read it first. `check_exceptions` has the exceptions that a check
raises. `lists` requests and compares lists of instances, `inputs` generates inputs for runs, and `runs` starts them.
`causes` finds the mistakes that explain a failure, `interruption` handles signals, `outage_watch` notices that a target
may be down, and `clean_up` aborts unfinished instances at the end.
"""
